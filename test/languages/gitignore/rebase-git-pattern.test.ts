import assert from 'node:assert/strict'
import {rebaseGitPattern} from '../../../src/languages/gitignore/rebase-git-pattern.js'

const ROWS: [line: string, dir: string, rebased: string | null][] = [
  ['*.tmp', '', '*.tmp'],
  ['*.tmp', 'web', '/web/**/*.tmp'],
  ['dist/', 'web', '/web/**/dist/'],
  ['/dist', 'a/b', '/a/b/dist'],
  ['a/b', 'web', '/web/a/b'],
  ['!x', 'web', '!/web/**/x'],
  ['!/x/ ', 'web', '!/web/x/ '],
  ['x', 'a [b]', '/a\\ \\[b\\]/**/x'],
  ['# x', 'web', null],
  ['', 'web', null],
  ['/', 'web', null],
  ['!// ', '', null],
]

describe('rebaseGitPattern', () => {
  for (const [line, dir, rebased] of ROWS) {
    it(`makes ${JSON.stringify(rebased)} of ${JSON.stringify(line)} in ${JSON.stringify(dir)}`, () => {
      assert.equal(rebaseGitPattern(line, dir), rebased)
    })
  }
})
