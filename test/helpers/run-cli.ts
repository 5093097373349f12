import {spawnSync} from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import {projectRoot} from './project.js'

/** Not the developer's own. */
const CACHE_DIR = path.join(os.tmpdir(), 'slim-check-test-cache')

export interface CliResult {
  status: number | null
  stdout: string
  stderr: string
}

export interface CliOptions {
  cwd?: string
  input?: string | Uint8Array
  env?: Record<string, string>
}

/** Runs the built program as a user would, in a pipe: no colour, width 100. */
export function runCli(args: readonly string[], {cwd, input = '', env = {}}: CliOptions = {}): CliResult {
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    [path.join(projectRoot, 'bin/run.js'), ...args],
    {
      cwd: cwd ?? projectRoot,
      input,
      encoding: 'utf8',
      env: {
        ...process.env,
        XDG_CACHE_HOME: CACHE_DIR,
        COLUMNS: '100',
        LC_ALL: 'C.UTF-8',
        TERM: 'xterm',
        ...env,
      },
    },
  )
  return {status, stdout, stderr}
}

/** Runs the program as a user who may not read everything; null where the tests do not run as root. */
export function runAsOther(args: readonly string[]): CliResult | null {
  if (process.getuid?.() !== 0) return null
  const other = {uid: 65_534, gid: 65_534}
  const program = [path.join(projectRoot, 'bin/run.js'), ...args]
  const {status, stdout, stderr} = spawnSync(process.execPath, program, {
    cwd: '/',
    encoding: 'utf8',
    ...other,
  })
  return {status, stdout, stderr}
}
