/** Says in Docker's language what one line of a `.gitignore` says in Git's (BUILDKIT.md 2 and 3). */
import {trimGoSpace} from '../../ignore/go-text.js'
import {type GitAtom, type GitClass, type GitComponent, parseGitPattern} from './parse-git-pattern.js'

export interface GitTranslation {
  /** Lines for the ignore file: one, or none where the line matches nothing. */
  patterns: string[]
  /**
   * Whether Docker's line matches the same paths. False where `/` at the end was lost (Docker's line takes a file
   * of that name too), for a negation (Docker's also reaches below an ignored directory; one with a wildcard makes
   * the client walk every ignored directory: do not write it), and for odd classes.
   * Speaks of ASCII names: Git's `?` is a byte, Docker's a character.
   */
  exact: boolean
}

const CONTROL = /[\u0000-\u001f\u007f]|\p{Surrogate}/u

/** What a backslash makes literal; before a letter or digit it would mean something to Docker. */
const SPECIAL = /[\\*?[\]^|{}]/
const SPECIAL_IN_CLASS = /[\\*?[\]^-]/

/** Those with `/` among them, which Git keeps every class from matching and Docker does not. */
const POSIX_WITH_SLASH = new Set(['graph', 'print', 'punct'])

/**
 * Translates one line: `/dist` is `dist`, `foo/bar` stays, and what Git looks for at every depth gets a `**` in front.
 *
 * @param dir of the `.gitignore`, relative to the context: `''` for its root
 * @returns null where Docker has no words for it: control characters, a class that spells out a slash
 */
export function translateGitPattern(line: string, dir: string): GitTranslation | null {
  const pattern = parseGitPattern(line)
  if (pattern === null) return {patterns: [], exact: true}
  const {negated, directoriesOnly, anchored} = pattern
  const components = dropRepeatedDepths([
    ...readDirectory(dir),
    ...(anchored ? [] : (['**'] as const)),
    ...pattern.components,
  ])
  if (!components.every(isSayable)) return null
  const text = writeComponents(components)
  return {
    patterns: [negated ? `!${text}` : text],
    exact: !negated && !directoriesOnly && components.every(isExact),
  }
}

function readDirectory(dir: string): GitComponent[] {
  if (dir === '') return []
  return dir.split('/').map((name) => [...name].map((character) => ({kind: 'literal', character})))
}

/** `**` twice in a row says no more than once. */
function dropRepeatedDepths(components: readonly GitComponent[]): GitComponent[] {
  return components.filter((component, index) => component !== '**' || components[index - 1] !== '**')
}

function isSayable(component: GitComponent): boolean {
  if (component === '**') return true
  return component.every((atom) => {
    if (atom.kind === 'literal') return atom.character !== '/' && !CONTROL.test(atom.character)
    return atom.kind !== 'class' || listEnds(atom).every((end) => end !== '/' && !CONTROL.test(end))
  })
}

function isExact(component: GitComponent): boolean {
  if (component === '**') return true
  return component.every((atom, index) => {
    if (atom.kind !== 'class') return true
    if (listEnds(atom).some((end) => end > '\x7f')) return false
    return atom.negated || !canMeetSlash(component, index) || !holdsSlash(atom)
  })
}

/** At either end of a component the neighbour is a slash already, and no path has two in a row. */
function canMeetSlash(component: readonly GitAtom[], index: number): boolean {
  return index > 0 && index < component.length - 1
}

function holdsSlash({members}: GitClass): boolean {
  return members.some((member) =>
    'posix' in member ? POSIX_WITH_SLASH.has(member.posix) : member.from < '/' && member.to > '/',
  )
}

function listEnds({members}: GitClass): string[] {
  return members.flatMap((member) => ('posix' in member ? [] : [member.from, member.to]))
}

function writeComponents(components: readonly GitComponent[]): string {
  const written = components.map((component) =>
    component === '**'
      ? ['**']
      : component.map((atom, index) => writeAtom(atom, canMeetSlash(component, index))),
  )
  const first = written[0]!
  const last = written.at(-1)!
  last.push(guardEnd(last.pop() ?? ''))
  first.unshift(guardStart(first.shift() ?? ''))
  return written.map((texts) => texts.join('')).join('/')
}

function writeAtom(atom: GitAtom, canMeetSlash: boolean): string {
  switch (atom.kind) {
    case 'star':
      return '*'
    case 'any':
      return '?'
    case 'literal':
      return SPECIAL.test(atom.character) ? `\\${atom.character}` : atom.character
    case 'class':
      return writeClass(atom, canMeetSlash)
  }
}

function writeClass({negated, members}: GitClass, canMeetSlash: boolean): string {
  const write = (character: string) => (SPECIAL_IN_CLASS.test(character) ? `\\${character}` : character)
  const written = members.map((member) => {
    if ('posix' in member) return `[:${member.posix}:]`
    const {from, to} = member
    return from === to ? write(from) : `${write(from)}-${write(to)}`
  })
  return `[${negated ? '^' : ''}${written.join('')}${negated && canMeetSlash ? '/' : ''}]`
}

/** The reader trims white space at both ends of a line, unless it stands in brackets. */
function guardEnd(text: string): string {
  return text !== '' && trimGoSpace(text) === '' ? `[${text}]` : text
}

function guardStart(text: string): string {
  if (text === '#' || text === '!') return `\\${text}`
  return text === '\uFEFF' ? `[${text}]` : guardEnd(text)
}
