import {once} from 'node:events'
import {readdirSync, watch} from 'node:fs'
import path from 'node:path'
import {start} from './run-recorded.js'

/** Lists the directories in which a call may write: what happens there says that the moment has come. */
function listWritten(root: string): string[] {
  const entries = readdirSync(root, {recursive: true, withFileTypes: true})
  const directories = entries.filter((entry) => entry.isDirectory())
  return directories
    .map(({parentPath, name}) => path.join(parentPath, name))
    .filter((directory) => !/\.git\/(?:objects|refs)|node_modules/.test(directory))
}

/** The program has come to its end by then, but on a slow machine. */
const LATEST_MS = 400

/**
 * Starts the program and kills it: at a moment of its run, or soon after it touches a file, which is what most moments miss.
 * @param random a number from 0 up to 1
 * @returns whether it was killed before its end
 */
export async function killAtRandom(
  root: string,
  words: readonly string[],
  random: () => number,
): Promise<boolean> {
  const child = start(root, words)
  child.stderr.resume()
  const ended = once(child, 'exit')
  const timers: NodeJS.Timeout[] = []
  const killIn = (delayMs: number): void => {
    timers.push(setTimeout(() => child.kill('SIGKILL'), delayMs))
  }
  const watchers: ReturnType<typeof watch>[] = []
  if (random() < 0.3) killIn(random() * LATEST_MS)
  else {
    const delayMs = random() < 0.5 ? 0 : random() * 8
    for (const directory of listWritten(root)) watchers.push(watch(directory, () => killIn(delayMs)))
  }
  const [, signal] = await ended
  for (const timer of timers) clearTimeout(timer)
  for (const watcher of watchers) watcher.close()
  return signal === 'SIGKILL'
}
