// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of compose files
import assert from 'node:assert/strict'
import {loadComposeServices} from '../../../src/plan/compose/load-compose-services.js'
import {ProjectChecker} from '../../../src/plan/compose/refusals/project-checker.js'
import {readService} from '../../../src/plan/compose/service/read-service.js'
import {ComposeEnvironment} from '../../../src/plan/compose/variables/compose-environment.js'
import {createMemoryFiles} from '../memory-files.js'

/** `FILE:LINE what → fix` of each refusal; the file is left out where there is one only. */
function refuse(tree: Record<string, string>): string[] {
  const memory = createMemoryFiles(tree)
  const environment = ComposeEnvironment.from({}).withProjectFiles('/p', '/p', memory)
  const names = ['compose.yaml', 'compose.override.yaml'].filter((name) => name in tree)
  const project = {files: names.map((name) => `/p/${name}`), projectDir: '/p', environment}
  const checker = new ProjectChecker()
  const {services} = loadComposeServices(project, memory, checker)
  const all = [...services].map(([name, node]) => readService(name, node))
  const isOne = Object.keys(tree).length === 1
  return checker
    .finish(all, all, environment.lookup, memory)
    .map(({what, place, fix}) => `${isOne ? '' : `${place.file.slice(3)}:`}${place.line} ${what} → ${fix}`)
}

const ROWS: [what: string, text: string, expected: string[]][] = [
  [
    'a key that is nearly right',
    'services:\n  a:\n    image: x\n    enviroment: {A: b}',
    ['4 "enviroment" is no key of a service → Did you mean "environment"?'],
  ],
  [
    'a key that belongs below another',
    'services:\n  a:\n    image: x\n    dockerfile: D',
    ['4 "dockerfile" is no key of a service → Put it below "build"'],
  ],
  [
    'a key that belongs below two others',
    'services:\n  a:\n    image: x\n    deploy:\n      limits: {cpus: "1"}',
    ['5 "limits" is no key of deploy → Put it below "resources"'],
  ],
  [
    'a key that belongs to the service',
    'services:\n  a:\n    image: x\n    build:\n      context: .\n      image: x\n      ports: [80]',
    [
      '6 "image" is no key of a build → Put it beside the other keys of a service',
      '7 "ports" is no key of a build → Put it beside the other keys of a service',
    ],
  ],
  [
    'a key that nothing knows',
    'services:\n  a:\n    image: x\n    colour: red',
    ['4 "colour" is no key of a service → Remove it, or call it "x-colour" if it is your own'],
  ],
  [
    'a key of an anchor that several services have, once',
    'x-a: &a\n  imagee: x\nservices:\n  a: {<<: *a, image: x}\n  b: {<<: *a, image: x}',
    ['2 "imagee" is no key of a service → Did you mean "image"?'],
  ],
  [
    'a number for a string',
    'services:\n  a:\n    image: x\n    user: 1000',
    ['4 "user" must be a string, and is the number 1000 → Quote it: "1000"'],
  ],
  [
    'a number for a duration',
    'services:\n  a:\n    image: x\n    stop_grace_period: 30',
    ['4 "stop_grace_period" must be a string, and is the number 30 → Write a duration, as in 1m30s'],
  ],
  [
    'a date',
    'services:\n  a:\n    image: x\n    labels: {day: 2024-01-31, no_day: 2024-02-31}',
    [
      '4 "day" of "labels" must be a string, a number or true or false, and is the date 2024-01-31 → Quote it: "2024-01-31"',
    ],
  ],
  [
    'a section without content',
    'services:\n  a:\n    image: x\n    environment:\nvolumes:',
    [
      '4 "environment" must be a list or a mapping, and is empty → Give it a value, or remove the key',
      '5 "volumes" must be a mapping, and is empty → Give it a value, or remove the key',
    ],
  ],
  [
    'a word that is nearly right',
    'services:\n  a:\n    image: x\n    depends_on: {b: {condition: healthy}}\n  b: {image: x}',
    [
      '4 "condition" is "healthy", and takes "service_started", "service_healthy" and "service_completed_successfully" only → Did you mean "service_healthy"?',
    ],
  ],
  [
    'a key of a newer Compose',
    'services:\n  a:\n    image: x\n    pre_start: [{command: [x]}]',
    [
      '4 "pre_start" is new in Compose 5.3: older versions refuse the project → Start it with Compose 5.3 or newer',
    ],
  ],
  ['a variable that gives the value', 'services:\n  a:\n    image: x\n    mem_limit: ${SIZE:-1g}', []],
  [
    'a variable that gives a wrong one',
    'services:\n  a:\n    image: x\n    mem_limit: ${SIZE:-big}',
    ['4 "mem_limit" is "big", which is not a size → Write a size, as in 512m'],
  ],
  [
    'the first file format',
    'web:\n  image: x\ndb:\n  image: y',
    [
      '1 "web" and "db" stand at the top of the file, not below "services" → Write "services:" above, and indent what follows',
    ],
  ],
  [
    'another file',
    'kind: Pod\nspec: {}',
    ['1 "kind" and "spec" are no keys of a compose file → Name a compose file, or write "services:"'],
  ],
]

describe('the shape of compose files', () => {
  for (const [what, text, expected] of ROWS) {
    it(`tells ${what}`, () => {
      assert.deepEqual(refuse({'compose.yaml': text}), expected)
    })
  }

  it('judges an override by what it is laid over', () => {
    const tree = {
      'compose.yaml': 'services:\n  a: {image: x, ports: ["80:80"], depends_on: [b]}\n  b: {image: x}',
      'compose.override.yaml':
        'services:\n  a:\n    ports:\n    expose:\n    depends_on: {b: {required: false}}',
    }
    assert.deepEqual(refuse(tree), [
      'compose.override.yaml:4 "expose" must be a list, and is empty → Give it a value, or remove the key',
    ])
  })

  it('takes one name for services of which people start one', () => {
    const text = (other: string) =>
      `services:\n  a: {image: x, container_name: app, profiles: [one]}\n  b: {image: x, container_name: app, profiles: [${other}]}`
    assert.deepEqual(refuse({'compose.yaml': text('other')}), [])
    assert.deepEqual(refuse({'compose.yaml': text('other, one')}), [
      '3 "a" and "b" have the container_name "app" → Give each container a name of its own',
    ])
  })

  it('judges of an extended file the services that are extended', () => {
    const tree = {
      'compose.yaml': 'services:\n  a: {extends: {service: b, file: base.yaml}}',
      'base.yaml': 'services:\n  b:\n    image: x\n    port: [80]\n  c: {port: [80]}',
    }
    assert.deepEqual(refuse(tree), ['base.yaml:4 "port" is no key of a service → Did you mean "ports"?'])
  })
})

describe('refusals of a file that is wrong throughout', () => {
  const lines = (count: number, line: (at: number) => string): string =>
    Array.from({length: count}, (_, at) => line(at)).join('\n')

  it('tells the first keys that are unknown, and how many follow', () => {
    const found = refuse({
      'compose.yaml': `services:\n  a:\n    image: x\n${lines(40, (at) => `    k${at}zz: 1`)}`,
    })
    assert.equal(found.length, 21)
    assert.equal(
      found.at(-1),
      '24 20 more keys of a service are unknown or no names, such as "k20zz" → Correct or remove them',
    )
  })

  it('tells the first places, and how many follow', () => {
    const ports = lines(300, (at) => `      - "80:1-${at}"`)
    const found = refuse({'compose.yaml': `services:\n  a:\n    image: x\n    ports:\n${ports}`})
    assert.equal(found.length, 200)
    assert.match(found.at(-1)!, /, and \d+ places more are wrong → /)
  })

  it('leaves out the middle of a long value', () => {
    const [found] = refuse({
      'compose.yaml': `services:\n  a:\n    image: x\n    mem_limit: "${'1'.repeat(90_000)}x"`,
    })
    assert.match(found!, /^4 "mem_limit" is "1+ … 1+x", which is not a size → Write a size, as in 512m$/)
    assert.ok(found!.length < 500)
  })
})
