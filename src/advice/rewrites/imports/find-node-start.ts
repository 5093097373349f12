import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import {listModuleFiles} from '../../../languages/sources/javascript-source.js'
import {joinPath, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import {type ClosureInput, type ProgramStart, resolveBelow} from './closure.js'

/** What runs a source of JavaScript or TypeScript as it is. */
const RUNNERS =
  /^(?:node|nodejs|tsx|ts-node|ts-node-dev|ts-node-esm|nodemon|bun|deno|esno|vite-node|babel-node|pm2|pm2-runtime)$/

/** Options whose value is a word of its own: those that name a file, and others. */
const NAMES_FILE =
  /^(?:-r|--require|--import|--loader|--experimental-loader|--env-file|--env-file-if-exists)$/
const TAKES_VALUE =
  /^(?:-C|--conditions|--input-type|--title|--watch-path|-e|--ext|-w|--watch-dir|-P|--project|--tsconfig|-i|--instances|-n|--name|--config|-c|--import-map|--max-memory-restart)$/
const SUBCOMMANDS = /^(?:run|start|watch)$/

/**
 * Finds the sources that an action of Node.js or its kin begins with; null where none is told, or it is not in the
 * context: a step makes it.
 * @param locate the path of the context that stands at a container path
 */
export function findNodeStart(
  {program, words, directory}: Pick<PlacedAction, 'program' | 'words' | 'directory'>,
  input: ClosureInput,
  locate: (containerPath: string) => string | null,
): ProgramStart | null {
  if (!RUNNERS.test(program)) return null
  const named = readStart(words.slice(1))
  if (named === null) return null
  const files = named.map((name) => findFile(name, directory, input, locate))
  const [main] = files
  if (main === undefined || main === null) return null
  return {files: files.filter((file) => file !== null), roots: [findRoot(input, main)]}
}

/** The file that is run, then those that options load before it; null where there is none. */
function readStart(words: readonly string[]): string[] | null {
  const loaded: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    const [option = '', value] = word.split('=', 2)
    if (/^-(?:e|p|pe)$|^--(?:eval|print|test)$/.test(option)) return null
    if (NAMES_FILE.test(option)) {
      const given = value ?? words[++at] ?? ''
      if (given.startsWith('.')) loaded.push(given)
    } else if (TAKES_VALUE.test(word)) at++
    else if (!word.startsWith('-') && !(at === 0 && SUBCOMMANDS.test(word))) return [word, ...loaded]
  }
  return null
}

/** The file that Node.js takes for a name: itself, with an ending, or what a directory starts with. */
function findFile(
  name: string,
  directory: string,
  {tree, evidence}: ClosureInput,
  locate: (containerPath: string) => string | null,
): string | null {
  const path = locate(resolveContainerPath(directory, name))
  if (path === null) return null
  const isFile = (one: string) => tree.find(one) >= 0 && tree.isFile(tree.find(one))
  const [, main] = /"main"\s*:\s*"([^"]+)"/.exec(evidence.get(joinPath(path, 'package.json')) ?? '') ?? []
  const whole = path === '' || (tree.find(path) >= 0 && tree.isDirectory(tree.find(path)))
  const named = whole && main !== undefined ? resolveBelow(path, main) : path
  if (named === null) return null
  const found = named === '' ? ['index.js', 'index.mjs', 'index.cjs'] : listModuleFiles(named)
  // what is written is a source, not what a compiler makes of one
  return (
    found.slice(0, named === '' ? 3 : undefined).find((one) => isFile(one) && /\.[cm]?[jt]sx?$/.test(one)) ??
    null
  )
}

/** The package that a source belongs to; without one its directory. */
function findRoot({tree}: ClosureInput, path: string): string {
  for (let at = parentPath(path); ; at = parentPath(at)) {
    if (tree.find(joinPath(at, 'package.json')) >= 0) return at
    if (at === '') return parentPath(path)
  }
}
