import assert from 'node:assert/strict'
import {readGitModules} from '../../../src/languages/git/read-gitmodules.js'

describe('readGitModules', () => {
  const cases: [title: string, text: string, expected: string[]][] = [
    ['nothing', '', []],
    ['one', '[submodule "a"]\n\tpath = lib/a\n\turl = ../a.git\n', ['lib/a ../a.git']],
    [
      'several, in quotes, with other keys',
      '[submodule "a"]\n path="lib/a/"\n url = "x y"\n branch = main\n[core]\n path = no\n[submodule "b"]\nurl=u\npath=b\n',
      ['lib/a x y', 'b u'],
    ],
    ['one that a clone leaves out', '[submodule "a"]\npath = a\nurl = u\nupdate = none\n', ['a u left out']],
    ['one without a URL', '[submodule "a"]\r\npath = a\r\n', ['a null']],
    ['one without a path', '[submodule "a"]\nurl = u\n', []],
  ]
  for (const [title, text, expected] of cases) {
    it(`reads ${title}`, () => {
      const shown = readGitModules(text).map(
        ({path, url, isLeftOut}) => `${path} ${url}${isLeftOut ? ' left out' : ''}`,
      )
      assert.deepEqual(shown, expected)
    })
  }
})
