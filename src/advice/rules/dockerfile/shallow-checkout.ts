import type {SurveyedAction} from '../../proof/survey/survey.js'
import {surveyBuild} from '../../proof/survey/survey-build.js'
import {defineRule} from '../define-rule.js'

interface Data {
  command: string
  place: string
  reason: string
}

/** What looks at tags or at more than the last commit. */
const ASKS_HISTORY = /\b(?:describe|rev-list|shortlog|log|tag|merge-base|for-each-ref)\b/

/** Finds workflows that check out one commit for a build that asks for tags or history. */
export default defineRule<Data>({
  id: 'shallow-checkout',
  severity: 'warning',
  summary: 'Fetch tags and history if a step needs them',
  reason:
    'By default actions/checkout only fetches the last commit: "git describe" finds no tag, version tools fall back to 0.0, and every page seems to be changed today. The same build works on a machine with the whole repository.',
  remedy: 'Set "fetch-depth: 0" for the checkout.',
  examples: {
    good: [
      {
        dockerfile: 'FROM golang\nWORKDIR /a\nCOPY . .\nRUN git describe --tags > v',
        ignore: '',
        tree: ['.git/HEAD', 'a.go'],
        workspace: {kind: 'checkout', maker: null, place: {file: '.github/workflows/ci.yml', line: 7}},
      },
    ],
    bad: [
      {
        dockerfile: 'FROM golang\nWORKDIR /a\nCOPY . .\nRUN git describe --tags > v',
        ignore: '',
        tree: ['.git/HEAD', 'a.go'],
        workspace: {
          kind: 'checkout',
          maker: null,
          isShallow: true,
          place: {file: '.github/workflows/ci.yml', line: 7},
        },
      },
    ],
  },
  message: ({command, place, reason}) =>
    `the checkout of this job fetches one commit and no tags (no "fetch-depth: 0"), and "${command}" (${place}) needs more: ${reason}`,
  fix: () => 'Add "with: {fetch-depth: 0}" to actions/checkout',
  check({plan, tree, input, isSent}) {
    const repository = tree.find('.git')
    if (plan.workspace?.isShallow !== true || repository < 0 || isSent[repository] === 0) return []
    const images = surveyBuild(input)
    const asker = images.flatMap(({actions}) => actions).find(asksHistory)
    if (asker === undefined) return []
    const {where, called, use} = asker
    return [
      {
        data: {command: `RUN ${called}`, place: where.place, reason: use?.git?.reason ?? ''},
        place: plan.workspace.place,
      },
    ]
  },
})

function asksHistory({use, words, isStart, script}: SurveyedAction): boolean {
  if (isStart || !use?.git || use.git.isDoubt) return false
  const {reason, instead} = use.git
  return (
    instead !== undefined ||
    ASKS_HISTORY.test(words.join(' ')) ||
    ASKS_HISTORY.test(`${reason} ${script?.text ?? ''}`)
  )
}
