import assert from 'node:assert/strict'
import {listBuildWords} from '../../src/host/docker/list-build-words.js'
import {parseBakeJson} from '../../src/plan/bake/parse-bake-json.js'
import {readBakeBuilds} from '../../src/plan/bake/read-bake-builds.js'
import type {StepAccess} from '../../src/plan/build-secrets.js'
import {loadComposeServices} from '../../src/plan/compose/load-compose-services.js'
import {readComposeBuilds} from '../../src/plan/compose/read-compose-builds.js'
import {ComposeEnvironment} from '../../src/plan/compose/variables/compose-environment.js'
import type {NamedBuild} from '../../src/plan/named-build.js'
import {createMemoryFiles} from './memory-files.js'

const SECTION =
  'secrets: {npm: {file: ./npmrc}, up: {file: ../up}, token: {environment: TOKEN}, far: {external: true}}'

/** The build of service `a`, and the words that docker gets. */
const COMPOSE: [title: string, tree: Record<string, string>, words: string[]][] = [
  ['a secret by name', service('secrets: [npm]'), ['--secret=id=npm,src=/p/npmrc']],
  [
    'a secret under another name',
    service('secrets: [{source: npm, target: rc}]'),
    ['--secret=id=rc,src=/p/npmrc'],
  ],
  ['a file above', service('secrets: [up]'), ['--secret=id=up,src=/up']],
  ['a variable', service('secrets: [token]'), ['--secret=id=token,env=TOKEN']],
  ['what no file defines, and what only a swarm has', service('secrets: [nope, far]'), []],
  ['an agent, and a key', service('ssh: [default, "k=./key"]'), ['--ssh=default', '--ssh=k=/p/key']],
  ['the same as a mapping', service('ssh: {default: , k: ./key}'), ['--ssh=default', '--ssh=k=/p/key']],
  ['the network of the host', service('network: host'), ['--network=host']],
  [
    'secrets of an included project, from its directory',
    {
      'compose.yaml': 'include: [sub/compose.yaml]\nservices: {}',
      'sub/compose.yaml': 'services: {a: {build: {context: ., secrets: [s]}}}\nsecrets: {s: {file: s.txt}}',
    },
    ['--secret=id=s,src=/p/sub/s.txt'],
  ],
  [
    'a comma in a name',
    {'compose.yaml': 'services: {a: {build: {context: ., secrets: [s]}}}\nsecrets: {s: {file: "a,b"}}'},
    ['--secret=id=s,"src=/p/a,b"'],
  ],
]

const BAKE: [title: string, target: object, words: string[]][] = [
  [
    'words',
    {secret: ['id=npm,src=npmrc', 'type=env,id=t,env=TOKEN', 'id=alone']},
    ['--secret=id=npm,src=/p/npmrc', '--secret=id=t,env=TOKEN', '--secret=id=alone'],
  ],
  [
    'objects',
    {
      secret: [
        {type: 'file', id: 'npm', src: 'npmrc'},
        {type: 'env', id: 'TOKEN'},
      ],
    },
    ['--secret=id=npm,src=/p/npmrc', '--secret=id=TOKEN,env=TOKEN'],
  ],
  [
    'agents and keys',
    {ssh: ['default', {id: 'k', paths: ['a', '/b']}]},
    ['--ssh=default', '--ssh=k=/p/a,/b'],
  ],
  [
    'what it inherits, later ones above',
    {inherits: ['base'], secret: ['id=npm,src=mine']},
    ['--secret=id=npm,src=/p/mine', '--ssh=default', '--network=host'],
  ],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression that only buildx can evaluate
  ['an expression left out', {secret: ['${upper("x")}'], network: 'none'}, ['--network=none']],
]

describe('what the RUNs of a build may use', () => {
  for (const [title, tree, words] of COMPOSE) {
    it(`reads of Compose files: ${title}`, () => {
      const files = createMemoryFiles(tree)
      const environment = ComposeEnvironment.from({TOKEN: 'hush'})
      const project = {files: ['/p/compose.yaml'], projectDir: '/p', environment}
      const {builds} = readComposeBuilds(loadComposeServices(project, files), project, {
        profiles: [],
        services: [],
      })
      assert.deepEqual(listAccess(builds[0]!), words)
    })
  }

  for (const [title, target, words] of BAKE) {
    it(`reads of bake files: ${title}`, () => {
      const text = JSON.stringify({
        target: {default: target, base: {secret: ['id=npm,src=theirs'], ssh: ['default'], network: 'host'}},
      })
      const definition = parseBakeJson([{file: '/p/b.json', text}], () => undefined)
      assert.deepEqual(listAccess(readBakeBuilds(definition, [], '/p').builds[0]!), words)
    })
  }

  it('leaves out what flags give themselves', () => {
    const access = {
      secrets: [
        {id: 'a', file: '/a'},
        {id: 'b', variable: 'B'},
      ],
      ssh: ['default', 'k=/k'],
    }
    const flags = ['--secret', 'id=a,src=x', '--ssh=default=/other']
    assert.deepEqual(listAccess(access, flags), ['--secret=id=b,env=B', '--ssh=k=/k'])
  })

  it('prints no value of a secret', () => {
    const {builds} = readValue()
    assert.doesNotMatch(JSON.stringify(builds), /hush/)
    assert.equal(builds[0]!.secrets![0]!.read!(), 'hush')
  })
})

function service(lines: string): Record<string, string> {
  return {'compose.yaml': `services: {a: {build: {context: ., ${lines}}}}\n${SECTION}`}
}

function listAccess(access: StepAccess | NamedBuild, flags: readonly string[] = []): string[] {
  const build = {contextPath: '/c', dockerfilePath: '/c/D', target: null, platform: null}
  const words = listBuildWords({...build, buildArgs: {}, buildContexts: {}, access}, [], flags)
  return words.slice(3, -1 - flags.length)
}

function readValue() {
  const files = createMemoryFiles({...service('secrets: [token]'), '.env': 'TOKEN=hush'})
  const environment = ComposeEnvironment.from({}).withProjectFiles('/p', '/p', files)
  const project = {files: ['/p/compose.yaml'], projectDir: '/p', environment}
  return readComposeBuilds(loadComposeServices(project, files), project, {profiles: [], services: []})
}
