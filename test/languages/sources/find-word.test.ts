import assert from 'node:assert/strict'
import {findWord} from '../../../src/languages/sources/find-word.js'

describe('findWord', () => {
  const rows: readonly (readonly [word: string, text: string, isThere: boolean])[] = [
    ['vim', 'vim', true],
    ['vim', 'exec vim "$@"', true],
    ['vim', 'neovim vim-tiny vim_x', false],
    ['vim', 'vimrc; vim', true],
    ['g++', 'g++ -o a', true],
    ['g++', 'gg -o a', false],
    ['a.b', 'axb', false],
  ]
  for (const [word, text, isThere] of rows) {
    it(`${isThere ? 'finds' : 'does not find'} ${word} in ${text}`, () => {
      assert.equal(findWord(word)(text), isThere)
    })
  }
})
