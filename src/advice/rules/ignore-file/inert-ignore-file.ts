import {ROOT} from '../../../tree/model/file-tree.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'

const IGNORE_FILE = '.dockerignore'

/** Finds ignore files in subfolders, which Docker never reads. */
export default defineRule<{path: string}>({
  id: 'inert-ignore-file',
  severity: 'warning',
  summary: 'Put the ignore file where Docker reads it',
  reason:
    'Docker reads one ignore file only: the one named after the Dockerfile beside it, or else the one at the root of the context. Quiet about a folder with a Dockerfile of its own that is not the one in use: it may be a context itself.',
  remedy:
    'Move its lines into the root ignore file, with the folder before each; or name it after the Dockerfile.',
  examples: {
    good: [
      {ignore: 'notes', tree: ['notes/a.txt']},
      {
        dockerfile: 'FROM scratch\nCOPY . .',
        ignore: 'notes',
        tree: ['notes/a.txt', 'api/Dockerfile', 'api/.dockerignore'],
      },
      {tree: ['node_modules/x/package.json', 'node_modules/x/.dockerignore']},
    ],
    bad: [{ignore: 'notes', tree: ['notes/a.txt', 'api/.dockerignore', 'api/app.js']}],
  },
  message: ({path}) => `Docker does not read "${path}" while the context is its parent`,
  check(facts) {
    const {tree, plan} = facts
    const inForce = facts.ignoreFile?.path
    const paths: string[] = []
    for (const index of tree.indexesNamed(IGNORE_FILE)) {
      if (tree.parentOf(index) === ROOT) continue
      const path = tree.pathOf(index)
      const directory = tree.parentOf(index)
      if (path === inForce || isInsideOther(facts, directory)) continue
      const own = `${tree.pathOf(directory)}/Dockerfile`
      if (tree.find(own) < 0 || plan.dockerfile?.path === own) paths.push(path)
    }
    return paths.map((path) => ({data: {path}, place: {file: path}}))
  },
})

/** Packages and other people's trees bring ignore files along. */
function isInsideOther({tree, classify}: RuleFacts, directory: number): boolean {
  for (let at = directory; at !== ROOT; at = tree.parentOf(at)) if (classify(at) !== undefined) return true
  return false
}
