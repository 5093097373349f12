import {IgnoreFileError} from '../../../errors.js'
import {ifSound} from '../../../languages/ignore/if-sound.js'
import {IgnoreRules} from '../../../languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../../languages/ignore/parse-ignore-file.js'
import {joinNames} from '../../../languages/text/sentence.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'
import {listOwnIgnoreFiles} from '../unread-ignore-files.js'

const MAX_SHOWN = 3
/** More entries than these are not asked about. */
const MAX_ENTRIES = 100_000

interface Data {
  path: string
  /** What is sent although that file keeps it out of its own context; the topmost, by path. */
  sent: readonly string[]
  inForce: string
}

/** Finds ignore files of folders that are contexts themselves, whose lines this build does not heed. */
export default defineRule<Data>({
  id: 'nested-ignore-file',
  severity: 'info',
  summary: 'Repeat the ignore lines of a folder for builds above it',
  reason:
    'A folder with a Dockerfile may be a context, and Docker reads its ignore file then. A build of a folder above it does not read that file, and sends what the file keeps out.',
  remedy: 'Add the lines to the ignore file that Docker reads, with the folder before each.',
  examples: {
    good: [
      {tree: ['web/Dockerfile', 'web/.dockerignore', 'web/a.js'], contents: {'web/.dockerignore': 'dist'}},
      {
        ignore: 'notes',
        tree: ['web/Dockerfile', 'web/.dockerignore', 'web/dist/a.js', 'notes'],
        contents: {'web/.dockerignore': 'dist\n[b'},
      },
      {
        ignore: 'web/dist',
        tree: ['web/Dockerfile', 'web/.dockerignore', 'web/dist/a.js'],
        contents: {'web/.dockerignore': 'dist'},
      },
    ],
    bad: [
      {
        dockerfile: 'FROM scratch\nCOPY . .',
        ignore: 'notes',
        tree: ['web/Dockerfile', 'web/.dockerignore', 'web/dist/a.js', 'web/a.js', 'notes'],
        contents: {'web/.dockerignore': 'dist'},
      },
    ],
  },
  // one for all builds, whatever each of them sends
  message: ({path}) =>
    `Docker reads "${path}" only if its folder is the context: a build of a folder above sends what it keeps out`,
  fix: ({path, sent, inForce}) => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    return `Add its lines to "${inForce}" with "${folder}" before each, if the build does not need ${joinNames(sent, MAX_SHOWN)}`
  },
  check(facts) {
    const inForce = facts.ignoreFile?.path ?? '.dockerignore'
    return listOwnIgnoreFiles(facts).flatMap((path) => {
      const sent = listSent(facts, path)
      return sent.length === 0 ? [] : [{data: {path, sent, inForce}, place: {file: path}}]
    })
  },
})

function listSent({tree, input, isSent}: RuleFacts, path: string): string[] {
  const text = input.sources?.get(path)
  if (text === undefined) return []
  const folder = path.slice(0, path.lastIndexOf('/'))
  const root = tree.find(folder)
  return (
    ifSound(() => {
      const rules = readRules(text)
      if (rules === null) return []
      const found: string[] = []
      const end = Math.min(tree.endOf(root), root + MAX_ENTRIES)
      for (let entry = root + 1; entry < end; ) {
        const isOut =
          isSent[entry] === 1 && rules.matchesPath(tree.pathOf(entry).slice(folder.length + 1)) === true
        if (isOut) found.push(tree.pathOf(entry))
        entry = isOut ? tree.endOf(entry) : entry + 1
      }
      return found
    }) ?? []
  )
}

/** Null for a file that is broken: builds of its own folder fail, and say so. */
function readRules(text: string): IgnoreRules | null {
  try {
    return new IgnoreRules(parseIgnoreFile(text).patterns)
  } catch (error) {
    if (error instanceof IgnoreFileError) return null
    throw error
  }
}
