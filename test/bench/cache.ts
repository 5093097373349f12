/** `cache` on top of the walk that `context` makes, and the replay of commits beside Git's own listing of them. */
import {execFileSync, spawnSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {measurePlans} from '../../src/services/analysis/measure-project.js'
import {editPaths} from '../../src/services/cache/changes/edit-paths.js'
import {describeSide, loadSide} from '../../src/services/cache/predict/cache-side.js'
import {DirectoryDigests} from '../../src/services/cache/predict/file-digests.js'
import {forecastBuild} from '../../src/services/cache/predict/forecast.js'
import {projectRoot} from '../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {measureBest} from './measure-best.js'

const ROUNDS = 5
const COMMITS = 50

/** Compares on a tree of that many files below a Dockerfile of 30 steps, and on a repository of as many as the second. */
export async function benchCache(fileCount: number, trackedCount: number): Promise<string[]> {
  return [...(await benchForecast(fileCount)), ...(await benchReplay(trackedCount))]
}

/** In processor time: the machine may be busy. */
async function benchForecast(fileCount: number): Promise<string[]> {
  const root = makeTemporaryDirectory()
  makeSources(root, fileCount)
  const copies = Array.from({length: 14}, (_, at) => `COPY d${at} /d${at}/\nRUN make ${at}\n`).join('')
  writeFileSync(path.join(root, 'Dockerfile'), `FROM node\nWORKDIR /app\n${copies}COPY . .\nRUN make all\n`)
  const plan = loadSide({contextDir: root})
  const [build] = await measurePlans([plan])
  const digests = new DirectoryDigests(build!.context.tree, root)
  const forecast = async (...paths: string[]) => {
    const current = {build: build!, described: describeSide(build!.graph!, {contextDir: root}), digests}
    const {before, after, keeps, read} = editPaths(current, '', '', paths)
    return forecastBuild(before, after, read, keeps)
  }
  const times = {
    'walk and transfer, without an index': await measureCpu(() => measurePlans([plan])),
    'cache, nothing changed': await measureCpu(() => forecast()),
    'cache, one file edited': await measureCpu(() => forecast('d3/file-3.js')),
  }
  removeTree(root)
  return [
    `cache: milliseconds of processor time for 30 steps and ${fileCount} files, and the ratio to the first`,
    ...describeTimes(times),
  ]
}

async function benchReplay(fileCount: number): Promise<string[]> {
  const root = makeTemporaryDirectory()
  makeSources(root, fileCount)
  writeFileSync(
    path.join(root, 'Dockerfile'),
    'FROM node\nWORKDIR /app\nCOPY d1 d1\nRUN make\nCOPY . .\nRUN all\n',
  )
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], {
      stdio: 'ignore',
    })
  git('init', '-q')
  for (let commit = 0; commit <= COMMITS; commit++) {
    writeFileSync(path.join(root, `d${commit % 7}/file-${commit % 7}.js`), `${commit}`)
    git('add', '-A')
    git('commit', '-q', '-m', `commit ${commit}`)
  }
  const program = path.join(projectRoot, 'bin/run.js')
  const times = await measureBest({
    'git log --raw': () => git('log', '--raw', `-${COMMITS}`),
    'git ls-tree -r -l': () => git('ls-tree', '-r', '-l', 'HEAD'),
    [`cache --last ${COMMITS}`]: () =>
      spawnSync(process.execPath, [program, 'cache', root, '--last', String(COMMITS), '--no-times']),
  })
  removeTree(root)
  return [
    `cache --last ${COMMITS}: milliseconds for a repository of ${fileCount} files, and the ratio to the first`,
    ...describeTimes(times),
  ]
}

/** A hundred directories of files that differ in size. */
function makeSources(root: string, fileCount: number): void {
  for (let file = 0; file < fileCount; file++) {
    const directory = path.join(root, `d${file % 100}`)
    if (file < 100) mkdirSync(directory)
    writeFileSync(path.join(directory, `file-${file}.js`), 'x'.repeat(file % 700))
  }
}

/** The least milliseconds of user and system time. */
async function measureCpu(work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage()
    await work()
    const {user, system} = process.cpuUsage(start)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}

function describeTimes(times: Readonly<Record<string, number>>): string[] {
  const [first = 1] = Object.values(times)
  return Object.entries(times).map(
    ([name, time]) => `  ${name.padEnd(36)} ${time.toFixed(0).padStart(8)}  × ${(time / first).toFixed(2)}`,
  )
}
