import assert from 'node:assert/strict'
import type {Log, Result, Run} from 'sarif'
import {RULES} from '../../../src/advice/rules/all-rules.js'
import {renderSarif, type SarifOptions} from '../../../src/render/sarif/render-sarif.js'
import type {ContextReport, Finding} from '../../../src/report/context-report.js'
import {
  CLEAN,
  createPlan,
  createReport,
  FAT,
  HOSTILE,
  REPORTS,
  SEVERAL,
} from '../../helpers/report-fixtures.js'
import {matchSnapshot} from '../../helpers/snapshot.js'
import {validateSarif} from '../../helpers/validate-sarif.js'

const OPTIONS: SarifOptions = {toolVersion: '1.2.3', rules: RULES}

function render(report: ContextReport, options: Partial<SarifOptions> = {}): Run {
  const log = JSON.parse(renderSarif(report, {...OPTIONS, ...options})) as Log
  assert.deepEqual(validateSarif(log), [])
  return log.runs[0]!
}

const resultsOf = (report: ContextReport, options: Partial<SarifOptions> = {}): Result[] =>
  render(report, options).results!

function reportFinding(change: Partial<Finding>, context = '.'): ContextReport {
  const finding: Finding = {rule: 'dead-pattern', severity: 'warning', message: '"a" matches nothing'}
  return createReport([createPlan('app')], {context, findings: [{...finding, ...change}]})
}

const placeOf = ({locations}: Result): [uri: string, line: number] => {
  const {artifactLocation, region} = locations![0]!.physicalLocation!
  assert.equal(artifactLocation!.uriBaseId, '%SRCROOT%')
  return [artifactLocation!.uri!, region!.startLine!]
}

describe('renderSarif', () => {
  for (const [name, report] of REPORTS) {
    it(`renders the ${name} report as the schema wants it`, () => {
      render(report)
      matchSnapshot(`sarif/${name}.sarif`, renderSarif(report, OPTIONS))
    })
  }

  it('is checked by a schema that can say no', () => {
    const log = JSON.parse(renderSarif(FAT, OPTIONS)) as Log
    log.runs[0]!.results![0]!.level = 'fatal' as 'error'
    ;(log.runs[0]!.tool.driver as {informationUri: string}).informationUri = 'not a uri'
    const problems = validateSarif(log).join('\n')
    assert.match(problems, /results\/0\/level/)
    assert.match(problems, /informationUri/)
  })

  it('has what GitHub asks for', () => {
    for (const [, report] of REPORTS) {
      const {tool, results} = render(report)
      for (const [
        index,
        {ruleId, ruleIndex, message, locations, partialFingerprints},
      ] of results!.entries()) {
        const at = `result ${index}`
        assert.equal(tool.driver.rules![ruleIndex!]!.id, ruleId, at)
        assert.ok(message.text!.length > 0 && locations!.length === 1, at)
        assert.match(partialFingerprints!.primaryLocationLineHash!, /^[0-9a-f]{16}:\d+$/)
      }
      for (const rule of tool.driver.rules!) {
        assert.ok(
          rule.shortDescription!.text.length > 0 && rule.fullDescription!.text.length <= 1024,
          rule.id,
        )
        assert.ok(rule.help!.text.length > 0 && rule.help!.markdown!.length > 0, rule.id)
        assert.match(rule.helpUri!, /^https:\/\//)
      }
    }
  })

  it('has no result for what is well', () => {
    const {results, tool} = render(CLEAN)
    assert.deepEqual([results, tool.driver.rules], [[], []])
  })

  it('describes every rule that there is', () => {
    const findings = RULES.map(({id, severity}): Finding => ({rule: id, severity, message: 'm'}))
    const {rules} = render(createReport([createPlan('app')], {findings})).tool.driver
    assert.deepEqual(
      rules!.map(({id}) => id),
      RULES.map(({id}) => id),
    )
    for (const [at, {severity, summary}] of RULES.entries()) {
      const {shortDescription, defaultConfiguration} = rules![at]!
      assert.equal(shortDescription!.text, summary)
      assert.equal(defaultConfiguration!.level, severity === 'info' ? 'note' : severity)
    }
  })

  it('reports violated budgets and safe suggestions beside findings', () => {
    assert.deepEqual(
      resultsOf(SEVERAL).map(({ruleId, level}) => `${level} ${ruleId}`),
      [
        'error budget/max-transfer',
        'error budget/max-transfer',
        'error budget/max-files',
        'error budget/baseline-transfer',
        'error copy-missing-source',
        'warning no-ignore-file',
        'note suggestion/node-modules',
        'note suggestion/python-virtual-environment',
      ],
    )
    assert.deepEqual(placeOf(resultsOf(SEVERAL)[1]!), ['web/Dockerfile', 1])
  })

  const places: [
    title: string,
    change: Partial<Finding>,
    options: {context?: string; contextPath?: string},
    place: [string, number],
  ][] = [
    ['a line', {file: '.dockerignore', line: 7}, {}, ['.dockerignore', 7]],
    ['a file without a line', {file: 'a b', line: undefined as never}, {}, ['a%20b', 1]],
    ['the whole build', {}, {}, ['Dockerfile', 1]],
    [
      'a context below the root',
      {file: '.dockerignore', line: 7},
      {context: './api/'},
      ['api/.dockerignore', 7],
    ],
    ['a file beside the context', {file: '../Dockerfile', line: 2}, {context: 'api'}, ['Dockerfile', 2]],
    ['a file out of the repository', {file: '../Dockerfile', line: 2}, {}, ['.dockerignore', 1]],
    ['an absolute context', {file: 'x', line: 2}, {context: '/home/app', contextPath: 'app'}, ['app/x', 2]],
    ['signs', {file: 'a%2Fb?c#d/é:[x]\\"\n', line: 1}, {}, ['a%252Fb%3Fc%23d/%C3%A9%3A%5Bx%5D%5C%22%0A', 1]],
    ['no text', {file: 'a\ud800', line: 1}, {}, ['a%EF%BF%BD', 1]],
  ]
  for (const [title, change, {context, contextPath}, place] of places) {
    it(`places ${title}`, () => {
      const report = reportFinding(JSON.parse(JSON.stringify(change)) as Partial<Finding>, context)
      const [result] = resultsOf(report, contextPath === undefined ? {} : {contextPath})
      assert.deepEqual(placeOf(result!), place)
    })
  }

  const fingerprint = (change: Partial<Finding>): string =>
    resultsOf(reportFinding({file: '.dockerignore', line: 4, ...change}))[0]!.partialFingerprints!
      .primaryLocationLineHash!

  const same: [title: string, change: Partial<Finding>][] = [
    ['a line', {line: 40}],
    ['a severity', {severity: 'error'}],
  ]
  for (const [title, change] of same) {
    it(`knows a result again after a change of ${title}`, () =>
      assert.equal(fingerprint(change), fingerprint({})))
  }
  const others: [title: string, change: Partial<Finding>][] = [
    ['rule', {rule: 'duplicate-pattern'}],
    ['file', {file: 'other'}],
    ['quoted name', {message: '"b" matches nothing'}],
    ['number in a name', {message: '"a1" matches nothing'}],
  ]
  for (const [title, change] of others) {
    it(`tells results apart by their ${title}`, () => assert.notEqual(fingerprint(change), fingerprint({})))
  }
  it('does not look at counts, which change from day to day', () => {
    const of = (count: string) => fingerprint({message: `${count} entries for nothing (Dockerfile:${count})`})
    assert.equal(of('1,234'), of('99'))
  })
  it('numbers what is the same', () => {
    const {findings} = reportFinding({})
    const results = resultsOf(createReport([createPlan('app')], {findings: [...findings, ...findings]}))
    const hashes = results.map(({partialFingerprints}) => partialFingerprints!.primaryLocationLineHash!)
    assert.deepEqual(
      hashes.map((hash) => hash.replace(/^.*:/, '')),
      ['1', '2'],
    )
  })

  it('lets no name become a link', () => {
    const [result] = resultsOf(reportFinding({message: 'see [click](https://evil.example)'}))
    assert.equal(result!.message.text, 'see \\[click](https://evil.example)')
    for (const {message} of resultsOf(HOSTILE)) assert.doesNotMatch(message.text!, /[\p{Cc}\p{Cf}]/u)
  })

  it('names the category of an upload', () => {
    assert.equal(render(CLEAN, {category: 'api'}).automationDetails!.id, 'slim-check/api/')
    assert.equal(render(CLEAN).automationDetails, undefined)
  })
})
