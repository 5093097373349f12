import {defineRule} from '../define-rule.js'
import {listInertIgnoreFiles} from '../unread-ignore-files.js'

const IGNORE_FILE = '.dockerignore'

interface Data {
  path: string
  /** The file that is in force, or would be. */
  inForce: string
  /** The Dockerfile in use, if it lies in the same folder. */
  dockerfile: string | null
}

/** Finds ignore files in subfolders, which Docker never reads. */
export default defineRule<Data>({
  id: 'inert-ignore-file',
  severity: 'warning',
  summary: 'Put the ignore file where Docker reads it',
  reason:
    'Docker reads only one ignore file: the one with the name of the Dockerfile, beside it, or else the one at the root of the context. A folder with another Dockerfile is not reported, as it may be the context of another build.',
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
  fix: ({path, inForce, dockerfile}) => {
    const folder = path.slice(0, -IGNORE_FILE.length)
    const words = `its lines into "${inForce}" with "${folder}" before each`
    return dockerfile === null
      ? `Move ${words}`
      : `Rename it to "${dockerfile}${IGNORE_FILE}", where patterns count from the context, not from "${folder}"; or move ${words}`
  },
  check(facts) {
    const {dockerfile} = facts.plan
    const inForce = facts.ignoreFile?.path ?? IGNORE_FILE
    return listInertIgnoreFiles(facts).map((path) => {
      const folder = path.slice(0, -IGNORE_FILE.length)
      const isBeside =
        dockerfile !== null && dockerfile.path === `${folder}${dockerfile.path.split('/').at(-1)}`
      return {
        data: {path, inForce, dockerfile: isBeside ? dockerfile.path : null},
        place: {file: path},
      }
    })
  },
})
