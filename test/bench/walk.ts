/** The walk and the whole command against other programs that look at the same tree, in the same run. */
import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import fastGlob from 'fast-glob'
import {walkContext} from '../../src/context/walk.js'
import {projectRoot} from '../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {makePackages} from './make-packages.js'
import {measureBest} from './measure-best.js'

/** Compares on a tree of that many files in `node_modules`. */
export async function benchWalk(fileCount: number): Promise<string[]> {
  const root = makeTemporaryDirectory()
  makePackages(root, fileCount)
  const program = path.join(projectRoot, 'bin/run.js')
  const runContext = (): unknown => spawnSync(process.execPath, [program, 'context', root])
  const times = await measureBest({
    du: () => spawnSync('du', ['-s', '--apparent-size', root]),
    'fast-glob, with sizes': () =>
      fastGlob('**', {cwd: root, dot: true, stats: true, followSymbolicLinks: false}),
    'walk, one thread': () => walkContext(root, {useThreads: false}),
    walk: () => walkContext(root),
    context: runContext,
  })
  writeFileSync(path.join(root, '.dockerignore'), 'node_modules\n')
  const ignored = await measureBest({
    'node -e 0': () => spawnSync(process.execPath, ['-e', '0']),
    'context, node_modules ignored': runContext,
  })
  removeTree(root)
  return [
    `walk: milliseconds for ${fileCount} files in node_modules, and the ratio to the first`,
    ...describeTimes(times),
    ...describeTimes(ignored),
  ]
}

function describeTimes(times: Readonly<Record<string, number>>): string[] {
  const [first = 1] = Object.values(times)
  return Object.entries(times).map(
    ([name, time]) => `  ${name.padEnd(30)} ${time.toFixed(0).padStart(8)}  × ${(time / first).toFixed(2)}`,
  )
}
