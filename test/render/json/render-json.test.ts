import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js'
import {SlimCheckError} from '../../../src/errors.js'
import {renderJson, renderJsonList} from '../../../src/render/json/render-json.js'
import {renderErrorJson} from '../../../src/render/render-error.js'
import type {ContextReport} from '../../../src/report/context-report.js'
import {projectRoot} from '../../helpers/project.js'
import {REPORTS, SEVERAL} from '../../helpers/report-fixtures.js'
import {runCli} from '../../helpers/run-cli.js'
import {itWhere} from '../../helpers/skip.js'
import {matchSnapshot} from '../../helpers/snapshot.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

type Schema = {[key: string]: unknown}

const SCHEMA = JSON.parse(readFileSync(path.join(projectRoot, 'docs/report.schema.json'), 'utf8')) as Schema
const validate = new Ajv2020({allErrors: true}).compile(SCHEMA)
/** The published schema lets more fields come; here every field must be in it. */
const validateStrictly = new Ajv2020({allErrors: true}).compile(
  forbidMore({...SCHEMA, $id: 'strict'}) as Schema,
)

function forbidMore(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(forbidMore)
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).map(([key, value]) => [key, forbidMore(value)])
  const copy = Object.fromEntries(entries) as Schema
  return copy.type === 'object' ? {...copy, additionalProperties: false} : copy
}

function assertValid(json: string): void {
  for (const check of [validate, validateStrictly] satisfies ValidateFunction[]) {
    const isValid = check(JSON.parse(json))
    assert.ok(isValid, JSON.stringify(check.errors?.slice(0, 5), null, 2))
  }
}

describe('renderJson', () => {
  for (const [name, report] of REPORTS) {
    it(`renders the ${name} report as the schema says`, () => {
      const json = renderJson(report)
      assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(report)))
      assertValid(json)
      matchSnapshot(`json/${name}.json`, json)
    })
  }

  it('prints fields in one order, however they came', () => {
    assert.equal(renderJson(reverseFields(SEVERAL) as object), renderJson(SEVERAL))
  })

  for (const count of [0, 1, 3]) {
    it(`renders a list of ${count} item by item as it would at one go`, () => {
      const entries = Array.from({length: count}, (_, at) => ({
        mode: 420,
        path: `a\n\u009b${at}`,
        requestedBy: at === 1 ? [] : [{line: 2, file: 'Dockerfile'}],
      }))
      const pieces = [...renderJsonList('entries', entries)]
      assert.equal(pieces.join(''), renderJson({schemaVersion: 1, entries}))
      assert.ok(pieces.length >= count)
    })
  }

  it('keeps the order of what it does not know', () => {
    assert.equal(
      renderJson({zebra: 1, ape: 2, path: 'a'}),
      '{\n  "path": "a",\n  "zebra": 1,\n  "ape": 2\n}\n',
    )
  })

  it('renders errors as the schema says', () => {
    const errors = [
      new SlimCheckError('context-not-found', {path: 'x'}),
      new SlimCheckError('dockerfile-invalid', {file: 'Dockerfile', line: 3, reason: 'r'}),
      new SlimCheckError('ignore-file-invalid', {file: 'i', problems: [{line: 2, message: 'm'}]}),
    ]
    for (const error of errors) assertValid(renderErrorJson(error))
  })

  const wrong: [title: string, change: object][] = [
    ['no plan', {plans: []}],
    ['another version', {schemaVersion: 2}],
    ['a figure below zero', {before: {...SEVERAL.before, fileCount: -1}}],
    ['an unknown severity', {findings: [{rule: 'a', severity: 'bad', message: 'm'}]}],
    ['no budgets', {budgets: undefined}],
  ]
  for (const [title, change] of wrong) {
    it(`has a schema that refuses ${title}`, () => {
      assert.equal(validate(JSON.parse(JSON.stringify({...SEVERAL, ...change}))), false)
    })
  }
})

describe('the --json of real runs', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      'clean/Dockerfile': 'FROM scratch\nCOPY src /src\n',
      'clean/.dockerignore': 'node_modules\n',
      'clean/src/a.js': 'a',
      'clean/node_modules/x/index.js': 'x',
      'fat/Dockerfile': 'FROM node AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM build AS runtime\n',
      'fat/package.json': '{}',
      'fat/package-lock.json': '{}',
      'fat/node_modules/left/package.json': '{}',
      'fat/node_modules/left/index.js': 'x'.repeat(50_000),
      'fat/.env': 'PASSWORD=hunter2hunter2\n',
      'fat/.git/HEAD': 'ref: refs/heads/main\n',
      'fat/.git/objects/pack/a.pack': 'x'.repeat(9_000),
      'fat/.dockerignore': 'gone\n*.md # docs\n',
      'plain/src/a.js': 'a',
      'nothing/Dockerfile': 'FROM scratch\nENV A=b\n',
      'named/Dockerfile': 'FROM scratch\nCOPY --from=lib . /\n',
      'broken/.dockerignore': 'a\n[b\n',
      'badfile/Dockerfile': 'FROM scratch\nCOPPY . .\n',
    })
  })
  after(() => removeTree(root))

  // Windows sends other modes, and takes no such names.
  const posixIt = itWhere(process.platform !== 'win32', 'not on Windows')

  const runs: [args: string[], status: number][] = [
    [['clean'], 0],
    [['fat'], 1],
    [['fat', '--all', '--target', 'build', '--depth', '1'], 1],
    [['plain'], 0],
    [['nothing'], 0],
    [['named', '--build-context', 'lib=plain'], 0],
    [['broken'], 2],
    [['badfile'], 2],
    [['nowhere'], 2],
  ]
  for (const args of [['fat'], ['nothing'], ['badfile'], ['fat', '--target', 'build']]) {
    it(`of dockerfile ${args.join(' ')} is as the schema says`, () => {
      const {stdout} = runCli(['dockerfile', ...args, '--no-times', '--json'], {cwd: root})
      assertValid(stdout)
    })
  }

  const examples = [
    ['compose', 'examples/monorepo', '--all'],
    ['compose', 'examples/compose-stack'],
    ['overview', 'examples/compose-stack'],
    ['overview', 'examples/base-and-app'],
  ]
  for (const args of examples) {
    it(`of ${args.join(' ')} is as the schema says`, () => {
      const {status, stdout, stderr} = runCli([...args, '--no-sizes', '--json'])
      assert.ok(status === 0 || status === 1, stderr)
      assertValid(stdout)
    })
  }

  for (const [args, status] of runs) {
    it(`of context ${args.join(' ')} is as the schema says`, () => {
      const result = runCli(['context', ...args, '--json'], {cwd: root})
      assert.equal(result.status, status)
      assertValid(result.stdout)
      assert.equal('error' in JSON.parse(result.stdout), status === 2)
    })
  }

  posixIt('of hostile names is as the schema says, and the text shows them harmless', () => {
    const name = 'a\n`<b>|\u202e::error::x'
    writeTree(root, {
      'hostile/Dockerfile': 'FROM scratch\nCOPY . .\n',
      [`hostile/${name}`]: 'x',
      'hostile/::error::y': '',
    })
    const json = runCli(['context', 'hostile', '--json'], {cwd: root}).stdout
    assertValid(json)
    assert.ok((JSON.parse(json) as ContextReport).largest.some(({path: found}) => found === name))
    const {stdout} = runCli(['context', 'hostile'], {cwd: root})
    assert.ok(stdout.includes('a\\n`<b>|\\u{202e}::error::x'), stdout)
    assert.ok(stdout.includes('\\u{3a}:error::y'), stdout)
  })
  posixIt('is as it was reviewed', () => {
    matchSnapshot('json/cli-fat.json', runCli(['context', 'fat', '--json'], {cwd: root}).stdout)
  })
  posixIt('says the same as the text', () => {
    const {stdout} = runCli(['context', 'fat'], {cwd: root, env: {COLUMNS: '80'}})
    matchSnapshot('text/cli-fat-80.txt', stdout)
  })
})

function reverseFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseFields)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, part]) => [key, reverseFields(part)])
  return Object.fromEntries(entries.reverse())
}
