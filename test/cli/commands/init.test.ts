import assert from 'node:assert/strict'
import {existsSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {parseConfig} from '../../../src/config/parse-config.js'
import {readSettings} from '../../../src/config/read-settings.js'
import {type CliResult, runCli} from '../../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('init', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      '.git': 'gitdir: elsewhere',
      'app/Dockerfile': 'FROM node\nCOPY package.json .\nRUN npm ci\nCOPY . .\n',
      'app/package.json': '{}',
      'app/src.bin': 'x'.repeat(3_000_000),
      'app/node_modules/left/package.json': '{}',
      'app/node_modules/left/index.js': 'x'.repeat(2_000_000),
    })
  })
  afterEach(() => removeTree(root))

  const file = (): string => path.join(root, 'app/.slim-check.yaml')
  const run = (...args: string[]): CliResult => runCli(['init', 'app', ...args], {cwd: root})

  it('writes a configuration that is valid and fits', () => {
    const {status, stdout, stderr} = run()
    assert.deepEqual([status, stdout], [0, 'Created app/.slim-check.yaml\n'])
    assert.match(stderr, /^Note: \.slim-check\.yaml is now part of the build context/)
    const settings = readSettings(parseConfig('.slim-check.yaml', readFileSync(file()))!)
    assert.deepEqual(settings.budgets, {'max-transfer': 4_000_000, 'max-files': 100})
    assert.equal(settings.failOn, 'error')
  })

  it('prints it with --dry-run, and writes nothing', () => {
    const {status, stdout} = run('--dry-run')
    assert.equal(status, 0)
    assert.ok(!existsSync(file()))
    run()
    assert.equal(stdout, readFileSync(file(), 'utf8'))
    assert.equal(run('--dry-run').status, 0)
  })

  it('overwrites nothing', () => {
    for (const name of ['.slim-check.yaml', '.slim-check.yml', '.slim-check.json']) {
      const existing = path.join(root, 'app', name)
      writeFileSync(existing, '{"top": 1}')
      const {status, stdout, stderr} = run()
      assert.deepEqual([status, stdout], [2, ''])
      assert.match(stderr, new RegExp(`^Error: A configuration exists already: "app/${name}"\nTry this: `))
      assert.equal(readFileSync(existing, 'utf8'), '{"top": 1}')
      removeTree(existing)
    }
    writeFileSync(path.join(root, 'app/package.json'), '{"slim-check": {}}')
    assert.match(run().stderr, /already: "app\/package\.json"/)
  })

  it('writes through no link', () => {
    symlinkSync('../elsewhere.yaml', file())
    assert.equal(run().status, 2)
    assert.ok(!existsSync(path.join(root, 'elsewhere.yaml')))
  })

  it('says what it takes the place of', () => {
    writeFileSync(path.join(root, '.slim-check.yaml'), 'top: 1')
    assert.match(run().stdout, /it replaces \.slim-check\.yaml\n$/)
  })
})
