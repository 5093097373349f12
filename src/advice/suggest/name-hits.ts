import type {ContextModel} from '../../context/context-model.js'

/** Finds the entries of a whole tree that bear names of interest, in one pass. */
export type NameHits = (name: string) => readonly number[] | null

const NONE: readonly number[] = []

/** @param names basenames, `*suffix` or either behind directories (`vendor/bundle`); other globs are not looked for */
export function findNameHits(model: ContextModel, names: Iterable<string>): NameHits {
  const exact = new Map<string, number[]>()
  const suffixes = new Map<string, number[]>()
  for (const name of names) {
    const last = lastOf(name)
    if (!isSpecial(last)) exact.set(last, [])
    else if (isSuffix(last)) suffixes.set(last.slice(1), [])
  }
  const endings = [...suffixes]
  for (let index = 0; index < model.length; index++) {
    const name = model.nameOf(index)
    exact.get(name)?.push(index)
    for (const [ending, hits] of endings) if (name.endsWith(ending)) hits.push(index)
  }
  return (name) => {
    const last = lastOf(name)
    if (isSpecial(last) && !isSuffix(last)) return null
    const hits = (isSuffix(last) ? suffixes.get(last.slice(1)) : exact.get(last)) ?? NONE
    if (last === name) return hits
    const above = name.slice(0, -last.length)
    if (isSpecial(above)) return null
    return hits.filter((index) =>
      `/${model.pathOf(index)}`.slice(0, -model.nameOf(index).length).endsWith(`/${above}`),
    )
  }
}

function isSpecial(text: string): boolean {
  return /[*?[\]\\!#]/.test(text)
}

function isSuffix(text: string): boolean {
  return text.startsWith('*') && !isSpecial(text.slice(1))
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
