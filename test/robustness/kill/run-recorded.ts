import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync, rmSync} from 'node:fs'
import path from 'node:path'
import {projectRoot} from '../../helpers/project.js'
import {type Call, environmentOf} from './scenarios.js'
import {readState, restoreState, type TreeState} from './tree-state.js'

const PROGRAM = path.join(projectRoot, 'bin/run.js')

interface StartOptions {
  execArgv?: readonly string[]
  env?: NodeJS.ProcessEnv
}

/** Starts the program in the tree's project. */
export function start(root: string, words: readonly string[], {execArgv = [], env = {}}: StartOptions = {}) {
  return spawn(process.execPath, [...execArgv, PROGRAM, ...words], {
    cwd: path.join(root, 'project'),
    env: {...environmentOf(root), ...env},
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

/** Runs the program to its end. @throws Error unless it succeeds */
export async function runToEnd(
  root: string,
  words: readonly string[],
  options: StartOptions = {},
): Promise<void> {
  const child = start(root, words, options)
  let text = ''
  child.stderr.on('data', (chunk) => {
    text += chunk
  })
  const [status] = await once(child, 'close')
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${text}`)
}

/** Lets a call run undisturbed. @returns the states before it, after each of its steps, and after it, in which it is left */
export async function runWhole(root: string, call: Call, options: StartOptions = {}): Promise<TreeState[]> {
  const before = readState(root)
  const whole = [before]
  for (const step of call.steps ?? []) {
    await runToEnd(root, step)
    whole.push(readState(root))
  }
  restoreState(root, before)
  await runToEnd(root, call.words, options)
  return [...whole, readState(root)]
}

/** The same, and every state that the tree was in meanwhile, in order. */
export async function runRecorded(
  root: string,
  call: Call,
): Promise<{states: TreeState[]; whole: TreeState[]}> {
  const file = `${root}.states`
  const preload = new URL('./record-states.js', import.meta.url).href
  const env = {RECORD_ROOT: root, RECORD_FILE: file}
  try {
    const whole = await runWhole(root, call, {execArgv: ['--import', preload], env})
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    return {states: lines.map((line) => JSON.parse(line) as TreeState), whole}
  } finally {
    rmSync(file, {force: true})
  }
}
