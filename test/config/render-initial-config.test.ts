import assert from 'node:assert/strict'
import {settingsForBuild} from '../../src/config/apply-settings.js'
import {parseConfig} from '../../src/config/parse-config.js'
import {readSettings} from '../../src/config/read-settings.js'
import {renderInitialConfig} from '../../src/config/render-initial-config.js'
import type {Settings} from '../../src/config/settings.js'
import type {ContextReport, PlanReport} from '../../src/report/context-report.js'
import {addSizes, NO_SIZES} from '../../src/report/sizes.js'

function createPlan(name: string, transferBytes: number, fileCount: number): PlanReport {
  const sizes = {...NO_SIZES, transferBytes, fileCount, rebuildTransferBytes: fileCount * 50}
  return {
    name,
    context: '.',
    dockerfile: name,
    target: null,
    ignoreFile: null,
    usesContext: true,
    requestedPaths: null,
    eligible: sizes,
    before: sizes,
    after: sizes,
    namedContexts: [],
  }
}

function init(...plans: PlanReport[]): Settings {
  const before = addSizes(plans.map((plan) => plan.before))
  const lists = {largest: [], suggestions: [], findings: [], budgets: []}
  const report: ContextReport = {schemaVersion: 1, context: '.', plans, before, after: before, ...lists}
  const text = renderInitialConfig(report)
  return readSettings(parseConfig('.slim-check.yaml', Buffer.from(text))!)
}

describe('renderInitialConfig', () => {
  for (const [bytes, limit] of [
    [0, 1_000_000],
    [800_000, 1_000_000],
    [800_001, 1_200_000],
    [18_300_000, 25_000_000],
    [80_000_000, 100_000_000],
    [80_000_001, 120_000_000],
    [1_240_000_000, 2_000_000_000],
  ] as const) {
    it(`gives ${bytes} bytes room up to ${limit}`, () => {
      assert.equal(init(createPlan('Dockerfile', bytes, 1)).budgets['max-transfer'], limit)
    })
  }

  it('gives each of several builds its own, whatever their names', () => {
    const names = [
      'api',
      'web*',
      'a: b # c',
      '"q"',
      'ünï',
      '!no',
      '-',
      '../out/Dockerfile',
      'a\nb',
      '__proto__',
    ]
    const settings = init(...names.map((name, at) => createPlan(name, (at + 1) * 8_000_000, 1)))
    assert.equal(settings.budgets['max-transfer'], 100_000_000)
    assert.equal(settingsForBuild(settings, 'web*').budgets['max-transfer'], 20_000_000)
    assert.equal(settingsForBuild(settings, 'a: b # c').budgets['max-transfer'], 30_000_000)
    assert.equal(settingsForBuild(settings, '!no').budgets['max-transfer'], 60_000_000)
    assert.equal(settingsForBuild(settings, 'website').budgets['max-transfer'], 100_000_000)
  })
})
