import assert from 'node:assert/strict'
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {renderJson, renderJsonList} from '../../src/render/json/render-json.js'
import {escapeForTerminal} from '../../src/render/terminal/escape.js'
import {renderNullSeparated, renderPaths} from '../../src/render/text/render-entries.js'
import {renderText} from '../../src/render/text/render-text.js'
import {analyzeContext} from '../../src/services/context/analyze-context.js'
import {listIgnored, listTransfer} from '../../src/services/entries/list-entries.js'
import {skipUnless} from '../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: names as shells and templates would read them
const NAMES = [
  ...[
    'new\nline',
    'return\rback',
    'esc\u001b[31mred',
    'title\u001b]0;x\u0007',
    'c1\u009b31m',
    'del\u007f',
    'tab\tx',
  ],
  ...[
    'rtl\u202etxt.exe',
    'isolate\u2066x',
    'zero\u200bwidth',
    'line\u2028end',
    'bom\ufeff',
    '-rf',
    '--help',
    '-',
  ],
  ...[
    '{{.Foo}}',
    '${PATH}',
    '$(id)',
    '`id`',
    '%s%n',
    '::error::pwned',
    ' ::warning::x',
    'a ::set-output name=x::y',
  ],
  ...[
    '##[error]x',
    '##vso[task.setvariable]x',
    '<script>alert(1)<',
    '&amp;',
    '"quoted\'',
    'a|b*c_d[e](f)',
    '#hash',
    '!not',
  ],
  ...[
    ' lead',
    'trail ',
    'back\\slash',
    '\ufffd',
    'x'.repeat(255),
    '😀'.repeat(63),
    '=cmd',
    'con',
    '__proto__',
    'constructor',
  ],
]
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: until here

/** What no output for people may hold. */
const HARMFUL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u
const COMMAND = /^\s*::|##\[|##vso\[/m

function joinBytes(pieces: Iterable<string | Uint8Array>): Buffer {
  return Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece as string)))
}

describe('hostile names', () => {
  let root = ''
  before(function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
    root = makeTemporaryDirectory()
    writeTree(root, {Dockerfile: 'FROM scratch\nCOPY . /\n'})
    for (const name of NAMES) writeFileSync(path.join(root, name), 'x'.repeat(1000))
    symlinkSync('\u001b[31m\n::error::', path.join(root, 'link'))
    const bytes = Buffer.concat([Buffer.from(`${root}/invalid`), Buffer.from([0xff])])
    mkdirSync(bytes)
    writeFileSync(Buffer.concat([bytes, Buffer.from('/inside')]), 'x')
    mkdirSync(Buffer.concat([bytes, Buffer.from('/dir')]))
  })
  after(() => removeTree(root))

  it('print harmlessly, in the report and in lists', async () => {
    const report = await analyzeContext({contextDir: root, depth: 1})
    const entries = await listTransfer({contextDir: root})
    const screen = {width: 100, hasColor: false, hasUnicode: true}
    const outputs = {
      text: renderText(report, {...screen, top: 100, isExact: false}),
      narrow: renderText(report, {...screen, width: 1, top: 100, isExact: false}),
      paths: [...renderPaths(entries)].join(''),
      json: renderJson(report),
      entries: [...renderJsonList('entries', entries)].join(''),
    }
    for (const [format, output] of Object.entries(outputs)) {
      assert.equal(HARMFUL.exec(output), null, format)
      assert.equal(COMMAND.exec(output), null, format)
    }
    assert.equal(outputs.paths.trimEnd().split('\n').length, entries.length)
  })

  it('come through JSON and -0 without a loss', async () => {
    const entries = await listTransfer({contextDir: root})
    const json = [...renderJsonList('entries', entries)].join('')
    assert.deepEqual(JSON.parse(json).entries, JSON.parse(JSON.stringify(entries)))
    const listed = joinBytes(renderNullSeparated(entries)).toString('latin1').split('\0')
    const invalid = ['invalid\u00ff', 'invalid\u00ff/dir', 'invalid\u00ff/inside']
    const expected = [
      ...NAMES.map((name) => Buffer.from(name).toString('latin1')),
      'Dockerfile',
      'link',
      ...invalid,
      '',
    ]
    assert.deepEqual(listed.sort(), expected.sort())
  })

  it('come through ls --ignored without a loss', async () => {
    writeFileSync(path.join(root, '.dockerignore'), 'inval*/inside\n')
    const ignored = await listIgnored({contextDir: root})
    assert.equal(joinBytes(renderNullSeparated(ignored)).toString('latin1'), 'invalid\u00ff/inside\0')
    writeFileSync(path.join(root, '.dockerignore'), '')
  })

  it('are reported where Docker refuses them', async () => {
    const {findings} = await analyzeContext({contextDir: root})
    const rules = findings.filter(({rule}) => rule === 'invalid-utf8-name')
    assert.equal(rules.length, 1)
    assert.match(rules[0]!.message, /^"invalid\ufffd"/)
  })

  it('keep :: inside a name as it is', () => {
    assert.equal(escapeForTerminal('Foo::Bar.3pm'), 'Foo::Bar.3pm')
    assert.equal(escapeForTerminal('::error::x'), '\\u{3a}:error::x')
  })
})
