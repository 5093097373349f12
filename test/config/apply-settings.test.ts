import assert from 'node:assert/strict'
import {applyRuleSettings, settingsForBuild} from '../../src/config/apply-settings.js'
import {type BuildSettings, NO_SETTINGS} from '../../src/config/settings.js'
import type {Finding} from '../../src/report/context-report.js'

const FINDINGS: Finding[] = [
  {rule: 'arrives-empty', severity: 'error', message: 'e', file: 'a', line: 2},
  {rule: 'dead-pattern', severity: 'warning', message: 'w', file: 'a', line: 1},
  {rule: 'slow-negation', severity: 'info', message: 'i', file: 'a', line: 3},
]

describe('applyRuleSettings', () => {
  it('changes nothing without settings', () =>
    assert.deepEqual(applyRuleSettings(FINDINGS, new Map()), FINDINGS))

  it('drops what is off, and orders by the new severities', () => {
    const rules = new Map([
      ['arrives-empty', 'off'],
      ['dead-pattern', 'info'],
      ['slow-negation', 'error'],
    ] as const)
    assert.deepEqual(
      applyRuleSettings(FINDINGS, rules).map(({severity, line}) => `${severity} ${line}`),
      ['error 3', 'info 1'],
    )
    assert.equal(FINDINGS[1]?.severity, 'warning')
  })
})

const build = (name: string, maxFiles: number, more: Partial<BuildSettings> = {}): BuildSettings => ({
  name,
  budgets: {'max-files': maxFiles},
  buildArgs: {},
  ...more,
})

const SETTINGS = {
  ...NO_SETTINGS,
  budgets: {'max-files': 1, 'max-entry': 5},
  builds: [
    build('api', 2, {target: 'run', buildArgs: {A: 'api'}}),
    build('a*', 3, {target: 'all', buildArgs: {A: 'a', B: 'b'}}),
    build('services/*/Dockerfile', 4),
    build('**/Dockerfile', 5),
    build('odd\\*', 6),
  ],
}

describe('settingsForBuild', () => {
  for (const [name, maxFiles, target] of [
    ['web', 1, undefined],
    ['api', 2, 'run'],
    ['app', 3, 'all'],
    ['services/x/Dockerfile', 5, undefined],
    ['Dockerfile', 5, undefined],
    ['services/x/y', 1, undefined],
    ['odd*', 6, undefined],
    ['oddly', 1, undefined],
  ] as const) {
    it(`finds what holds for ${name}`, () => {
      const found = settingsForBuild(SETTINGS, name)
      assert.deepEqual(
        [found.name, found.budgets, found.target],
        [name, {'max-files': maxFiles, 'max-entry': 5}, target],
      )
    })
  }

  it('lets each build argument be replaced by itself', () => {
    assert.deepEqual(settingsForBuild(SETTINGS, 'api').buildArgs, {A: 'api', B: 'b'})
  })
})
