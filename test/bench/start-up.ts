/** How long calls take that have next to nothing to do, against node with nothing to do. */
import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {projectRoot} from '../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import type {Outcome} from './goals.js'
import {makeImage} from './image.js'
import {makePackages} from './make-packages.js'
import {describeTimes, measureBest} from './measure-best.js'
import {measureCpu} from './measure-cpu.js'

/** What a call may take on the processor, to `node -e 0`. */
const MOST = {context: 1.7, cache: 1.8, dockerfile: 1.8, image: 1.8}

/** @param certificates what `NODE_EXTRA_CA_CERTS` is where the bench was called */
export async function benchStartUp(certificates: string | undefined): Promise<Outcome> {
  const root = makeTemporaryDirectory()
  makePackages(root, 10)
  const images = makeTemporaryDirectory()
  const {plain} = makeImage(images, 60, 60_000)
  const program = path.join(projectRoot, 'bin/run.js')
  const check = path.join(projectRoot, 'bin/check-build.js')
  // A configuration where the call is made would be read.
  const run = (...args: string[]): unknown => spawnSync(process.execPath, args, {cwd: images})
  const env = {...process.env, NODE_DISABLE_COMPILE_CACHE: '1'}
  const floor = makeFloor(images)
  const calls = {
    'node -e 0': ['-e', '0'],
    ...floor,
    ls: [program, 'ls', root],
    context: [program, 'context', root],
    'hook check': [program, 'hook', 'check', root],
    cache: [program, 'cache', root],
    dockerfile: [program, 'dockerfile', root],
    image: [program, 'image', plain],
  }
  const times = await measureBest(
    {
      'node -e 0': () => run('-e', '0'),
      ...Object.fromEntries(Object.entries(floor).map(([name, args]) => [name, () => run(...args)])),
      'docker-cli-plugin-metadata': () => run(program, 'docker-cli-plugin-metadata'),
      '--version': () => run(program, '--version'),
      '--help': () => run(program, '--help'),
      'ls, 10 files': () => run(program, 'ls', root),
      'context, 10 files': () => run(program, 'context', root),
      'hook check, 10 files': () => run(program, 'hook', 'check', root),
      'cache, 10 files': () => run(program, 'cache', root),
      'dockerfile, 10 files': () => run(program, 'dockerfile', root),
      'image, 60 files': () => run(program, 'image', plain),
      'context, without kept code': () =>
        spawnSync(process.execPath, [program, 'context', root], {cwd: images, env}),
      'the check before a build': () => run(check, 'build', root),
    },
    15,
  )
  const measure = (variables: NodeJS.ProcessEnv): Record<string, number> => {
    const timed = Object.entries(calls).map(([name, args]) => {
      return [name, {command: [process.execPath, ...args], cwd: images, env: variables}] as const
    })
    return measureCpu(Object.fromEntries(timed), 15)
  }
  const cpu = measure({})
  const cpuAsCalled = certificates === undefined ? null : measure({NODE_EXTRA_CA_CERTS: certificates})
  for (const directory of [root, images]) removeTree(directory)
  const goals = Object.entries(MOST).flatMap(([name, most]) => {
    const ratioOf = (times: Record<string, number>): number => times[name]! / times['node -e 0']!
    return [
      {name: `${name}, CPU to node -e 0`, ratio: ratioOf(cpu), most},
      ...(cpuAsCalled === null
        ? []
        : [{name: `${name}, with NODE_EXTRA_CA_CERTS`, ratio: ratioOf(cpuAsCalled), most}]),
    ]
  })
  const lines = [
    'start-up: milliseconds, and the ratio to node -e 0',
    ...describeTimes(times),
    'the same, user and system time: medians',
    ...describeTimes(cpu),
    ...(cpuAsCalled === null
      ? []
      : ['the same with NODE_EXTRA_CA_CERTS, as it is set here', ...describeTimes(cpuAsCalled)]),
  ]
  return {lines, goals}
}

/** The least that a program can be: what lies below no call of ours gets. Scripts in a directory, as arguments for node. */
function makeFloor(directory: string): Record<string, string[]> {
  const place = JSON.stringify(directory)
  const oclif = pathToFileURL(path.join(projectRoot, 'node_modules/@oclif/core/lib/index.js'))
  const scripts = {
    'script, reads a directory': ['read.cjs', `console.log(require('node:fs').readdirSync(${place}).length)`],
    'module, reads a directory': [
      'read.mjs',
      `import {readdirSync} from 'node:fs'\nconsole.log(readdirSync(${place}).length)`,
    ],
    'oclif, prints a line': [
      'oclif.mjs',
      `import {Command} from '${oclif}'\nclass Least extends Command { async run() { this.log('0') } }\nawait Least.run([], import.meta.url)`,
    ],
  } as const
  return Object.fromEntries(
    Object.entries(scripts).map(([name, [file, text]]) => {
      const script = path.join(directory, file)
      writeFileSync(script, text)
      return [name, [script]]
    }),
  )
}
