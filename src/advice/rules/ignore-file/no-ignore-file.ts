import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'
import {listInertIgnoreFiles, listMisnamedIgnoreFiles} from '../unread-ignore-files.js'

/** Finds a copy of the whole context where no ignore file keeps anything out. */
export default defineRule<{text: string}>({
  id: 'no-ignore-file',
  severity: 'warning',
  summary: 'Write an ignore file if the whole context is copied',
  reason:
    'Everything in the directory is sent and copied: Git history, local packages, environment files with passwords.',
  remedy:
    'Write a .dockerignore at the root of the context. "context --write" writes the lines that are proved safe.',
  examples: {
    good: [
      {dockerfile: 'FROM scratch\nCOPY . .', ignore: '', tree: ['a.js']},
      {dockerfile: 'FROM scratch\nCOPY a.js .', tree: ['a.js']},
    ],
    bad: [{dockerfile: 'FROM scratch\nCOPY . .', tree: ['a.js']}],
  },
  fix: () =>
    'Write a ".dockerignore" at the root of the context, also for what is not there yet, such as .git, .env and local packages',
  message: ({text}) => `"${text}" copies the whole context and there is no ignore file`,
  check(facts) {
    const request = facts.requests.find(({isRoot, implicitReason}) => isRoot && implicitReason === null)
    if (request === undefined || facts.ignoreFile !== null || facts.plan.context.git !== undefined) return []
    // One is there, in another place or under another name: that is told instead.
    const others = [...listInertIgnoreFiles(facts), ...listMisnamedIgnoreFiles(facts)]
    if (others.some((one) => isMeant(facts, typeof one === 'string' ? one : one.path))) return []
    return [{data: {text: request.text}, place: facts.atRequest(request)}]
  },
})

/** At the root, or beside the Dockerfile. */
function isMeant({plan}: RuleFacts, path: string): boolean {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return folder === '' || plan.dockerfile?.path.startsWith(folder) === true
}
