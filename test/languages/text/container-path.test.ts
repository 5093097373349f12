import assert from 'node:assert/strict'
import {isWithin, resolveContainerPath} from '../../../src/languages/text/container-path.js'

describe('resolveContainerPath', () => {
  const rows: [directory: string, path: string, expected: string][] = [
    ['/app', 'web', '/app/web'],
    ['/app', '/srv/web', '/srv/web'],
    ['/app', '.', '/app'],
    ['/app', '', '/app'],
    ['/', 'web', '/web'],
    ['/app/', 'web//src/', '/app/web/src'],
    ['/app', './web/./src', '/app/web/src'],
    ['/app', '../web', '/web'],
    ['/app', '../../../web', '/web'],
    ['/app', '.github/..hidden', '/app/.github/..hidden'],
    ['/app', '/', '/'],
    ['?', 'web', '?/web'],
    ['?$HOME/a', 'web', '?$HOME/a/web'],
    ['?/a', '../../web', '?^/web'],
    ['?', '..', '?^'],
    ['/app', '$DIR/web', '?$DIR/web'],
    ['/app', '~/web', '?~/web'],
    ['/app', '?cd/web/../src', '?cd/src'],
    ['?a\nb/c', 'd', '?a\nb/c/d'],
  ]
  for (const [directory, path, expected] of rows) {
    it(`${JSON.stringify(path)} in ${JSON.stringify(directory)} is ${JSON.stringify(expected)}`, () => {
      assert.equal(resolveContainerPath(directory, path), expected)
    })
  }
})

describe('isWithin', () => {
  const rows: [path: string, directory: string, expected: boolean][] = [
    ['/app', '/app', true],
    ['/app/web', '/app', true],
    ['/app-web', '/app', false],
    ['/ap', '/app', false],
    ['/app', '/', true],
    ['?/web', '/', true],
    ['/app', '', true],
    ['app', '', false],
    ['', '', true],
    ['/app', '/app/', false],
    ['/app//web', '/app/', true],
  ]
  for (const [path, directory, expected] of rows) {
    it(`${JSON.stringify(path)}, ${JSON.stringify(directory)}: ${expected}`, () => {
      assert.equal(isWithin(path, directory), expected)
    })
  }
})
