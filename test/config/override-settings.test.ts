import assert from 'node:assert/strict'
import {settingsForBuild} from '../../src/config/apply-settings.js'
import {overrideSettings} from '../../src/config/override-settings.js'
import type {Settings} from '../../src/config/settings.js'

const SETTINGS: Settings = {
  budgets: {'max-transfer': 1, 'max-files': 2},
  builds: [{name: 'api', budgets: {'max-transfer': 3, 'max-entry': 4}, buildArgs: {}}],
  rules: new Map(),
  keep: ['docs'],
  failOn: 'error',
  top: 5,
}

describe('overrideSettings', () => {
  it('changes nothing without flags', () => {
    assert.deepEqual(overrideSettings(SETTINGS, {'max-transfer': undefined, top: undefined}), SETTINGS)
  })

  it('lets flags win, in every build', () => {
    const settings = overrideSettings(SETTINGS, {'max-transfer': '1kB', 'max-files': '9', 'fail-on': 'never'})
    assert.deepEqual([settings.failOn, settings.top, settings.keep], ['never', 5, ['docs']])
    assert.deepEqual(settingsForBuild(settings, 'web').budgets, {'max-transfer': 1000, 'max-files': 9})
    assert.deepEqual(settingsForBuild(settings, 'api').budgets, {
      'max-transfer': 1000,
      'max-files': 9,
      'max-entry': 4,
    })
  })

  for (const [flag, text] of [
    ['max-transfer', 'lots'],
    ['max-rebuild', ''],
    ['max-files', '5kB'],
    ['max-files', '-1'],
    ['max-entry', '99999999999TB'],
  ] as const) {
    it(`refuses --${flag}=${text}`, () => {
      assert.throws(() => overrideSettings(SETTINGS, {[flag]: text}), {
        code: 'bad-flag',
        message: new RegExp(`^--${flag}: `),
      })
    })
  }
})
