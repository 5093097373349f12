import assert from 'node:assert/strict'
import {readOtherIgnores} from '../../../src/advice/rules/other-linters.js'

const CMD = 'FROM a\nRUN b\nCMD c\n'

describe('readOtherIgnores', () => {
  const rows: [text: string, rule: string, line: number, expected: boolean][] = [
    [CMD, 'shell-is-pid-1', 3, false],
    [CMD.replace('CMD', '# hadolint ignore=DL3025\nCMD'), 'shell-is-pid-1', 4, true],
    [CMD.replace('CMD', '# hadolint ignore=DL3025\nCMD'), 'shell-is-pid-1', 2, false],
    [CMD.replace('CMD', '# hadolint ignore=DL3025\nCMD'), 'buildkit/JSONArgsRecommended', 4, true],
    [CMD.replace('CMD', '#hadolint ignore = SC1000, DL3025 # why\n# other\nCMD'), 'shell-is-pid-1', 5, true],
    [CMD.replace('CMD', '# hadolint ignore=DL3059\nCMD'), 'shell-is-pid-1', 4, false],
    [`# hadolint global ignore=DL3025\n${CMD}`, 'shell-is-pid-1', 4, true],
    [`# check=skip=JSONArgsRecommended;error=true\n${CMD}`, 'shell-is-pid-1', 4, true],
    [`# check=skip=all\n${CMD}`, 'shell-is-pid-1', 4, true],
    [`# check=error=true\n${CMD}`, 'shell-is-pid-1', 4, false],
    // No directive any more: an instruction stands above it.
    [`${CMD}# check=skip=all\n`, 'shell-is-pid-1', 3, false],
    // In a heredoc it is content.
    ['FROM a\nRUN <<E\n# hadolint ignore=DL3025\nE\nCMD c\n', 'shell-is-pid-1', 5, false],
    [`${CMD}# hadolint ignore=DL3025\n`, 'shell-is-pid-1', 3, false],
    ['FROM a\r\n# hadolint ignore=DL3025\r\nCMD c\r\n', 'shell-is-pid-1', 3, true],
    ['# hadolint ignore=__proto__,constructor\nFROM a\n', 'shell-is-pid-1', 2, false],
  ]
  for (const [text, rule, line, expected] of rows) {
    it(`${expected ? 'hears' : 'passes over'} ${JSON.stringify(text)} for line ${line}`, () => {
      assert.equal(readOtherIgnores(text).isIgnored(rule, line), expected)
    })
  }
})
