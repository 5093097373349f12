/** Our reading of Compose and bake files against buildx, which reads them with Docker's own libraries. No engine is needed. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of bake files
import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {realpathSync} from 'node:fs'
import path from 'node:path'
import type {NamedBuild} from '../../src/plan/named-build.js'
import {type FoundBuild, findBuilds} from '../../src/services/load/find/find-builds.js'
import {findBuildx} from '../helpers/docker.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'
import {BAKE_ROWS} from '../plan/bake/bake-rows.js'
import {HCL_ROWS} from '../plan/bake/hcl-rows.js'
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

/** Written in HCL, which buildx evaluates for us; Docker's plugins are called with a variable that buildx must not see. */
const HCL: [title: string, text: string, builds: string[]][] = [
  [
    'a group that names itself',
    'group "default" { targets = ["default"] }\ntarget "default" { context = "c" }',
    ['default: ctx=c df=c/Dockerfile'],
  ],
  [
    'a group with a target of its name',
    'group "app" { targets = ["app", "db"] }\ngroup "default" { targets = ["app"] }\ntarget "app" { context = "app" }\ntarget "db" { context = "db" }',
    ['app: ctx=app df=app/Dockerfile', 'db: ctx=db df=db/Dockerfile'],
  ],
  [
    'functions, matrices and inheritance',
    'variable "V" { default = "1" }\nfunction "up" {\n  params = [x]\n  result = upper(x)\n}\ntarget "base" { args = { V = V } }\ntarget "default" {\n  inherits = ["base"]\n  matrix = { n = ["a", "b"] }\n  name = "app-${n}"\n  context = n\n  args = { N = up(n) }\n}',
    ['app-a: ctx=a df=a/Dockerfile V=1 N=A', 'app-b: ctx=b df=b/Dockerfile V=1 N=B'],
  ],
]

describe('bake files in HCL, as a plugin', () => {
  let directory: string

  before(function () {
    if (findBuildx() === null) this.skip()
  })
  beforeEach(() => {
    directory = realpathSync(makeTemporaryDirectory())
  })
  afterEach(() => removeTree(directory))

  for (const [title, text, expected] of [...HCL, ...HCL_ROWS]) {
    it(`reads ${title}`, async () => {
      writeTree(directory, {'docker-bake.hcl': text})
      const env = {...process.env, DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: 'docker'}
      const {builds} = await findBuilds({contextDir: '.', workingDir: directory, env, bakeFiles: []})
      const found = builds.map((build) => describeBuild(toNamed(build, directory), directory))
      assert.deepEqual(found.map(sortWords), expected.map(sortWords))
      assert.ok(builds.every(({origin}) => origin?.file === 'docker-bake.hcl'))
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
