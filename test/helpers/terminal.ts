import {type ChildProcess, spawn, spawnSync} from 'node:child_process'
import path from 'node:path'
import {stripVTControlCharacters} from 'node:util'
import {projectRoot} from './project.js'

/** What is typed once the screen shows something new that a pattern matches. */
export type Typed = readonly [seen: RegExp, keys: string]

export interface TerminalResult {
  status: number | null
  /** All that was written, without escape sequences. */
  text: string
  /** The same as it was written. */
  raw: string
}

export interface TerminalOptions {
  cwd: string
  columns?: number
  rows?: number
  env?: Record<string, string>
}

/** Tells whether `script` of util-linux is there, which gives a program a terminal. */
export const hasTerminal =
  process.platform === 'linux' &&
  /util-linux/.test(spawnSync('script', ['--version']).stdout?.toString() ?? '')

const running = new Set<ChildProcess>()

/** Ends what a test left waiting for keys: for `afterEach`. */
export function endTerminals(): void {
  for (const child of running) child.kill()
}

/** Runs the built program on a terminal of its own and types; each key waits for what it answers. */
export function runOnTerminal(
  words: readonly string[],
  typed: readonly Typed[],
  {cwd, columns = 80, rows = 30, env = {}}: TerminalOptions,
): Promise<TerminalResult> {
  const call = [process.execPath, path.join(projectRoot, 'bin/run.js'), ...words].map(quote).join(' ')
  const child = spawn('script', ['-qec', `stty cols ${columns} rows ${rows}; ${call}`, '/dev/null'], {
    cwd,
    env: {
      ...process.env,
      LC_ALL: 'C.UTF-8',
      TERM: 'xterm',
      NO_COLOR: '1',
      SHELL: '/bin/sh',
      SLIM_CHECK_SPELLING: 'docker-slim-check',
      ...env,
    },
  })
  running.add(child)
  const waiting = [...typed]
  let raw = ''
  let seen = 0
  child.stdout.on('data', (data: Buffer) => {
    raw += data.toString()
    for (
      let next = waiting[0];
      next?.[0].test(stripVTControlCharacters(raw.slice(seen)));
      next = waiting[0]
    ) {
      seen = raw.length
      child.stdin.write(next[1])
      waiting.shift()
    }
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => {
      running.delete(child)
      const text = stripVTControlCharacters(raw).replaceAll('\r\n', '\n')
      resolve({status, text, raw})
    })
  })
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
