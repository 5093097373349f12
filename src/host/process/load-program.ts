/**
 * Loads a program of one or several files, and keeps what V8 compiled of them for the next call: compiling takes longer
 * than the work on a small project. What Node does by itself from 22.8 on saves less (155 ms of CPU against 130), and
 * not in Node 20. `scripts/split-program.js` writes such programs.
 */
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {Script} from 'node:vm'
import {findCacheDir} from '../files/cache-dir.js'
import {readCode, writeCode} from './code-cache.js'

export interface LoadedProgram<Exports> {
  exports: Exports
  /** Keeps the code of all functions that ran until now, unless enough calls have. Never throws. */
  keepCode(): void
}

/** What the text of a file is: an expression, in ASCII. */
type Wrapper = (exports: unknown, require: Require, module: {exports: unknown}, filename: string) => void

interface Require {
  (name: string): unknown
  resolve(name: string, options?: {paths?: string[]}): string
}

/** A file as it was compiled. */
interface CompiledFile {
  source: Buffer
  script: Script
  /** Where its code is kept; null if nothing is. */
  codePath: string | null
  /** How many calls have kept its code; 0 if it was compiled now. */
  calls: number
}

/**
 * How many calls keep code, each what those before it kept and what it ran itself. The first call may have been of a
 * project that needs little: with its code alone, `context` of a larger project took 15 % longer, each time.
 */
const KEEPING_CALLS = 4

/**
 * Loads a program. If the cached code cannot be used, the program is compiled again.
 * @param programPath absolute; its `require` takes other files of the program as `./name.cjs`
 * @param part the part that will run, such as a command: each part has a code cache of its own
 * @param nodeRequire finds packages: that of the file that starts the program, as making one loads node:module
 */
export function loadProgram<Exports>(
  programPath: string,
  part: string,
  nodeRequire: Require,
  env: NodeJS.ProcessEnv = process.env,
): LoadedProgram<Exports> {
  const cacheDir = env.NODE_DISABLE_COMPILE_CACHE ? null : findCacheDir(env)
  const files: CompiledFile[] = []
  const load = (filePath: string): unknown => {
    const {name} = path.parse(filePath)
    const codeName = `${part}.${name}-${process.version}-${process.arch}.code`
    const file = compileFile(filePath, cacheDir && path.join(cacheDir, 'code', codeName))
    files.push(file)
    const module = {exports: {}}
    const run = file.script.runInThisContext() as Wrapper
    run(module.exports, require, module, filePath)
    return module.exports
  }
  const require = createRequire(programPath, nodeRequire, load)
  return {exports: load(programPath) as Exports, keepCode: () => keepCode(files)}
}

function compileFile(filePath: string, codePath: string | null): CompiledFile {
  const source = readFileSync(filePath)
  const kept = codePath === null ? null : readCode(codePath, source)
  // V8 takes code under the flags alone under which it was kept.
  if (kept !== null) forgetCode(true)
  const script = new Script(source.toString('latin1'), {
    filename: filePath,
    ...(kept !== null && {cachedData: kept.code}),
  })
  const calls = kept === null || script.cachedDataRejected ? 0 : kept.calls
  if (codePath !== null && calls < KEEPING_CALLS) forgetCode(false)
  return {source, script, codePath, calls}
}

function keepCode(files: readonly CompiledFile[]): void {
  const kept = files.filter(({codePath, calls}) => codePath !== null && calls < KEEPING_CALLS)
  if (kept.length === 0) return
  forgetCode(true)
  for (const {codePath, source, script, calls} of kept)
    writeCode(codePath!, source, () => ({code: script.createCachedData(), calls: calls + 1}))
}

let isForgetting = true

/**
 * Whether V8 forgets the code of functions that have not run for some collections, as it does at first: what it forgot
 * would not be kept. Loading node:v8 takes 1 ms, which a call that keeps nothing need not wait for.
 */
function forgetCode(wanted: boolean): void {
  if (wanted === isForgetting) return
  isForgetting = wanted
  process.getBuiltinModule('node:v8').setFlagsFromString(wanted ? '--flush-bytecode' : '--no-flush-bytecode')
}

/** Node's own `require`, which takes longer to find a module of Node, is for what is neither. */
function createRequire(
  programPath: string,
  nodeRequire: Require,
  load: (filePath: string) => unknown,
): Require {
  const require = (name: string): unknown =>
    name.startsWith('./')
      ? load(path.join(path.dirname(programPath), name))
      : (process.getBuiltinModule(name) ?? nodeRequire(name))
  return Object.assign(require, {resolve: nodeRequire.resolve})
}
