// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Compose
import assert from 'node:assert/strict'
import {BuildFileError} from '../../../src/errors.js'
import {loadComposeServices} from '../../../src/plan/compose/load-compose-services.js'
import {readComposeBuilds, type ServiceChoice} from '../../../src/plan/compose/read-compose-builds.js'
import {ComposeEnvironment} from '../../../src/plan/compose/variables/compose-environment.js'
import type {NamedBuilds} from '../../../src/plan/named-build.js'
import {describeBuild} from '../describe-build.js'
import {createMemoryFiles} from '../memory-files.js'
import {COMPOSE_ROWS, type ComposeRow} from './compose-rows.js'

const ALL: ServiceChoice = {profiles: ['*'], services: []}

function read(
  {tree, files = ['compose.yaml'], env = {}}: Omit<ComposeRow, 'title' | 'builds'>,
  choice = ALL,
): NamedBuilds {
  const memory = createMemoryFiles(tree)
  const environment = ComposeEnvironment.from(env).withProjectFiles('/p', '/p', memory)
  const project = {files: files.map((name) => `/p/${name}`), projectDir: '/p', environment}
  return readComposeBuilds(loadComposeServices(project, memory), project, choice)
}

/** One broken service: a problem of severity error at its place, the others stay. */
const PROBLEMS: [title: string, service: string, reason: RegExp][] = [
  ['a required variable', '{build: "${NO:?set it}"}', /required variable NO is missing a value: set it/],
  ['an invalid variable', '{build: "${"}', /invalid interpolation/],
  ['a service that is a string', 'x', /must be a mapping/],
  ['a build that is a list', '{build: [a]}', /directory or a mapping/],
  ['a Dockerfile that is a number', '{build: {dockerfile: 1.10}}', /"dockerfile" must be a string: quote it/],
  ['arguments that are a string', '{build: {args: x}}', /"args" must be a mapping or a list/],
  ['an argument that is a list', '{build: {args: {A: [1]}}}', /"A" must be a string/],
  ['platforms that are a string', '{build: {platforms: x}}', /"platforms" must be a list/],
  ['an unknown service to extend', '{extends: nope, build: x}', /extends "nope", which cannot be read/],
  ['a service that extends itself', '{extends: a, build: x}', /leads back to service "a"/],
  ['extends without a service', '{extends: {file: x.yaml}}', /must name a service/],
  ['a missing file to extend', '{extends: {service: x, file: gone.yaml}}', /cannot extend from "gone.yaml"/],
  ['a remote file to extend', '{extends: {service: x, file: "https://x/y.yaml"}}', /is remote/],
  [
    'too many arguments',
    `{build: {args: {${Array.from({length: 1001}, (_, at) => `A${at}: 1`).join()}}}}`,
    /more than 1000/,
  ],
]

/** Files that cannot be read at all; an empty name: some file. */
const ERRORS: [
  title: string,
  tree: Record<string, string>,
  file: string,
  line: number | null,
  reason: RegExp,
][] = [
  ['a list', {'compose.yaml': '- a'}, 'compose.yaml', 1, /must be a mapping/],
  [
    'services that are a list',
    {'compose.yaml': 'services: [a]'},
    'compose.yaml',
    1,
    /"services" must be a mapping/,
  ],
  ['a number as a key', {'compose.yaml': 'services:\n  1: {build: x}'}, 'compose.yaml', 2, /is not a string/],
  [
    'a missing include',
    {'compose.yaml': 'a: 1\ninclude: [x.yaml]'},
    'compose.yaml',
    2,
    /cannot include "x.yaml"/,
  ],
  ['a remote include', {'compose.yaml': 'include: ["oci://x"]'}, 'compose.yaml', 1, /is remote/],
  ['an include that is a string', {'compose.yaml': 'include: x'}, 'compose.yaml', 1, /must be a list/],
  [
    'includes in a circle',
    {'compose.yaml': 'include: [b.yaml]', 'b.yaml': '\ninclude: [compose.yaml]'},
    'b.yaml',
    2,
    /leads back to itself/,
  ],
  ['a broken .env', {'compose.yaml': 'services: {}', '.env': 'A=1\nA B=1'}, '.env', 2, /unexpected/],
  [
    'a missing environment file',
    {'compose.yaml': 'include: [{path: b.yaml, env_file: e}]', 'b.yaml': ''},
    'e',
    null,
    /no such/,
  ],
  [
    'a tree of includes without end',
    Object.fromEntries([
      ['compose.yaml', 'include: [a0.yaml]'],
      ...Array.from({length: 12}, (_, at) => [`a${at}.yaml`, `include: [a${at + 1}.yaml, a${at + 1}.yaml]`]),
      ['a12.yaml', 'services: {}'],
    ]),
    '',
    1,
    /more than 500 files/,
  ],
]

describe('reading Compose projects', () => {
  for (const {title, builds, ...row} of COMPOSE_ROWS) {
    it(`reads ${title}`, () => {
      const found = read(row)
      assert.deepEqual(found.problems, [])
      assert.deepEqual(found.builds.map((build) => describeBuild(build)).sort(), [...builds].sort())
    })
  }

  for (const [title, service, reason] of PROBLEMS) {
    it(`reports ${title}, and goes on`, () => {
      const {builds, problems} = read({
        tree: {'compose.yaml': `services:\n  ok: {build: x}\n  a: ${service}\n`},
      })
      assert.deepEqual(
        builds.map(({name}) => name),
        ['ok'],
      )
      assert.equal(problems.length, 1)
      assert.match(problems[0]!.message, reason)
      assert.equal(problems[0]!.severity, 'error')
      assert.deepEqual(problems[0]!.place, {file: '/p/compose.yaml', line: 3})
    })
  }

  for (const [title, tree, file, line, reason] of ERRORS) {
    it(`refuses ${title}`, () => {
      assert.throws(
        () => read({tree}),
        (error) => {
          assert.ok(error instanceof BuildFileError, String(error))
          assert.match(error.message, reason)
          return error.line === line && (file === '' || error.file === `/p/${file}`)
        },
      )
    })
  }

  const PROFILES =
    'services: {a: {build: a}, d: {build: d, profiles: [debug]}, e: {build: e, profiles: [x, debug]}, g: {build: "https://x/y.git"}}'
  const choices: [title: string, choice: ServiceChoice, names: string[], told: RegExp[]][] = [
    [
      'no profile',
      {profiles: [], services: []},
      ['a'],
      [/"d".*"debug"/, /"e".*"x", "debug"/, /"g".*fetches/],
    ],
    ['a profile', {profiles: ['x'], services: []}, ['a', 'e'], [/"d"/, /"g"/]],
    ['every profile', {profiles: ['*'], services: []}, ['a', 'd', 'e'], [/"g"/]],
    ['services, whatever their profile', {profiles: [], services: ['d', 'a']}, ['a', 'd'], []],
  ]
  for (const [title, choice, names, told] of choices) {
    it(`chooses by ${title}`, () => {
      const {builds, problems} = read({tree: {'compose.yaml': PROFILES}}, choice)
      assert.deepEqual(
        builds.map(({name}) => name),
        names,
      )
      assert.equal(problems.length, told.length)
      for (const [index, reason] of told.entries()) assert.match(problems[index]!.message, reason)
      assert.ok(problems.every(({severity}) => severity === 'info'))
    })
  }

  it('says where each build stands, the extended part where it was written', () => {
    const {builds} = read({
      tree: {'compose.yaml': 'services:\n  a:\n    image: x\n    build:\n      context: .\n'},
    })
    assert.deepEqual(builds[0]!.place, {file: '/p/compose.yaml', line: 5})
  })

  it('shares what a thousand services extend', () => {
    const services = Array.from({length: 1000}, (_, index) => `  s${index}: {extends: base}`)
    const args = Array.from({length: 900}, (_, index) => `A${index}: 1`).join()
    const text = `services:\n  base: {build: {context: ., args: {${args}}}}\n${services.join('\n')}\n`
    assert.equal(read({tree: {'compose.yaml': text}}).builds.length, 1001)
  })
})
