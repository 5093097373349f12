import {trimGoSpaceStart} from '../../text/go-space.js'

/** A parser directive: one of the `# name=value` lines that may open a Dockerfile. */
export interface Directive {
  /** 1-based. */
  line: number
  name: DirectiveName
  value: string
}

type DirectiveName = 'syntax' | 'escape' | 'check'

const ASSIGNMENT = /^([a-z][a-z0-9]*)[\t\n\f\r ]*=/i
const NAMES: readonly string[] = ['syntax', 'escape', 'check'] satisfies DirectiveName[]

/** Reads a line as a parser directive; null for anything else, which also ends the directives. */
export function parseDirective(line: string, lineNumber: number): Directive | null {
  if (!line.startsWith('#')) return null
  const comment = trimGoSpaceStart(line.slice(1))
  const match = ASSIGNMENT.exec(comment)
  const name = match?.[1]?.toLowerCase()
  if (!match || !name || !NAMES.includes(name)) return null
  const value = comment.slice(match[0].length)
  return value === '' ? null : {line: lineNumber, name: name as DirectiveName, value: value.trim()}
}
