import assert from 'node:assert/strict'
import {readHookSettings} from '../../../src/host/hooks/hook-settings.js'
import {parseSize} from '../../../src/languages/text/parse-size.js'
import {type CheckedReport, checkReport} from '../../../src/measure/budget/check-budgets.js'
import type {FailOn} from '../../../src/measure/budget/fail-on.js'
import {renderAfterBuild} from '../../../src/render/hook/render-after-build.js'
import {renderCheckedReport} from '../../../src/render/hook/render-checked-report.js'
import type {Budget, ContextReport} from '../../../src/report/context-report.js'

const sizes = (transferBytes: number) => ({
  entryCount: 2,
  fileCount: 2,
  fileBytes: transferBytes,
  transferBytes,
  rebuildTransferBytes: 31,
})

function createReport(before: number, after: number, name = 'node_modules'): ContextReport {
  return {
    schemaVersion: 1,
    context: '.',
    plans: [],
    before: sizes(before),
    after: sizes(after),
    largest: [{path: name, kind: 'other', title: '', fileCount: 1, fileBytes: before, transferBytes: before}],
    suggestions: [
      {
        pattern: name,
        rule: 'node-modules',
        confidence: 'safe',
        reason: '',
        paths: [name],
        fileCount: 1,
        savedBytes: before - after,
        ignoreFile: '.dockerignore',
      },
    ],
    findings: [{rule: 'x', severity: 'warning', message: '100% of\nit', file: 'a,b:c', line: 3}],
    budgets: [],
  }
}

const REQUEST = {contextDir: 'my web', buildArgs: [], buildContexts: []}

function check(
  report: ContextReport,
  maxTransferBytes: number | null,
  failOn: FailOn = 'never',
): CheckedReport {
  return checkReport(report, {maxTransferBytes, failOn})
}

describe('what a hook says', () => {
  it('is one line when all is well', () => {
    const checked = check(createReport(500_000, 100), null)
    assert.equal(
      renderCheckedReport(checked, 'see'),
      'slim-check: 500 kB in 2 files to transfer (31 B when nothing has changed)\n',
    )
    assert.equal(renderAfterBuild(checked, REQUEST), '')
  })

  it('is a short report when much less would do', () => {
    assert.equal(
      renderCheckedReport(check(createReport(50_000_000, 1_000_000), 10_000_000), 'see'),
      [
        'slim-check: 50 MB in 2 files to transfer (31 B when nothing has changed), 1 MB after the suggestions',
        '     49 MB  node_modules  ignore it with node_modules',
        '  max-transfer: 50 MB is over 10 MB',
        '  see',
        '',
      ].join('\n'),
    )
  })

  it('names what else is large where the safe lines are not enough', () => {
    const report = createReport(50_000_000, 30_000_000)
    const relieving = [
      {path: 'node_modules', transferBytes: 20_000_000, fileCount: 9},
      {path: 'films/one.mp4', transferBytes: 29_000_000, fileCount: 1},
    ]
    const budget: Budget = {
      name: 'max-transfer',
      plan: '.',
      limit: 10_000_000,
      actual: 50_000_000,
      ok: false,
      unit: 'bytes',
      relievedBy: relieving,
    }
    const lines = renderCheckedReport(check({...report, budgets: [budget]}, null), 'see').split('\n')
    assert.deepEqual(lines.slice(1, 4), [
      '     20 MB  node_modules  ignore it with node_modules',
      '     29 MB  films/one.mp4',
      '  max-transfer: 50 MB is over 10 MB',
    ])
  })

  it('says of a small path what keeps it out, and its own size', () => {
    const {suggestions, ...report} = createReport(50_000_000, 1_000_000)
    const paths = ['app/__pycache__']
    const small = {...suggestions[0]!, pattern: '**/__pycache__', paths, savedBytes: 4_000}
    const budget: Budget = {
      name: 'max-transfer',
      plan: '.',
      limit: 1_000,
      actual: 50_000_000,
      ok: false,
      unit: 'bytes',
      relievedBy: [{path: 'app/__pycache__', transferBytes: 4_000, fileCount: 1}],
    }
    const text = renderCheckedReport(
      check({...report, suggestions: [...suggestions, small], budgets: [budget]}, null),
      'see',
    )
    assert.match(text, /^ {6}4 kB {2}app\/__pycache__ {2}ignore it with \*\*\/__pycache__$/m)
  })

  it('lets no name reach the terminal or the template as it is', () => {
    const name = 'a\n\u001b[31m|{{.}}`<b>'
    const checked = check(createReport(50_000_000, 1_000_000, name), null)
    assert.ok(!renderCheckedReport(checked, name).includes('\u001b'))
    assert.ok(!renderAfterBuild(checked, {...REQUEST, contextDir: name}).includes('{{'))
  })

  it("answers Docker's hook in its own form", () => {
    const checked = check(createReport(50_000_000, 1_000_000), null)
    assert.deepEqual(JSON.parse(renderAfterBuild(checked, REQUEST)), {
      Type: 0,
      Template:
        "The build context sends 50 MB; after the suggestions 1 MB\nSee the files: docker slimcheck context 'my web'",
    })
  })

  it('counts a budget that the report itself knows once', () => {
    const budget: Budget = {
      name: 'max-transfer',
      plan: 'x',
      unit: 'bytes',
      limit: 5,
      actual: 9,
      ok: false,
      relievedBy: [],
    }
    const report = {...createReport(9, 9), budgets: [budget]}
    assert.deepEqual(check(report, 1).violations, [budget])
    assert.equal(check(createReport(9, 9), 9).violations.length, 0)
    assert.equal(check(createReport(9, 9), 8).violations.length, 1)
  })
})

describe('the variables of the hooks', () => {
  for (const [text, bytes] of [
    ['50MB', 50_000_000],
    ['50 mb', 50_000_000],
    ['1.5MiB', 1_572_864],
    ['2g', 2_000_000_000],
    ['10', 10],
    ['0', 0],
    ['10 B', 10],
    ['lots', null],
    ['-1MB', null],
    ['', null],
    ['1XB', null],
    ['1constructor', null],
  ] as const) {
    it(`read the size ${JSON.stringify(text)}`, () => assert.equal(parseSize(text), bytes))
  }

  it('say what cannot be read, and go on without', () => {
    const settings = readHookSettings({
      SLIM_CHECK: 'yes',
      SLIM_CHECK_MAX_TRANSFER: 'lots',
      SLIM_CHECK_TIMEOUT: 'soon',
    })
    assert.equal(settings.problems.length, 3)
    assert.deepEqual(
      [settings.isOff, settings.stops, settings.maxTransferBytes, settings.limitMs],
      [false, false, null, 10_000],
    )
  })
})
