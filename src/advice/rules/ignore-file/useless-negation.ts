import type {PatternOutcome} from '../../facts/pattern-outcomes.js'
import {defineRule} from '../define-rule.js'

type Why = (PatternOutcome & {kind: 'useless'})['why']

const REASONS: Record<Why, string> = {
  'matches-nothing': 'it matches nothing',
  'nothing-ignored': 'nothing that it matches is ignored at that point',
  overruled: 'what it matches is ignored again below',
}

/** Finds negations without effect. */
export default defineRule<{text: string; why: Why}>({
  id: 'useless-negation',
  severity: 'warning',
  summary: 'Remove a negation that brings nothing back',
  reason:
    'Docker tries a negation only on what is ignored at that point, and each path by itself: "a/b" with "!a" leaves "a/b" ignored.',
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
  message: ({text, why}) => `"${text}" brings nothing back: ${REASONS[why]}`,
  check: (facts) =>
    facts
      .patternsThat('useless')
      .map(({pattern: {text}, outcome: {why}, place}) => ({data: {text, why}, place})),
})
