import assert from 'node:assert/strict'
import type {BuildSettings} from '../../src/config/settings.js'
import {NO_SETTINGS} from '../../src/config/settings.js'
import {settingsForBuild} from '../../src/config/settings-for-build.js'

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
