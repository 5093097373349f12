import assert from 'node:assert/strict'
import {splitCommand} from '../../../../src/plan/compose/service/split-command.js'

/** As `docker compose config` prints them. */
const ROWS: [text: string, words: string[], dropped: string | null][] = [
  ['echo a b', ['echo', 'a', 'b'], null],
  ['  echo   a\n b ', ['echo', 'a', 'b'], null],
  ["sh -c 'echo a && echo b'", ['sh', '-c', 'echo a && echo b'], null],
  ['sh -c "echo \\"a\\""', ['sh', '-c', 'echo "a"'], null],
  ['echo a && echo b', ['echo', 'a'], '&& echo b'],
  ['echo a; b', ['echo', 'a'], '; b'],
  ['foo | bar', ['foo'], '| bar'],
  ['run 2>/dev/null x', ['run'], '>/dev/null x'],
  ['--url=http://a?x=1&y=2 z', ['--url=http://a?x=1'], '&y=2 z'],
  ['echo d\\&e', ['echo', 'd&e'], null],
  ["'' a", ['', 'a'], null],
  ["a 'b\\c'", ['a', 'b\\c'], null],
  ['echo $HOME *', ['echo', '$HOME', '*'], null],
  ['', [], null],
]

describe('splitCommand', () => {
  for (const [text, words, dropped] of ROWS) {
    it(`splits ${JSON.stringify(text)}`, () => assert.deepEqual(splitCommand(text), {words, dropped}))
  }
})
