import assert from 'node:assert/strict'
import path from 'node:path'
import {chooseComposeFiles} from '../../../src/plan/compose/choose-compose-files.js'
import {ComposeEnvironment} from '../../../src/plan/compose/variables/compose-environment.js'
import {createMemoryFiles} from '../memory-files.js'

const ROWS: [title: string, names: string[], env: Record<string, string>, chosen: string[]][] = [
  ['nothing', ['Dockerfile'], {}, []],
  ['the first default name', ['docker-compose.yml', 'compose.yml'], {}, ['compose.yml']],
  [
    '.yml before .yaml among the old names',
    ['docker-compose.yaml', 'docker-compose.yml'],
    {},
    ['docker-compose.yml'],
  ],
  [
    'the override beside it',
    ['compose.yaml', 'compose.override.yml'],
    {},
    ['compose.yaml', 'compose.override.yml'],
  ],
  [
    'an override of the other name',
    ['compose.yaml', 'docker-compose.override.yaml'],
    {},
    ['compose.yaml', 'docker-compose.override.yaml'],
  ],
  ['no override without a file', ['compose.override.yaml'], {}, []],
  [
    'COMPOSE_FILE',
    ['compose.yaml'],
    {COMPOSE_FILE: `a.yaml${path.delimiter}b/c.yaml`},
    ['a.yaml', 'b/c.yaml'],
  ],
  [
    'COMPOSE_PATH_SEPARATOR',
    [],
    {COMPOSE_FILE: 'a.yaml,b.yaml', COMPOSE_PATH_SEPARATOR: ','},
    ['a.yaml', 'b.yaml'],
  ],
]

describe('chooseComposeFiles', () => {
  for (const [title, names, env, chosen] of ROWS) {
    it(`chooses ${title}`, () => {
      const files = createMemoryFiles(Object.fromEntries(names.map((name) => [name, ''])))
      const found = chooseComposeFiles('/p', ComposeEnvironment.from(env), files)
      assert.deepEqual(
        found,
        chosen.map((name) => `/p/${name}`),
      )
    })
  }
})
