import {lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'

/** Every file below a directory: its permission bits and its content, by path. */
export type TreeState = Record<string, {mode: number; content: string}>

/** Reads a small tree; what vanishes meanwhile is left out. */
export function readState(root: string): TreeState {
  const state: TreeState = {}
  const read = (directory: string): void => {
    for (const name of readdirSync(path.join(root, directory)).sort()) {
      const relative = path.join(directory, name)
      const hostPath = path.join(root, relative)
      const stats = lstatSync(hostPath, {throwIfNoEntry: false})
      if (stats?.isDirectory()) read(relative)
      else if (stats?.isFile())
        state[relative] = {mode: stats.mode & 0o7777, content: readFileSync(hostPath, 'latin1')}
    }
  }
  read('')
  return state
}

/** Makes the files of a tree what a state says; directories stay. */
export function restoreState(root: string, state: TreeState): void {
  for (const name of Object.keys(readState(root))) rmSync(path.join(root, name))
  for (const [name, {mode, content}] of Object.entries(state)) {
    const hostPath = path.join(root, name)
    mkdirSync(path.dirname(hostPath), {recursive: true})
    writeFileSync(hostPath, content, {encoding: 'latin1', mode})
  }
}
