import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {createUnifiedDiff} from '../../../../src/languages/ignore/edit/unified-diff.js'
import {itWhere} from '../../../helpers/skip.js'

const encode = (text: string) => new TextEncoder().encode(text)
const diff = (before: string | null, after: string) =>
  createUnifiedDiff('.dockerignore', before === null ? null : encode(before), encode(after))

describe('createUnifiedDiff', () => {
  it('is empty when nothing changes', () => {
    assert.equal(diff('a\n', 'a\n'), '')
  })

  it('shows a new file', () => {
    assert.equal(diff(null, 'a\nb\n'), '--- /dev/null\n+++ b/.dockerignore\n@@ -0,0 +1,2 @@\n+a\n+b\n')
  })

  it('shows a missing newline at the end', () => {
    assert.equal(
      diff('a', 'a\nb\n'),
      '--- a/.dockerignore\n+++ b/.dockerignore\n@@ -1,1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n',
    )
  })

  it('shows only the new line of a CRLF file, with three lines around it', () => {
    assert.equal(
      diff('1\r\n2\r\n3\r\n4\r\n5\r\n', '1\r\n2\r\n3\r\n4\r\nx\r\n5\r\n'),
      '--- a/.dockerignore\n+++ b/.dockerignore\n@@ -2,4 +2,5 @@\n 2\r\n 3\r\n 4\r\n+x\r\n 5\r\n',
    )
  })

  it('leaves control characters and the byte-order mark in the text, and quotes a file name as Git does', () => {
    const text = createUnifiedDiff('a\n"é".dockerignore', encode('\uFEFF\u001b[31m\u2028\n'), encode('x\n'))
    assert.equal(
      text,
      '--- "a/a\\n\\"\\303\\251\\".dockerignore"\n+++ "b/a\\n\\"\\303\\251\\".dockerignore"\n' +
        '@@ -1,1 +1,1 @@\n-\uFEFF\u001b[31m\u2028\n+x\n',
    )
  })

  const gitIt = itWhere(isGitInstalled(), 'needs git')
  for (const [before, after] of [
    [null, 'a\n'],
    ['', 'a\n'],
    ['a', 'a\nb\n'],
    ['a\r\nb\rc\r\n', 'x\r\na\r\nb\rc\r\n'],
    ['\uFEFFa\n', '\uFEFFb\na\n'],
    ['a\u2028b\n\u0085\n', 'a\u2028b\n\u0085\nc'],
  ] as const) {
    gitIt(`is applied by git to ${JSON.stringify(before)}`, () => {
      const directory = mkdtempSync(path.join(tmpdir(), 'unified-diff-'))
      try {
        const file = path.join(directory, '.dockerignore')
        if (before !== null) writeFileSync(file, before)
        execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {
          cwd: directory,
          input: diff(before, after),
        })
        assert.equal(readFileSync(file, 'utf8'), after)
      } finally {
        rmSync(directory, {recursive: true})
      }
    })
  }
})

function isGitInstalled(): boolean {
  try {
    execFileSync('git', ['--version'], {stdio: 'ignore'})
    return true
  } catch {
    return false
  }
}
