/** The walk against `du -s --apparent-size` on the same tree, in the same run. */
import {spawnSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {walkContext} from '../../src/context/walk.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'

const ROUNDS = 5

export async function benchWalk(fileCount: number): Promise<string[]> {
  const root = makeTemporaryDirectory()
  makeFiles(root, fileCount)
  const du = await best(() => spawnSync('du', ['-s', '--apparent-size', root]))
  const one = await best(() => walkContext(root, {useThreads: false}))
  const several = await best(() => walkContext(root))
  removeTree(root)
  const line = (name: string, milliseconds: number): string =>
    `  ${name.padEnd(20)} ${milliseconds.toFixed(0).padStart(8)}  × ${(milliseconds / du).toFixed(2)}`
  return [
    `walk: milliseconds for ${fileCount} files, and the ratio to du`,
    line('du', du),
    line('one thread', one),
    line('threads', several),
  ]
}

function makeFiles(root: string, fileCount: number): void {
  for (let file = 0; file < fileCount; file++) {
    const directory = path.join(root, `pkg${Math.floor(file / 100)}`, `lib${file % 3}`)
    if (file % 100 < 3) mkdirSync(directory, {recursive: true})
    writeFileSync(path.join(directory, `file${file}.js`), 'x'.repeat(file % 500))
  }
}

async function best(work: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.hrtime.bigint()
    await work()
    least = Math.min(least, Number(process.hrtime.bigint() - start) / 1e6)
  }
  return least
}
