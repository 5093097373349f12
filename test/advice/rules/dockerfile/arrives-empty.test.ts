import assert from 'node:assert/strict'
import {findIn} from '../create-input.js'

function emptied(files: string, keptBy: number, emptiedBy: number): string {
  return `arrives-empty .dockerignore:${emptiedBy} ${files} will be empty in the image: line ${keptBy} lets the file in, line ${emptiedBy} ignores its content`
}

const ROWS: [ignore: string, tree: string, findings: string[]][] = [
  ['d | !d/a', 'd/a d/b', []],
  ['d | !d/a | d/', 'd/a d/b', [emptied('"d/a"', 2, 3)]],
  ['* | !s/** | s', 's/a s/b s/c', [emptied('"s/a" and 2 others', 2, 3)]],
  ['d | !d/a | d | !d/b', 'd/a d/b', [emptied('"d/a"', 2, 3)]],
  // the last line saves the content
  ['d | !d/a | d | !d/a', 'd/a d/b', ['duplicate-pattern .dockerignore:3 "d" is already in line 1']],
]

describe('files that arrive empty', () => {
  for (const [ignore, tree, findings] of ROWS) {
    it(`${ignore}  in  ${tree}`, () => {
      assert.deepEqual(findIn({ignore: ignore.replaceAll(' | ', '\n'), tree: tree.split(' ')}), findings)
    })
  }
})
