import {execFile} from 'node:child_process'
import {findDockerConfigDir, findDockerPlugin, findUsualPlugin} from './docker-places.js'

/** What came of a call. */
export type PluginOutcome =
  | {readonly status: 'done'; readonly output: string; readonly errorOutput: string}
  | {readonly status: 'absent'}
  | {readonly status: 'failed'; readonly reason: string}

export interface PluginCall {
  workingDir: string
  env: NodeJS.ProcessEnv
  limitMs: number
  /** Nobody asked for what it answers: it is looked for in the usual places alone. Default: false. */
  isOptional?: boolean
}

/** Docker sets it for its plugins, and a plugin that sees it takes its first word for its own name. */
const CALLER_VARIABLE = 'DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND'

const MAX_OUTPUT_BYTES = 32 * 2 ** 20

/** Runs one of Docker's own plugins (`buildx`, `compose`) and takes its standard output. Never throws, always ends. */
export async function runDockerPlugin(
  name: string,
  words: readonly string[],
  {workingDir, env, limitMs, isOptional = false}: PluginCall,
): Promise<PluginOutcome> {
  const find = isOptional ? findUsualPlugin : findDockerPlugin
  const program = find(name, findDockerConfigDir(env))
  if (program === null) return {status: 'absent'}
  return new Promise((resolve) => {
    const options = {
      cwd: workingDir,
      env: {...env, [CALLER_VARIABLE]: undefined},
      timeout: limitMs,
      killSignal: 'SIGKILL',
      maxBuffer: MAX_OUTPUT_BYTES,
      encoding: 'utf8',
    } as const
    const child = execFile(program, [...words], options, (error, stdout, stderr) => {
      if (error === null) resolve({status: 'done', output: stdout, errorOutput: stderr})
      else if (error.killed) resolve({status: 'failed', reason: `no answer after ${limitMs / 1000} s`})
      else resolve({status: 'failed', reason: findReason(stderr) || error.message})
    })
    child.stdin?.end()
  })
}

/** The line that says what is wrong; Docker's progress stands before it. */
function findReason(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^#\d+ /.test(line))
  const error = lines.find((line) => /^\s*(?:ERROR|error)\b/.test(line)) ?? lines.at(-1) ?? ''
  return error.replace(/^\s*(?:ERROR|error):\s*/, '').trim()
}
