import {spawnSync} from 'node:child_process'
import path from 'node:path'
import {projectRoot} from './project.js'

export interface CliResult {
  status: number | null
  stdout: string
  stderr: string
}

export interface CliOptions {
  cwd?: string
  input?: string | Uint8Array
  env?: Record<string, string | undefined>
}

/** A program of JavaScript and the Node that runs it. */
export interface Program {
  node: string
  script: string
}

const BUILT: Program = {node: process.execPath, script: path.join(projectRoot, 'bin/run.js')}

/** As where the program is installed, so that no text depends on where the checkout is. */
const INSTALLED_SPELLING = {SLIM_CHECK_SPELLING: 'docker-slim-check'}

/** Runs the built program as a user would, in a pipe: no colour, width 100. */
export function runCli(words: readonly string[], options: CliOptions = {}): CliResult {
  return runProgramOf(BUILT, words, options)
}

/** Runs a program as `runCli` runs the built one. @param options also another user to run it as */
export function runProgramOf(
  {node, script}: Program,
  words: readonly string[],
  {cwd = projectRoot, input = '', env = {}, ...user}: CliOptions & {uid?: number; gid?: number},
): CliResult {
  const {status, stdout, stderr, error} = spawnSync(node, [script, ...words], {
    cwd,
    input,
    encoding: 'utf8',
    env: {
      ...process.env,
      COLUMNS: '100',
      LC_ALL: 'C.UTF-8',
      TERM: 'xterm',
      ...(env.DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND === undefined ? INSTALLED_SPELLING : {}),
      ...env,
    },
    ...user,
  })
  if (error !== undefined && status === null) throw error
  return {status, stdout, stderr}
}
