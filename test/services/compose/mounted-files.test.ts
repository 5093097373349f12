import assert from 'node:assert/strict'
import {analyzeCompose} from '../../../src/services/compose/analyze-compose.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('a mounted file', () => {
  let directory = ''
  beforeEach(() => {
    directory = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(directory))

  const tell = async (volume: string, files: Readonly<Record<string, string>>): Promise<string[]> => {
    const compose = `services:\n  a: {image: example/a, mem_limit: 1g, volumes: [${volume}]}\n`
    writeTree(directory, {'compose.yaml': compose, ...files})
    const {findings} = await analyzeCompose({contextDir: '.', workingDir: directory, env: {}})
    return findings.map(({severity, message}) => `${severity} ${message}`)
  }

  const MISSING =
    'warning "a" mounts the file "app.conf", which is not there: Docker makes a directory in its place, and the container starts with that or not at all'
  const MADE = 'info "a" mounts the file "app.conf", which is not there before somebody makes it'

  const ROWS: [what: string, volume: string, files: Record<string, string>, expected: string[]][] = [
    ['that is not there becomes a directory', '"./app.conf:/etc/app.conf:ro"', {}, [MISSING]],
    ['of the long form', '{type: bind, source: ./app.conf, target: /etc/b.conf}', {}, [MISSING]],
    ['that is there', '"./app.conf:/etc/app.conf"', {'app.conf': ''}, []],
    ['with a sample', '"./app.conf:/etc/app.conf"', {'app.conf.example': ''}, [MADE]],
    ['with a manual', '"./app.conf:/etc/app.conf"', {'README.md': 'Write `app.conf`.\n'}, [MADE]],
    ['of this machine', '"/etc/app.conf:/etc/app.conf"', {}, []],
    ['that may be a directory', '"./conf.d:/etc/conf.d"', {}, []],
    ['with another ending', '"./app.conf:/etc/app"', {}, []],
  ]
  for (const [what, volume, files, expected] of ROWS) {
    it(what, async () => {
      assert.deepEqual(await tell(volume, files), expected)
    })
  }
})
