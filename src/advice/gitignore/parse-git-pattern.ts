/** One line of a `.gitignore`, taken apart as Git's wildmatch reads it. */

/** A piece of a path component. */
export type GitAtom =
  | {readonly kind: 'literal'; readonly character: string}
  /** `*`, or several that do not fill the component. */
  | {readonly kind: 'star'}
  | {readonly kind: 'any'}
  | GitClass

export interface GitClass {
  readonly kind: 'class'
  readonly negated: boolean
  readonly members: readonly GitClassMember[]
}

/** A range of characters (often of one), or a name such as `alpha`. */
export type GitClassMember = {readonly from: string; readonly to: string} | {readonly posix: string}

/** What stands between two slashes; `**` for any number of directories. */
export type GitComponent = '**' | readonly GitAtom[]

export interface GitPattern {
  negated: boolean
  directoriesOnly: boolean
  /** It holds a slash before its end: it speaks of one place, not of every depth. */
  anchored: boolean
  components: readonly GitComponent[]
}

const POSIX_CLASSES = new Set(
  'alnum alpha blank cntrl digit graph lower print punct space upper xdigit'.split(' '),
)

/** Reads a line; null for a blank one, a comment, and one that can match nothing (`[a`, `a\`, `./a`, `a//b`). */
export function parseGitPattern(line: string): GitPattern | null {
  if (line.startsWith('#')) return null
  const negated = line.startsWith('!')
  const trimmed = trimTrailingSpaces(line.slice(negated ? 1 : 0).replace(/\r$/, ''))
  const directoriesOnly = trimmed.endsWith('/')
  const body = directoriesOnly ? trimmed.slice(0, -1) : trimmed
  const components = readComponents(body.replace(/^\//, ''))
  if (components === null || components.some(matchesNothing)) return null
  return {negated, directoriesOnly, anchored: body.includes('/'), components}
}

/** Git trims spaces only, and keeps one that a backslash escapes. */
function trimTrailingSpaces(text: string): string {
  const trimmed = text.replace(/ +$/, '')
  const backslashCount = trimmed.length - trimmed.replace(/\\+$/, '').length
  return trimmed.length < text.length && backslashCount % 2 === 1 ? `${trimmed} ` : trimmed
}

function readComponents(body: string): GitComponent[] | null {
  const characters = [...body]
  const components: GitComponent[] = []
  let atoms: GitAtom[] = []
  let starCount = 0
  const closeComponent = () => {
    components.push(starCount > 1 && atoms.length === 1 ? '**' : atoms)
    atoms = []
    starCount = 0
  }
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!
    if (character === '/') closeComponent()
    else if (character === '*') {
      starCount++
      if (atoms.at(-1)?.kind !== 'star') atoms.push({kind: 'star'})
    } else if (character === '?') atoms.push({kind: 'any'})
    else if (character === '[') {
      const found = readClass(characters, at)
      if (found === null) return null
      atoms.push(found.class)
      at = found.end
    } else {
      const literal = character === '\\' ? characters[++at] : character
      if (literal === undefined) return null
      atoms.push({kind: 'literal', character: literal})
    }
  }
  closeComponent()
  return components
}

/** Reads `[…]` from its bracket on: a `]` right behind `[` or `[!` is a member. Null if it is never closed. */
function readClass(characters: readonly string[], start: number): {class: GitClass; end: number} | null {
  let at = start + 1
  const negated = characters[at] === '!' || characters[at] === '^'
  if (negated) at++
  const members: GitClassMember[] = []
  for (let isFirst = true; isFirst || characters[at] !== ']'; isFirst = false) {
    const named = readPosixName(characters, at)
    if (named !== null) {
      if (!POSIX_CLASSES.has(named)) return null
      members.push({posix: named})
      at += named.length + 4
      continue
    }
    const from = readMember(characters, at)
    if (from === null) return null
    at = from.next
    const to = characters[at] === '-' && characters[at + 1] !== ']' ? readMember(characters, at + 1) : null
    if (to !== null) at = to.next
    // Git tries a range's lower end by itself first, so a reversed range still matches that.
    const isRange = to !== null && from.character <= to.character
    members.push({from: from.character, to: isRange ? to.character : from.character})
  }
  return {class: {kind: 'class', negated, members}, end: at}
}

function readPosixName(characters: readonly string[], at: number): string | null {
  if (characters[at] !== '[' || characters[at + 1] !== ':') return null
  const end = characters.indexOf(']', at + 2)
  return end > at + 2 && characters[end - 1] === ':' ? characters.slice(at + 2, end - 1).join('') : null
}

function readMember(characters: readonly string[], at: number): {character: string; next: number} | null {
  const isEscaped = characters[at] === '\\'
  const character = characters[isEscaped ? at + 1 : at]
  return character === undefined ? null : {character, next: at + (isEscaped ? 2 : 1)}
}

/** No path holds an empty component, `.` or `..`; Git does not clean its patterns as Docker does. */
function matchesNothing(component: GitComponent): boolean {
  if (component === '**') return false
  return (
    component.every(({kind}) => kind === 'literal') &&
    /^\.{0,2}$/.test(component.map((atom) => (atom.kind === 'literal' ? atom.character : '')).join(''))
  )
}
