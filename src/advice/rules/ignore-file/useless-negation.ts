import {IgnoreRules} from '../../../languages/ignore/ignore-rules.js'
import type {IgnorePattern} from '../../../languages/ignore/parse-ignore-file.js'
import {findMeantPath} from '../../facts/find-near-path.js'
import type {PatternOutcome} from '../../facts/pattern-outcomes.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'

type Why = (PatternOutcome & {kind: 'useless'})['why']

const REASONS: Record<Why, string> = {
  'matches-nothing': 'it matches nothing',
  'nothing-ignored': 'nothing that it matches is ignored by a line before it',
  overruled: 'a later line ignores what it matches again',
}

/** Finds negations without effect. Quiet about one that lets in what a COPY asks for and is yet to be made. */
export default defineRule<{text: string; why: Why; near: string | null}>({
  id: 'useless-negation',
  severity: 'warning',
  summary: 'Remove a negation that has no effect',
  reason:
    'A negation only changes what an earlier line ignores, and Docker matches each path by itself: after "a/b", "!a" leaves "a/b" ignored. One that matches nothing, and has nothing of a like name beside it, is an info.',
  remedy: 'Move it below the line that ignores, correct the path, or remove it.',
  examples: {
    good: [
      {ignore: '*\n!src', tree: ['src/a.js', 'b.js']},
      {ignore: 'log/*\n!log/.keep', tree: ['log/a.log']},
      {dockerfile: 'FROM scratch\nCOPY app-amd64/app /', ignore: '*\n!app-*', tree: ['main.go']},
    ],
    bad: [
      {ignore: 'src/a.js\n!src', tree: ['src/a.js', 'src/b.js']},
      {ignore: '!src/a.js\nsrc', tree: ['src/a.js']},
      {ignore: '*.txt\n!notes.txt', tree: ['a.txt']},
    ],
  },
  message: ({text, why}) => `"${text}" lets nothing back in: ${REASONS[why]}`,
  fix: ({near}) => (near === null ? undefined : `Write "!${near}"`),
  check: (facts) =>
    facts.patternsThat('useless').flatMap(({pattern, outcome: {why}, place}) => {
      const isIdle = why === 'matches-nothing'
      if (isIdle && isAskedFor(facts, pattern)) return []
      const near = isIdle ? findMeantPath(facts.tree, pattern.glob) : null
      const isHarmless = isIdle && near === null
      return [{data: {text: pattern.text, why, near}, place, ...(isHarmless && {severity: 'info' as const})}]
    }),
})

/** Whether a COPY asks for what it would let in. */
function isAskedFor({requests}: RuleFacts, {glob}: IgnorePattern): boolean {
  const rules = IgnoreRules.of([glob])
  return requests.some(
    ({path, isRoot}) =>
      !isRoot &&
      path.split('/').some((_, at, parts) => rules.matchesPath(parts.slice(0, at + 1).join('/')) === true),
  )
}
