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
  if (exact.size + suffixes.size > 0) collectHits(model, exact, suffixes)
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

/** Asks of each distinct name once which lists its bearers go to. */
function collectHits(
  model: ContextModel,
  exact: ReadonlyMap<string, number[]>,
  suffixes: ReadonlyMap<string, number[]>,
): void {
  const {names} = model
  const lists: (number[][] | null)[] = []
  for (let number = 0; number < names.count; number++) {
    const name = names.textOf(number)
    const own = exact.get(name)
    const found = own === undefined ? [] : [own]
    for (const [ending, hits] of suffixes) if (name.endsWith(ending)) found.push(hits)
    lists.push(found.length === 0 ? null : found)
  }
  for (let index = 0; index < model.length; index++) {
    const found = lists[names.numberOf(index)]
    if (found) for (const hits of found) hits.push(index)
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
