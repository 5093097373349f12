import assert from 'node:assert/strict'
import {listImpossibleStarts, listMissingParts} from '../../../src/plan/compose/list-refusals.js'
import {loadComposeServices} from '../../../src/plan/compose/load-compose-services.js'
import {readService} from '../../../src/plan/compose/service/read-service.js'
import {ComposeEnvironment} from '../../../src/plan/compose/variables/compose-environment.js'
import {createMemoryFiles} from '../memory-files.js'

function refuse(text: string): string[] {
  const memory = createMemoryFiles({'compose.yaml': text})
  const environment = ComposeEnvironment.from({}).withProjectFiles('/p', '/p', memory)
  const project = {files: ['/p/compose.yaml'], projectDir: '/p', environment}
  const {services, declared} = loadComposeServices(project, memory)
  const all = [...services].map(([name, node]) => readService(name, node))
  const active = all.filter(({profiles}) => profiles.length === 0)
  return [...listMissingParts(all, declared), ...listImpossibleStarts(active, all)].map(
    ({message, place}) => `${place.line} ${message.replace(/: Compose refuses the project/, '')}`,
  )
}

/** What Compose 2.40 says of each is tried: `undefined network`, `undefined secret`, `dependency cycle` and the like. */
const ROWS: [what: string, services: string, expected: string[]][] = [
  [
    'an undefined network',
    'web: {image: a, networks: [front]}',
    ['2 "web" uses the network "front", which no file has'],
  ],
  [
    'one of a mapping',
    'web: {image: a, networks: {front: {}}}',
    ['2 "web" uses the network "front", which no file has'],
  ],
  ['the default network', 'web: {image: a, networks: [default]}', []],
  [
    'one network of several services',
    'web: {image: a, networks: [front]}\n  db: {image: a, networks: [front]}',
    ['2 "web" and "db" use the network "front", which no file has'],
  ],
  ['a network', 'web: {image: a, networks: [front]}\nnetworks: {front: {external: true}}', []],
  [
    'an undefined volume',
    'web: {image: a, volumes: ["data:/data"]}',
    ['2 "web" mounts the volume "data", which no file has'],
  ],
  [
    'an undefined secret',
    'web: {image: a, secrets: [pw]}',
    ['2 "web" reads the secret "pw", which no file has'],
  ],
  [
    'an undefined secret of a build',
    'web: {build: {secrets: [{source: pw}]}}',
    ['2 "web" builds with the secret "pw", which no file has'],
  ],
  ['an external secret', 'web: {image: a, secrets: [pw]}\nsecrets: {pw: {external: true}}', []],
  [
    'an undefined config',
    'web: {image: a, configs: [{source: c, target: /c}]}',
    ['2 "web" reads the config "c", which no file has'],
  ],
  ['a link', 'web: {image: a, links: ["db:data"]}', ['2 "web" links to "db", which no file has']],
  [
    'the volumes of nobody',
    'web: {image: a, volumes_from: ["db:ro", "container:other"]}',
    ['2 "web" takes the volumes of "db", which no file has'],
  ],
  [
    'the network of nobody',
    'web: {image: a, network_mode: "service:vpn"}',
    ['2 "web" uses the network of "vpn", which no file has'],
  ],
  ['the network of the host', 'web: {image: a, network_mode: host}', []],
  [
    'a service of a profile',
    'web: {image: a, depends_on: [db]}\n  db: {image: b, profiles: [dev]}',
    ['2 "web" depends on "db", which only the profile "dev" starts without it'],
  ],
  [
    'one that is not required',
    'web: {image: a, depends_on: {db: {condition: service_started, required: false}}}\n  db: {image: b, profiles: [dev]}',
    [],
  ],
  [
    'a service that rests, of one that rests',
    'web: {image: a}\n  api: {image: a, profiles: [dev], depends_on: [db]}\n  db: {image: b, profiles: [dev]}',
    [],
  ],
  [
    'a circle',
    'a: {image: a, depends_on: [b]}\n  b: {image: a, links: [c]}\n  c: {image: a, depends_on: [b]}',
    ['3 "b" waits for itself (b → c → b)'],
  ],
  ['itself', 'a: {image: a, depends_on: [a]}', ['2 "a" waits for itself (a → a)']],
  [
    'two ways to one service',
    'a: {image: a, depends_on: [b, c]}\n  b: {image: a, depends_on: [c]}\n  c: {image: a}',
    [],
  ],
]

describe('what Compose refuses a project for', () => {
  for (const [what, services, expected] of ROWS) {
    it(`${expected.length === 0 ? 'is not' : 'is'} ${what}`, () => {
      assert.deepEqual(refuse(`services:\n  ${services}\n`), expected)
    })
  }
})
