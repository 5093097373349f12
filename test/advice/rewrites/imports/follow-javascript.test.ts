import assert from 'node:assert/strict'
import {findNodeStart} from '../../../../src/advice/rewrites/imports/find-node-start.js'
import {followJavaScript} from '../../../../src/advice/rewrites/imports/follow-javascript.js'
import {createFileTree} from '../../rules/create-file-tree.js'

const SOURCES = {
  'package.json':
    '{"name": "shop", "main": "lib/main.js", "imports": {"#db": "./lib/db.js", "#own/*": "./lib/own/*.js"}}',
  'tsconfig.json': '{"compilerOptions": {"baseUrl": ".", "paths": {"@lib/*": ["lib/*"]}}}',
  'lib/main.js':
    'import "#db"\nimport "#own/a"\nimport "@lib/c"\nimport {log} from "@shop/log"\nimport pg from "pg"\nnew Worker("./late.js")\nread("data/a.json")\n',
  'lib/db.js': 'const data = require("./data.json")\ntry {\n  require("fast")\n} catch {}\n',
  'lib/own/a.js': '',
  'lib/c.ts': 'import "./main.js"\n',
  'lib/late.js': 'require(name)\n',
  'lib/alone.js': '',
  'packages/log/package.json': '{"name": "@shop/log"}',
}
const input = {
  tree: createFileTree(
    [...Object.keys(SOURCES), 'lib/data.json', 'data/a.json', 'packages/log/index.js'],
    SOURCES,
  ),
  evidence: new Map(Object.entries(SOURCES)),
}

describe('followJavaScript', () => {
  const start = {files: ['lib/main.js'], roots: ['']}

  it('follows imports, names of the package and of the compiler, and strings that name files', () => {
    const {files, named, packages, doubts, reasons, unread} = followJavaScript(input, start)
    assert.deepEqual([...files].sort(), [
      'lib/c.ts',
      'lib/db.js',
      'lib/late.js',
      'lib/main.js',
      'lib/own/a.js',
    ])
    assert.deepEqual([...named.keys()].sort(), ['data/a.json', 'lib/data.json', 'packages/log'])
    assert.deepEqual(
      [...packages.values()].map(({name, isCertain}) => [name, isCertain]),
      [
        ['pg', true],
        ['fast', false],
      ],
    )
    assert.deepEqual(
      doubts.map(({path, line}) => `${path}:${line}`),
      ['lib/late.js:1'],
    )
    assert.equal(reasons.get('lib/db.js')?.line, 1)
    assert.equal(unread, null)
  })

  it('follows imports alone where it must be sure', () => {
    const {files, named} = followJavaScript(input, start, true)
    assert.ok(!files.has('lib/late.js'))
    assert.ok(!named.has('data/a.json'))
  })

  it('says what it could not read, and that a name of the package is not known', () => {
    const tree = createFileTree(['a.js', 'b.js'])
    const found = followJavaScript(
      {tree, evidence: new Map([['a.js', 'require("./b")\nrequire("#c")']])},
      {files: ['a.js'], roots: ['']},
    )
    assert.equal(found.unread, 'b.js')
    assert.equal(found.doubts.length, 1)
  })
})

describe('findNodeStart', () => {
  const rows: [words: string, found: string | null][] = [
    ['node lib/main.js --port 3000', 'lib/main.js'],
    ['node lib/main', 'lib/main.js'],
    ['node .', 'lib/main.js'],
    ['node --max-old-space-size=100 -r ./lib/own/a.js lib/main.js', 'lib/main.js lib/own/a.js'],
    ['node --import tsx lib/c.ts', 'lib/c.ts'],
    ['tsx watch lib/c.ts', 'lib/c.ts'],
    ['bun run lib/c.ts', 'lib/c.ts'],
    ['pm2-runtime start lib/main.js -i 2', 'lib/main.js'],
    ['node dist/main.js', null],
    ['node -e 1', null],
    ['node', null],
    ['python lib/main.js', null],
  ]
  for (const [words, expected] of rows) {
    it(words, () => {
      const [program = '', ...rest] = words.split(' ')
      const found = findNodeStart({program, words: [program, ...rest], directory: '/app'}, input, (place) =>
        place === '/app' ? '' : place.slice('/app/'.length),
      )
      assert.equal(found?.files.join(' ') ?? null, expected)
      if (found !== null) assert.deepEqual(found.roots, [''])
    })
  }
})
