import assert from 'node:assert/strict'
import {readCopy} from '../../../src/languages/scripts/read-copy.js'

/** A command, what it takes and where that goes; null: it copies nothing. */
const ROWS: readonly [command: string, expected: string | null][] = [
  ['cp a b', 'a > b'],
  ['/bin/cp -r a b dir/', 'a b > dir/'],
  ['mv -t dir a b', 'a b > dir'],
  ['cp --target-directory=dir a', 'a > dir'],
  ['install -m 0755 -o root a /usr/bin/a', 'a > /usr/bin/a'],
  ['install -Dm 755 a /usr/bin/a', 'a > /usr/bin/a'],
  ['install -d /var/lib/a', ' > null'],
  ['rsync a b', null],
]

describe('readCopy', () => {
  for (const [command, expected] of ROWS) {
    it(command, () => {
      const copy = readCopy(command.split(' '))
      assert.equal(copy && `${copy.sources.join(' ')} > ${copy.target}`, expected)
    })
  }
})
