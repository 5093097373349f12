import assert from 'node:assert/strict'
import {mkdirSync, readdirSync, utimesSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {type Keeping, keepNewest} from '../../../src/host/files/keep-newest.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

describe('keepNewest', () => {
  /** By name, the older first: bytes. */
  const FILES = {a: 10, b: 20, c: 30, d: 40}
  const cases: [title: string, keeping: Keeping, kept: string][] = [
    ['keeps as many as it is told', {maxFiles: 2}, 'cd'],
    ['keeps all where there are fewer', {maxFiles: 5}, 'abcd'],
    ['keeps no more bytes than it is told', {maxFiles: 5, maxBytes: 89}, 'cd'],
    ['keeps what fits to the byte', {maxFiles: 5, maxBytes: 90}, 'bcd'],
    ['keeps the newest whatever its size', {maxFiles: 5, maxBytes: 1}, 'd'],
  ]
  for (const [title, keeping, kept] of cases) {
    it(title, () => {
      const directory = makeTemporaryDirectory()
      mkdirSync(path.join(directory, 'directory'))
      for (const [age, [name, bytes]] of Object.entries(FILES).entries()) {
        writeFileSync(path.join(directory, name), 'x'.repeat(bytes))
        utimesSync(path.join(directory, name), age + 1, age + 1)
      }
      keepNewest(directory, keeping)
      assert.deepEqual(readdirSync(directory), [...kept, 'directory'])
      removeTree(directory)
    })
  }
})
