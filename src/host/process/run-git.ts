import {spawn} from 'node:child_process'
import {isMissing, limitTime} from './run-docker.js'

/** What came of a call. */
export type GitOutcome =
  | {readonly status: 'done'; readonly output: Buffer}
  | {readonly status: 'absent'}
  | {readonly status: 'failed'; readonly reason: string}

const LIMIT_MS = 60_000
const MAX_OUTPUT_BYTES = 2 ** 30

/**
 * What a repository can make Git run or fetch, switched off: a file watcher, hooks, filters and attributes that name
 * programs, other formats of a diff, missing objects that a remote would have to send.
 */
const SAFE: readonly string[] = [
  '--no-pager',
  '--no-optional-locks',
  '--literal-pathspecs',
  ...[
    'core.fsmonitor=false',
    'core.untrackedCache=false',
    'core.hooksPath=/dev/null',
    'core.attributesFile=/dev/null',
    'diff.external=',
    'protocol.allow=never',
    'submodule.recurse=false',
  ].flatMap((setting) => ['-c', setting]),
]

/**
 * Runs one of Git's plumbing commands and takes its output as bytes. Nothing is checked out, and nothing that the
 * repository's configuration names is started. Never throws, always ends.
 */
export function runGit(words: readonly string[], workingDir: string, input?: string): Promise<GitOutcome> {
  return new Promise((resolve) => {
    const child = spawn('git', [...SAFE, ...words], {
      cwd: workingDir,
      env: {
        ...process.env,
        GIT_NO_LAZY_FETCH: '1',
        GIT_TERMINAL_PROMPT: '0',
        GIT_ATTR_NOSYSTEM: '1',
        GIT_EXTERNAL_DIFF: undefined,
        LC_ALL: 'C',
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    limitTime(child, LIMIT_MS)
    const output: Buffer[] = []
    const errors: Buffer[] = []
    let length = 0
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > MAX_OUTPUT_BYTES) child.kill('SIGKILL')
      else output.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (errors.length < 100) errors.push(chunk)
    })
    child.on('error', (error: NodeJS.ErrnoException) => {
      resolve(isMissing(error) ? {status: 'absent'} : {status: 'failed', reason: error.message})
    })
    child.on('close', (code, signal) => {
      if (code === 0) resolve({status: 'done', output: Buffer.concat(output)})
      else resolve({status: 'failed', reason: explain(errors, signal)})
    })
    // It may end before it has read all: what it says itself is the reason then.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

function explain(errors: readonly Buffer[], signal: NodeJS.Signals | null): string {
  if (signal !== null) return `no answer after ${LIMIT_MS / 1000} s, or the answer is too long`
  const [line = 'no reason given'] = Buffer.concat(errors).toString().trim().split('\n')
  return line.replace(/^(?:fatal|error): /, '')
}
