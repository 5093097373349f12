import assert from 'node:assert/strict'
import {parseConfig} from '../../src/config/parse-config.js'
import {readSettings} from '../../src/config/read-settings.js'
import type {Settings} from '../../src/config/settings.js'
import {ConfigFileError} from '../../src/errors.js'

function read(text: string, name = '.slim-check.yaml'): Settings | null {
  const node = parseConfig(name, Buffer.from(text))
  return node && readSettings(node)
}

/** The problems of a text, as `line: message`; empty for none. */
function problemsOf(text: string | Uint8Array, name = '.slim-check.yaml'): string[] {
  try {
    const node = parseConfig(name, Buffer.from(text))
    if (node) readSettings(node)
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigFileError, String(error))
    return error.problems.map(({line, message}) => `${line}: ${message}`)
  }
}

const EVERYTHING = `$schema: ./docs/config.schema.json
budgets: {max-transfer: 50MB, max-files: 2000, max-rebuild: 1.5MiB, max-entry: 1000}
builds:
  api:
    budgets: {max-transfer: 10MB}
    target: runtime
    platform: linux/arm64
    build-args: {VERSION: 1.2, DEBUG: true, NAME: api}
  services/*: {budgets: {max-files: 10}}
rules: {dead-pattern: off, slow-negation: error}
keep: [docs, '!docs/internal']
exclude-builds: [examples]
fail-on: warning
format: sarif
top: 5
depth: 2
bandwidth: 50Mbit
baseline: {file: base.json, tolerance: 5%, floor: 1MB}
`

describe('readSettings', () => {
  it('reads every key', () => {
    assert.deepEqual(read(EVERYTHING), {
      budgets: {'max-transfer': 50_000_000, 'max-files': 2000, 'max-rebuild': 1_572_864, 'max-entry': 1000},
      builds: [
        {
          name: 'api',
          budgets: {'max-transfer': 10_000_000},
          target: 'runtime',
          platform: 'linux/arm64',
          buildArgs: {VERSION: '1.2', DEBUG: 'true', NAME: 'api'},
        },
        {name: 'services/*', budgets: {'max-files': 10}, buildArgs: {}},
      ],
      rules: new Map([
        ['dead-pattern', 'off'],
        ['slow-negation', 'error'],
      ]),
      keep: ['docs', '!docs/internal'],
      excludeBuilds: ['examples'],
      failOn: 'warning',
      format: 'sarif',
      top: 5,
      depth: 2,
      bandwidth: '50Mbit',
      baseline: {file: 'base.json', tolerance: {percent: 5, bytes: 0}, floorBytes: 1_000_000},
    })
  })

  const NOTHING = {budgets: {}, builds: [], rules: new Map(), keep: []}
  for (const text of [
    '',
    '# only a comment\n',
    '\ufeff{}',
    'budgets:\nbuilds:\nrules:\nkeep:\nbaseline:\n',
    '---\n...\n',
  ]) {
    it(`takes ${JSON.stringify(text)} for an empty one`, () => assert.deepEqual(read(text), NOTHING))
  }

  const rows: [text: string, ...problems: string[]][] = [
    [
      'budgets: {max-transfr: 5MB}',
      '1: budgets.max-transfr: unknown key (did you mean max-transfer?); allowed: max-transfer, max-files, max-rebuild, max-entry',
    ],
    [
      'budget: {}',
      '1: budget: unknown key (did you mean budgets?); allowed: budgets, measure, smoke, image, builds, rules, keep, exclude-builds, fail-on, format, top, depth, bandwidth, baseline',
    ],
    [
      'maxTransfer: 5MB',
      '1: maxTransfer: unknown key; allowed: budgets, measure, smoke, image, builds, rules, keep, exclude-builds, fail-on, format, top, depth, bandwidth, baseline',
    ],
    ['rules:\n  dead-patern: off\n', '2: rules.dead-patern: unknown rule (did you mean dead-pattern?)'],
    ['rules: {dead-pattern: warn}', '1: rules.dead-pattern: must be off, error, warning or info: is "warn"'],
    [
      'budgets: {max-transfer: 50 apples}',
      '1: budgets.max-transfer: must be a size such as 50MB, 1.5GiB or a number of bytes: is "50 apples"',
    ],
    [
      'budgets: {max-transfer: -1}',
      '1: budgets.max-transfer: must be a size such as 50MB, 1.5GiB or a number of bytes: is -1',
    ],
    [
      'budgets: {max-transfer: .inf}',
      '1: budgets.max-transfer: must be a size such as 50MB, 1.5GiB or a number of bytes: is Infinity',
    ],
    [
      'budgets: {max-entry: 99999999999TB}',
      '1: budgets.max-entry: must be a size such as 50MB, 1.5GiB or a number of bytes: "99999999999TB" is not a size',
    ],
    ['budgets: {max-files: 10MB}', '1: budgets.max-files: must be a whole number: is "10MB"'],
    ['budgets: {max-files: 1.5}', '1: budgets.max-files: must be a whole number: is 1.5'],
    ['budgets: {max-files: }', '1: budgets.max-files: must be a whole number: is empty'],
    ['budgets: 50MB', '1: budgets: must be a mapping of budgets: is "50MB"'],
    ['keep: node_modules', '1: keep: must be a list of patterns: is "node_modules"'],
    ['keep:\n  - docs\n  - [a]\n', '3: keep[1]: must be a pattern as in an ignore file: is a list'],
    [
      'keep: ["[a"]',
      '1: keep[0]: must be a pattern as in an ignore file: "[a" bad pattern "[a": the bracket is never closed',
    ],
    [
      'keep: ["# x", ""]',
      '1: keep[0]: must be a pattern as in an ignore file: "# x" is a comment: write "\\#" for a name that begins with #',
      '1: keep[1]: must be a pattern as in an ignore file: is ""',
    ],
    [
      'builds: {"!api": {}}',
      '1: builds."!api": must be the name of a build, or a pattern of names: "!api" negates, which is not supported: name the builds',
    ],
    [
      'builds: {api: {max-transfer: 5MB}}',
      '1: builds.api.max-transfer: unknown key; allowed: budgets, measure, smoke, target, platform, build-args',
    ],
    ['baseline: {tolerance: 5%}', '1: baseline: the key file is missing'],
    [
      'baseline: {file: a, tolerance: lots}',
      '1: baseline.tolerance: must be a percentage such as 5%, a size such as 2MB, or a number of bytes: is "lots"',
    ],
    ['fail-on: errors', '1: fail-on: must be error, warning, suggestion or never: is "errors"'],
    ['top: 0', '1: top: must be a whole number, 1 or more: is 0'],
    ['bandwidth: 50MB', '1: bandwidth: must be a bandwidth such as 50Mbit: is "50MB"'],
    ['top: 1\ndepth: 1\ntop: 2\n', '3: top: is already in line 1'],
    ['- a\n', '1: the configuration: must be a mapping of the keys of slim-check: is a list'],
    [
      'top: a\n\nformat: pdf\nkept: []\n',
      '1: top: must be a whole number, 1 or more: is "a"',
      '3: format: must be text, json, markdown, sarif, github or html: is "pdf"',
      '4: kept: unknown key (did you mean keep?); allowed: budgets, measure, smoke, image, builds, rules, keep, exclude-builds, fail-on, format, top, depth, bandwidth, baseline',
    ],
    [
      '__proto__: {top: 3}',
      '1: __proto__: unknown key; allowed: budgets, measure, smoke, image, builds, rules, keep, exclude-builds, fail-on, format, top, depth, bandwidth, baseline',
    ],
    [
      '"a\\nb::error::": 1',
      '1: "a\\nb::error::": unknown key; allowed: budgets, measure, smoke, image, builds, rules, keep, exclude-builds, fail-on, format, top, depth, bandwidth, baseline',
    ],
    ['a: 1\n---\nb: 2\n', '2: the file has several YAML documents: keep one'],
    ['? [a]\n: b\n', '1: a key must be plain text'],
    ['top: !!js/function x', '1: Unresolved tag: tag:yaml.org,2002:js/function'],
    [
      'budgets: &b {max-files: 1}\nbuilds: {api: {budgets: *c}}',
      '2: "*c" refers to an anchor that is not defined above',
    ],
  ]
  for (const [text, ...expected] of rows) {
    it(`says what is wrong with ${JSON.stringify(text)}`, () => assert.deepEqual(problemsOf(text), expected))
  }

  it('follows aliases', () => {
    const settings = read('budgets: &b {max-files: 1}\nbuilds: {api: {budgets: *b}}')
    assert.deepEqual(settings?.builds[0]?.budgets, {'max-files': 1})
  })
})

describe('JSON', () => {
  it('is read strictly, with lines', () => {
    assert.deepEqual(problemsOf('{\n\t"top": 1,\n\t"fail-on": "x"\n}', '.slim-check.json'), [
      '3: fail-on: must be error, warning, suggestion or never: is "x"',
    ])
    assert.deepEqual(problemsOf('{\n  "top": 1,\n}', '.slim-check.json'), [
      '3: property name expected',
      '3: value expected',
    ])
    assert.deepEqual(problemsOf('top: 1', '.slim-check.json').slice(0, 1), ['1: invalid symbol'])
  })

  it('may stand in a package.json, in its own lines', () => {
    const text = '{\n  "name": "x",\n  "slim-check": {\n    "top": 0\n  }\n}'
    assert.deepEqual(problemsOf(text, 'package.json'), ['4: top: must be a whole number, 1 or more: is 0'])
    assert.equal(read('{"slim-check": {"top": 3}}', 'package.json')?.top, 3)
  })

  for (const text of [
    '{}',
    '{"name": "slim-check"}',
    '{"name": ',
    '[]',
    '{"a": {"slim-check": {}}}',
    'null',
    '',
  ]) {
    it(`is none of ours in ${text}`, () => assert.equal(read(text, 'package.json'), null))
  }
})

describe('hostile configurations', () => {
  const DEEP = /nested more than 16 levels/
  const KB64 = 64 * 1024
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghij'[at]}`).join()}]`).join('\n')}`
  const rows: [name: string, text: string | Uint8Array, expected: RegExp, file?: string][] = [
    ['flow lists in each other', '['.repeat(KB64), DEEP],
    ['block lists in each other', '- '.repeat(KB64 / 2), DEEP],
    ['keys in each other', '? '.repeat(KB64 / 2), DEEP],
    ['mappings in each other', '{a: '.repeat(KB64 / 4), DEEP],
    ['a billion laughs', bomb, /has more than 20000 values/],
    ['an anchor in itself', 'a: &a [*a]', DEEP],
    ['anchors in each other', 'a: &a\n  b: &b\n    c: *a\n    d: *b\n', DEEP],
    ['NUL', 'a\0b', /not text/],
    ['UTF-16', Buffer.from('top: 1', 'utf16le'), /not text/],
    ['bytes', Uint8Array.of(0xff, 0xfe, 0x80), /not text/],
    ['many keys', Array.from({length: 8000}, (_, at) => `k${at}: 1`).join('\n'), /unknown key/],
    ['JSON lists in each other', '['.repeat(KB64), /nested|expected/, '.slim-check.json'],
    [
      'a deep package.json',
      `{"slim-check": ${'{"a":'.repeat(2_000)}1${'}'.repeat(2_001)}`,
      DEEP,
      'package.json',
    ],
    [
      'a very deep package.json',
      `{"slim-check": ${'['.repeat(4_000_000)}`,
      /nested|expected/,
      'package.json',
    ],
  ]
  for (const [name, text, expected, file] of rows) {
    it(`refuses ${name}`, () => assert.match(problemsOf(text, file)[0] ?? 'no problem', expected))
  }
})
