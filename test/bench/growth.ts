/** Time and memory of `context` from 10,000 files up, each with a name of its own: what neither shares nor skips. */
import {spawnSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {projectRoot} from '../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'

const FILES_PER_DIRECTORY = 100

/** Tells the most memory that the process has held, when it ends. */
const TELL_MEMORY =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("RSS "+process.resourceUsage().maxRSS))'

export function benchGrowth(most: number): string[] {
  const lines = ['growth: seconds, microseconds a file, and megabytes, for files with names of their own']
  for (let fileCount = 10_000; fileCount <= most; fileCount *= 10) {
    const root = makeTemporaryDirectory()
    makeFiles(root, fileCount)
    const program = path.join(projectRoot, 'bin/run.js')
    const run = () =>
      spawnSync(process.execPath, ['--import', TELL_MEMORY, program, 'context', root], {encoding: 'utf8'})
    run()
    const start = process.hrtime.bigint()
    const {stderr} = run()
    const seconds = Number(process.hrtime.bigint() - start) / 1e9
    const megabytes = Number(/RSS (\d+)/.exec(stderr)?.[1]) / 1000
    lines.push(
      `  ${String(fileCount).padStart(9)} ${seconds.toFixed(2).padStart(8)} ${((seconds / fileCount) * 1e6).toFixed(1).padStart(8)} ${megabytes.toFixed(0).padStart(6)}`,
    )
    removeTree(root)
  }
  return lines
}

function makeFiles(root: string, fileCount: number): void {
  for (let file = 0; file < fileCount; file++) {
    const directory = path.join(
      root,
      `d${Math.floor(file / FILES_PER_DIRECTORY / 50)}`,
      `e${Math.floor(file / FILES_PER_DIRECTORY)}`,
    )
    if (file % FILES_PER_DIRECTORY === 0) mkdirSync(directory, {recursive: true})
    writeFileSync(path.join(directory, `file-${file}.js`), '')
  }
}
