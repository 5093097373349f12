import {defineRule} from '../define-rule.js'

/** Finds sources that ask for the whole context because a variable is empty. */
export default defineRule<{source: string; text: string}>({
  id: 'empty-expansion',
  severity: 'warning',
  summary: 'Do not copy from a variable that is empty',
  reason:
    'A source that expands to nothing is the root: everything is sent and copied. An ARG before the first FROM, and a platform argument, is empty in a stage that does not declare it again.',
  remedy: 'Declare the ARG in the stage, give it a default, or pass it with --build-arg.',
  examples: {
    good: [
      {dockerfile: 'FROM scratch\nARG APP=web\nCOPY $APP /', ignore: '', tree: ['web/a.js', 'api/b.js']},
    ],
    bad: [{dockerfile: 'ARG APP=web\nFROM scratch\nCOPY $APP /', ignore: '', tree: ['web/a.js', 'api/b.js']}],
  },
  message: ({source, text}) => `"${source}" expands to nothing, so "${text}" takes the whole context`,
  check: (facts) =>
    facts.requests
      .filter(({implicitReason}) => implicitReason === 'empty-expansion')
      .map((request) => ({
        data: {source: request.source, text: request.text},
        place: facts.atRequest(request),
      })),
})
