import type {PatternOutcome} from '../../facts/pattern-outcomes.js'
import {defineRule} from '../define-rule.js'

type Why = (PatternOutcome & {kind: 'useless'})['why']

const REASONS: Record<Why, string> = {
  'matches-nothing': 'it matches nothing',
  'nothing-ignored': 'nothing that it matches is ignored by a line before it',
  overruled: 'a later line ignores what it matches again',
}

/** Finds negations without effect. */
export default defineRule<{text: string; why: Why}>({
  id: 'useless-negation',
  severity: 'warning',
  summary: 'Remove a negation that has no effect',
  reason:
    'A negation only changes what an earlier line ignores, and Docker matches each path by itself: after "a/b", "!a" leaves "a/b" ignored.',
  remedy: 'Move it below the line that ignores, correct the path, or remove it.',
  examples: {
    good: [
      {ignore: '*\n!src', tree: ['src/a.js', 'b.js']},
      {ignore: 'log/*\n!log/.keep', tree: ['log/a.log']},
    ],
    bad: [
      {ignore: 'src/a.js\n!src', tree: ['src/a.js', 'src/b.js']},
      {ignore: '!src/a.js\nsrc', tree: ['src/a.js']},
      {ignore: '*.txt\n!notes.txt', tree: ['a.txt']},
    ],
  },
  message: ({text, why}) => `"${text}" lets nothing back in: ${REASONS[why]}`,
  check: (facts) =>
    facts
      .patternsThat('useless')
      .map(({pattern: {text}, outcome: {why}, place}) => ({data: {text, why}, place})),
})
