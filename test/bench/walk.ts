/** The walk and the whole command against other programs that look at the same tree, in the same run. */
import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import fastGlob from 'fast-glob'
import {walkContext} from '../../src/tree/walk/walk.js'
import {projectRoot} from '../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import type {Goal, Outcome} from './goals.js'
import {makePackages} from './make-packages.js'
import {describeTimes, measureBest} from './measure-best.js'
import {measureCpu} from './measure-cpu.js'

/** An index counts only what had settled before it was written. */
const SETTLED_MS = 2_500

/** Compares on a tree of that many files in `node_modules`. */
export async function benchWalk(fileCount: number): Promise<Outcome> {
  const root = makeTemporaryDirectory()
  const indexes = makeTemporaryDirectory()
  makePackages(root, fileCount)
  await sleep(SETTLED_MS)
  const program = path.join(projectRoot, 'bin/run.js')
  const runContext = (env: NodeJS.ProcessEnv): unknown =>
    spawnSync(process.execPath, [program, 'context', root], {env: {...process.env, ...env}})
  const build = prepareBuild(root)
  const works: Record<string, () => unknown> = {
    du: () => spawnSync('du', ['-s', '--apparent-size', root]),
    'fast-glob, with sizes': () =>
      fastGlob('**', {cwd: root, dot: true, stats: true, followSymbolicLinks: false}),
    'walk, one thread': () => walkContext(root, {useThreads: false}),
    walk: () => walkContext(root),
    'context, the first time': () => runContext({SLIM_CHECK_NO_CACHE: '1'}),
    'context, after that': () => runContext({XDG_CACHE_HOME: indexes}),
    ...(build && {'docker build, nothing changed': build}),
  }
  const times = await measureBest(works)
  const command = [process.execPath, program, 'context', root]
  const cpu = measureCpu(
    {
      du: {command: ['du', '-s', '--apparent-size', root]},
      'context, the first time': {command, env: {SLIM_CHECK_NO_CACHE: '1'}},
      'context, after that': {command, env: {XDG_CACHE_HOME: indexes}},
    },
    5,
  )
  writeFileSync(path.join(root, '.dockerignore'), 'node_modules\n')
  const ignored = await measureBest({
    'node -e 0': () => spawnSync(process.execPath, ['-e', '0']),
    'context, node_modules ignored': () => runContext({}),
  })
  removeTree(root)
  removeTree(indexes)
  const lines = [
    `walk: milliseconds for ${fileCount} files in node_modules, and the ratio to the first`,
    ...describeTimes(times),
    'the same, user and system time: medians',
    ...describeTimes(cpu),
    ...(build === null ? ['  docker build: left out, no engine answers'] : []),
    ...describeTimes(ignored),
  ]
  return {lines, goals: listGoals(times, cpu)}
}

function listGoals(times: Readonly<Record<string, number>>, cpu: Readonly<Record<string, number>>): Goal[] {
  const {du, 'context, after that': later, 'context, the first time': first} = times
  const build = times['docker build, nothing changed']
  return [
    {name: 'context, later, to du', ratio: later! / du!, most: 1.6},
    {name: 'context, later, CPU to du', ratio: cpu['context, after that']! / cpu.du!, most: 2.8},
    {name: 'context, the first time, to du', ratio: first! / du!, most: 2.5},
    ...(build === undefined
      ? []
      : [{name: 'docker build to context, later', ratio: build / later!, most: null, least: 10}]),
  ]
}

/** A build that asks for everything, done once so that the builder has it all; null without an engine. */
function prepareBuild(root: string): (() => unknown) | null {
  const build = (): boolean =>
    spawnSync('docker', ['build', '-q', '-f', '-', root], {input: 'FROM scratch\nCOPY . .\n'}).status === 0
  return build() ? build : null
}
