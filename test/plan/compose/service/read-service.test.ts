// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Compose
import assert from 'node:assert/strict'
import {loadComposeServices} from '../../../../src/plan/compose/load-compose-services.js'
import type {ComposeService} from '../../../../src/plan/compose/service/compose-service.js'
import {readService} from '../../../../src/plan/compose/service/read-service.js'
import {ComposeEnvironment} from '../../../../src/plan/compose/variables/compose-environment.js'
import {createMemoryFiles} from '../../memory-files.js'

/** Reads the services of files that are merged in their order. */
function read(texts: readonly string[], others: Record<string, string> = {}): Map<string, ComposeService> {
  const tree = Object.fromEntries(texts.map((text, at) => [`${at}.yaml`, text]))
  const environment = ComposeEnvironment.from({TAG: '2', HOME: '/me'})
  const project = {files: Object.keys(tree).map((name) => `/p/${name}`), projectDir: '/p', environment}
  const {services} = loadComposeServices(project, createMemoryFiles({...tree, ...others}))
  return new Map([...services].map(([name, node]) => [name, readService(name, node)]))
}

/** What one service says, as its file has it inside the braces. */
function readOne(...texts: string[]): ComposeService {
  return read(texts.map((text) => `services: {a: {${text}}}`)).get('a')!
}

describe('readService', () => {
  it('reads commands, as texts and as lists', () => {
    const {command, entrypoint} = readOne('command: "a b && c", entrypoint: [sh, -c, x]')
    assert.deepEqual([command?.words, command?.dropped], [['a', 'b'], '&& c'])
    assert.deepEqual([entrypoint?.words, entrypoint?.dropped], [['sh', '-c', 'x'], null])
  })

  it('replaces a command of an earlier file, and puts lists together', () => {
    const service = readOne('command: [a, b], volumes: [".:/x", "db:/y"]', 'command: c, volumes: ["./z:/x/"]')
    assert.deepEqual(service.command?.words, ['c'])
    assert.deepEqual(
      service.mounts.map(({target, source}) => [target, source]),
      [
        ['/y', null],
        ['/x', '/p/z'],
      ],
    )
  })

  it('reads mounts, short and long', () => {
    const {mounts} = readOne(
      'volumes: ["./src:/app/src:ro", "/data", "db:/store", "~/k:/k", {type: bind, source: ./b, target: /b}], tmpfs: /t',
    )
    assert.deepEqual(
      mounts.map(({kind, source, volume, target, isReadOnly}) => [
        kind,
        source ?? volume,
        target,
        isReadOnly,
      ]),
      [
        ['bind', '/p/src', '/app/src', true],
        ['volume', null, '/data', false],
        ['volume', 'db', '/store', false],
        ['bind', '/me/k', '/k', false],
        ['bind', '/p/b', '/b', false],
        ['tmpfs', null, '/t', false],
      ],
    )
  })

  it('resolves the mounts of an extended service from its own file', () => {
    const services = read(['services: {a: {extends: {file: sub/b.yaml, service: b}}}'], {
      'sub/b.yaml': 'services: {b: {image: x, volumes: ["./d:/d"]}}',
    })
    assert.equal(services.get('a')!.mounts[0]!.source, '/p/sub/d')
  })

  it('reads what a service waits for, both ways', () => {
    const short = readOne('depends_on: [db]').dependencies
    assert.deepEqual(
      short.map(({name, condition}) => [name, condition]),
      [['db', 'service_started']],
    )
    const [long] = readOne('depends_on: {db: {condition: service_healthy}}').dependencies
    assert.equal(long!.condition, 'service_healthy')
  })

  const health: [text: string, expected: string][] = [
    ['image: x', 'image'],
    ['healthcheck: {test: [CMD, x]}', 'set'],
    ['healthcheck: {test: x}', 'set'],
    ['healthcheck: {test: [NONE]}', 'off'],
    ['healthcheck: {disable: true}', 'off'],
    ['healthcheck: {interval: 5s}', 'image'],
  ]
  for (const [text, expected] of health) {
    it(`reads the health of ${text}`, () => assert.equal(readOne(text).health, expected))
  }

  it('reads limits in both spellings, and finds those that differ', () => {
    const {limits} = readOne('mem_limit: 512m, deploy: {resources: {limits: {cpus: "1"}}}')
    assert.deepEqual([limits.memory, limits.cpus, limits.pids], ['512m', '1', null])
    assert.deepEqual(
      limits.conflicts.map(({key, isAbsent}) => [key, isAbsent]),
      [['deploy.resources.limits.memory', true]],
    )
    const {limits: none} = readOne('mem_limit: 0, deploy: {resources: {limits: {cpus: "0", memory: 0m}}}')
    assert.deepEqual([none.memory, none.cpus, none.pids], [null, null, null])
    const conflict = (older: string) =>
      readOne(`mem_limit: ${older}, deploy: {resources: {limits: {memory: 512M}}}`).limits.conflicts.length
    assert.deepEqual([conflict('512m'), conflict('0.5g'), conflict('0'), conflict('1g')], [0, 0, 0, 1])
  })

  it('reads how a container stops', () => {
    const {hasInit, graceSeconds} = readOne('init: true, stop_grace_period: 1m30s')
    assert.deepEqual([hasInit, graceSeconds], [true, 90])
    assert.equal(readOne('stop_grace_period: "0"').graceSeconds, 0)
  })

  it('knows equal builds, whatever is written differently', () => {
    const services = read([
      `
services:
  a: {build: .}
  b: {build: {context: ., dockerfile: Dockerfile}, image: other}
  c: {build: {context: ., args: {A: 1}}}
  d: {build: {context: ., args: ["A=1"], cache_from: [x]}}
  e: {build: {context: ., target: t}}
  f: {build: {context: ., labels: {x: y}}}
`,
    ])
    const key = (name: string) => services.get(name)!.buildKey
    assert.equal(key('a'), key('b'))
    assert.equal(key('c'), key('d'))
    assert.equal(new Set(['a', 'c', 'e', 'f'].map(key)).size, 4)
  })

  it('takes what it does not understand as absent', () => {
    const service = readOne(
      'command: {a: b}, volumes: x, depends_on: 5, healthcheck: [], deploy: 7, environment: {A: [1]}',
    )
    assert.deepEqual([service.command, service.mounts, service.dependencies], [null, [], []])
    assert.equal(service.environment.size, 0)
  })

  it('replaces variables where it can', () => {
    assert.equal(readOne('image: "x:${TAG}"').image, 'x:2')
    assert.equal(readOne('image: "x:${NO:?set it}"').image, 'x:${NO:?set it}')
  })
})
