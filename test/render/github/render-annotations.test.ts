import assert from 'node:assert/strict'
import {renderAnnotations} from '../../../src/render/github/render-annotations.js'
import {renderJobSummary} from '../../../src/render/github/render-job-summary.js'
import {escapeForTerminal} from '../../../src/render/terminal/escape.js'
import type {Finding} from '../../../src/report/context-report.js'
import {
  CLEAN,
  createPlan,
  createReport,
  FAT,
  HOSTILE,
  HOSTILE_NAMES,
  REPORTS,
} from '../../helpers/report-fixtures.js'
import {matchSnapshot} from '../../helpers/snapshot.js'

/** Reads a command as the runner does: the first `::` ends the properties. */
function readCommand(line: string): {command: string; properties: Record<string, string>; message: string} {
  const [, command, list, message] = /^::(error|warning|notice)(?: (.*?))?::(.*)$/.exec(line) ?? []
  assert.ok(command !== undefined && message !== undefined, line)
  const properties = (list ?? '').split(',').map((pair): [string, string] => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at), readEscapes(pair.slice(at + 1))]
  })
  return {command, properties: Object.fromEntries(properties), message: readEscapes(message)}
}

function readEscapes(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}

const readLines = (text: string) => text.trimEnd().split('\n').map(readCommand)

describe('renderAnnotations', () => {
  for (const [name, report] of REPORTS) {
    it(`annotates the ${name} report`, () =>
      matchSnapshot(`github/${name}.txt`, renderAnnotations(report, {contextPath: '.'})))
    it(`sums up the ${name} report for the job`, () =>
      matchSnapshot(`github/${name}.md`, renderJobSummary(report)))
  }

  it('says nothing of what is well', () => assert.equal(renderAnnotations(CLEAN), ''))

  it('puts errors first', () => {
    const commands = readLines(renderAnnotations(FAT)).map(({command}) => command)
    assert.deepEqual(commands, ['error', 'error', 'warning', 'notice', 'notice', 'notice', 'notice'])
  })

  it('gives every name back to the runner as it is, and shows none that would act on the log', () => {
    const isShown = (name: string): boolean => !/[\p{Cc}\p{Cf}\p{Cs}]|^::/u.test(name)
    for (const name of HOSTILE_NAMES.filter((name) => !name.includes('//') && name !== '..')) {
      const findings: Finding[] = [{rule: 'x', severity: 'error', message: 'm', file: name, line: 1}]
      const text = renderAnnotations(createReport([createPlan('a')], {findings}), {contextPath: '.'})
      assert.equal(text.split('\n').length, 2)
      const {properties, message} = readCommand(text.trimEnd())
      assert.equal(properties.file, isShown(name) ? name : undefined)
      assert.equal(message, isShown(name) ? 'm' : `${escapeForTerminal(name)}:1 m`)
    }
  })

  it('shows ten of a level and counts the rest', () => {
    const findings = Array.from(
      {length: 25},
      (_, at): Finding => ({rule: 'x', severity: at < 11 ? 'error' : 'warning', message: `m${at}`}),
    )
    const lines = readLines(renderAnnotations(createReport([createPlan('a')], {findings})))
    const of = (level: string) => lines.filter(({command}) => command === level)
    assert.equal(of('error').length, 10)
    assert.equal(of('error').at(-1)!.message, 'and 2 more: see the summary of the job')
    assert.equal(of('warning').length, 10)
    assert.equal(of('warning').at(-1)!.message, 'and 5 more: see the summary of the job')
  })

  const places: [context: string, contextPath: string | undefined, file: string | undefined][] = [
    ['.', undefined, '.dockerignore'],
    ['app', undefined, 'app/.dockerignore'],
    ['./app/', undefined, 'app/.dockerignore'],
    ['..', undefined, undefined],
    ['/home/me/app', undefined, undefined],
    ['C:\\app', undefined, undefined],
    ['-', undefined, undefined],
    ['/home/me/app', 'app', 'app/.dockerignore'],
  ]
  for (const [context, contextPath, file] of places) {
    it(`finds the file of context ${context}${contextPath === undefined ? '' : ` in ${contextPath}`}`, () => {
      const findings: Finding[] = [
        {rule: 'x', severity: 'error', message: 'm', file: '.dockerignore', line: 3},
      ]
      const report = createReport([createPlan('a')], {context, findings})
      const {properties, message} = readCommand(
        renderAnnotations(report, contextPath === undefined ? {} : {contextPath}).trimEnd(),
      )
      assert.equal(properties.file, file)
      assert.equal(properties.line, file === undefined ? undefined : '3')
      assert.equal(message, file === undefined ? '.dockerignore:3 m' : 'm')
    })
  }

  it('lets no control character through', () => {
    assert.doesNotMatch(renderAnnotations(HOSTILE, {contextPath: '.'}), /[^\n\P{Cc}]|\p{Cf}/u)
  })
})
