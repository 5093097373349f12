import {IgnoreRules} from '../../../languages/ignore/ignore-rules.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'

const MAX_SHOWN = 5

interface Data {
  path: string
  replaced: string
  /** Patterns of the replaced file that would take something out. */
  lines: readonly string[]
}

/** Finds lines of the root's ignore file that are lost because a Dockerfile has one of its own. */
export default defineRule<Data>({
  id: 'replaced-ignore-file',
  severity: 'warning',
  summary: 'Repeat the lines of the ignore file that is replaced',
  reason:
    'Docker reads only one ignore file. The one with the name of the Dockerfile replaces the one at the root of the context; Docker does not merge them.',
  remedy: 'Copy the lines that are still needed into the ignore file that Docker reads.',
  examples: {
    good: [
      {ignore: 'notes\nold', replaced: 'notes', tree: ['notes/a.txt', 'old/b.txt', 'c.txt']},
      {ignore: 'old', replaced: 'notes', tree: ['old/b.txt', 'c.txt']},
    ],
    bad: [
      {ignore: 'old', replaced: 'notes', tree: ['notes/a.txt', 'old/b.txt', '.dockerignore', 'Dockerfile']},
    ],
  },
  message: ({path, replaced, lines}) =>
    `"${path}" replaces "${replaced}" for this build: ${listLines(lines)} of it ${lines.length === 1 ? 'has' : 'have'} no effect, and what ${lines.length === 1 ? 'it' : 'they'} would keep out is sent`,
  fix: ({path, lines}) => `Add to "${path}": ${listLines(lines)}`,
  check(facts) {
    const {ignoreFile} = facts
    if (ignoreFile?.replaced === undefined) return []
    const {path, replaced} = ignoreFile
    const lines = findLost(facts, replaced.rules)
    return lines.length === 0 ? [] : [{data: {path, replaced: replaced.path, lines}, place: {file: path}}]
  },
})

/** The lines that are not repeated and match something that is sent; not those that would keep out what a COPY names. */
function findLost(
  {patterns, selection, tree, requests}: RuleFacts,
  {patterns: others}: IgnoreRules,
): string[] {
  const repeated = new Set(patterns.map(({text, negated}) => `${negated}${text}`))
  const lost = others.filter(({text, negated}) => !negated && !repeated.has(`${negated}${text}`))
  return lost.flatMap((pattern) => {
    const rules = new IgnoreRules([pattern])
    const named = requests.filter(({isRoot}) => !isRoot).map(({path}) => path)
    const isOfOtherBuild = [...named, ...named.map(topOf)].some((path) => rules.matchesPath(path) === true)
    if (isOfOtherBuild || /^\*{1,2}$/.test(pattern.glob)) return []
    const isUsed = selection.entries.some((index) => rules.matchesPath(tree.pathOf(index)) === true)
    return isUsed ? [pattern.text] : []
  })
}

/** The first directory of a path. */
function topOf(path: string): string {
  return path.split('/', 1)[0]!
}

function listLines(lines: readonly string[]): string {
  const shown = lines.slice(0, MAX_SHOWN).map((line) => `"${line}"`)
  const others = lines.length - shown.length
  return others > 0 ? `${shown.join(', ')} and ${others} more` : shown.join(', ')
}
