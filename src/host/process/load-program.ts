/**
 * Loads a program that is one CommonJS file, and keeps what V8 compiled of it for the next call: compiling takes longer
 * than the work on a small project. What Node does by itself from 22.8 on saves less (155 ms of CPU against 130), and
 * not in Node 20.
 */
import {readFileSync} from 'node:fs'
import module from 'node:module'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {setFlagsFromString} from 'node:v8'
import {Script} from 'node:vm'
import {findCacheDir} from '../files/cache-dir.js'
import {readCode, writeCode} from './code-cache.js'

export interface LoadedProgram<Exports> {
  exports: Exports
  /** Keeps the code of all functions that ran until now, unless it was there. Never throws. */
  keepCode(): void
}

type Wrapper = (exports: unknown, require: NodeJS.Require, module: unknown, filename: string) => void

/**
 * Loads a program. Whatever is wrong with the kept code, the program is compiled anew.
 * @param programPath absolute; an ASCII file
 * @param part names what is going to run of it, such as a command: each part has its own code
 */
export function loadProgram<Exports>(
  programPath: string,
  part: string,
  env: NodeJS.ProcessEnv = process.env,
): LoadedProgram<Exports> {
  const cacheDir = env.NODE_DISABLE_COMPILE_CACHE ? null : findCacheDir(env)
  // V8 forgets the code of functions that have not run for some collections: what it forgot would not be kept.
  if (cacheDir !== null) setFlagsFromString('--no-flush-bytecode')
  const require = module.createRequire(pathToFileURL(programPath))
  const source = readFileSync(programPath)
  const codePath = cacheDir && path.join(cacheDir, 'code', `${part}-${process.version}-${process.arch}.code`)
  const code = codePath === null ? null : readCode(codePath, source)
  const script = new Script(
    `(function (exports, require, module, __filename) {${source.toString('latin1')}\n})`,
    {filename: programPath, ...(code !== null && {cachedData: code})},
  )
  const program = {exports: {}}
  const run = script.runInThisContext() as Wrapper
  run(program.exports, require, program, programPath)
  const isKept = code !== null && script.cachedDataRejected === false
  return {
    exports: program.exports as Exports,
    keepCode() {
      if (codePath !== null && !isKept) writeCode(codePath, source, () => script.createCachedData())
    },
  }
}
