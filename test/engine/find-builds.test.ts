/** Our reading of Compose and bake files against buildx, which reads them with Docker's own libraries. No engine is needed. */
import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {realpathSync} from 'node:fs'
import path from 'node:path'
import type {NamedBuild} from '../../src/plan/named-build.js'
import {type FoundBuild, findBuilds} from '../../src/services/load/find-builds.js'
import {findBuildx} from '../helpers/docker.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'
import {BAKE_ROWS} from '../plan/bake/bake-rows.js'
import {COMPOSE_ROWS} from '../plan/compose/compose-rows.js'
import {describeBuild} from '../plan/describe-build.js'

interface PrintedTarget {
  context: string
  dockerfile?: string
  'dockerfile-inline'?: string
  target?: string
  args?: Record<string, string>
  contexts?: Record<string, string>
  platforms?: string[]
}

describe('builds as buildx prints them', () => {
  const buildx = findBuildx()
  let directory: string

  before(function () {
    if (buildx === null) this.skip()
  })
  beforeEach(() => {
    directory = realpathSync(makeTemporaryDirectory())
  })
  afterEach(() => removeTree(directory))

  const compare = async (files: string[], env: Record<string, string>, isCompose: boolean): Promise<void> => {
    const clean = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DOCKER_CONFIG: process.env.DOCKER_CONFIG,
      ...env,
    }
    const words = ['bake', '--print', ...files.flatMap((file) => ['--file', file])]
    const run = spawnSync(buildx!, words, {cwd: directory, env: clean, encoding: 'utf8'})
    assert.equal(run.status, 0, run.stderr)
    const {target} = JSON.parse(run.stdout) as {target: Record<string, PrintedTarget>}
    const printed = Object.entries(target).map(([name, one]) => describePrinted(name, one, directory))
    const options = {contextDir: '.', workingDir: directory, env: clean, profiles: ['*']}
    const {builds} = await findBuilds(
      isCompose ? {...options, composeFiles: files} : {...options, bakeFiles: files},
    )
    const found = builds.map((build) => describeBuild(toNamed(build, directory), directory))
    assert.deepEqual(found.map(sortWords).sort(), printed.map(sortWords).sort())
  }

  for (const {title, tree, files = ['compose.yaml'], env = {}, isOurs} of COMPOSE_ROWS) {
    if (isOurs) continue
    it(`agrees on ${title} in Compose files`, async () => {
      writeTree(directory, tree)
      await compare(files, env, true)
    })
  }

  for (const {title, files, env = {}} of BAKE_ROWS) {
    it(`agrees on ${title} in bake files`, async () => {
      const names = files.map((_, index) => `f${index}.json`)
      writeTree(
        directory,
        Object.fromEntries(files.map((file, index) => [names[index]!, JSON.stringify(file)])),
      )
      await compare(names, env, false)
    })
  }
})

function describePrinted(name: string, one: PrintedTarget, directory: string): string {
  const contextPath = path.resolve(directory, one.context)
  const inline = one['dockerfile-inline']
  const contexts = Object.entries(one.contexts ?? {}).map(([key, value]): [string, string] => [
    key,
    resolve(value, directory),
  ])
  return describeBuild(
    {
      name,
      contextPath,
      ...(inline ? {dockerfileInline: inline} : {dockerfilePath: path.resolve(contextPath, one.dockerfile!)}),
      ...(one.target && {target: one.target}),
      buildArgs: new Map(Object.entries(one.args ?? {})),
      ...(one.platforms && {platform: one.platforms[0]!}),
      buildContexts: new Map(contexts),
      place: null,
    },
    directory,
  )
}

function toNamed({name, options}: FoundBuild, directory: string): NamedBuild {
  const {contextDir, dockerfile, dockerfileContent, target, platform, buildArgs, buildContexts} = options
  const contexts = Object.entries(buildContexts ?? {}).map(([key, value]): [string, string] => [
    key,
    resolve(value, directory),
  ])
  return {
    name,
    contextPath: path.resolve(directory, contextDir),
    ...(dockerfile && {dockerfilePath: path.resolve(directory, dockerfile)}),
    ...(dockerfileContent && {dockerfileInline: Buffer.from(dockerfileContent).toString()}),
    ...(target && {target}),
    buildArgs: new Map(Object.entries(buildArgs ?? {})),
    ...(platform && {platform}),
    buildContexts: new Map(contexts),
    place: null,
  }
}

/** `service:` is Compose's word for bake's `target:`. */
function resolve(given: string, directory: string): string {
  if (given.startsWith('service:')) return `target:${given.slice('service:'.length)}`
  return /^[a-z-]+:/.test(given) ? given : path.resolve(directory, given)
}

function sortWords(line: string): string {
  return line.split(' ').sort().join(' ')
}
