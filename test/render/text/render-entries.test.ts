import assert from 'node:assert/strict'
import {
  renderBuildExplanations,
  renderIgnored,
  renderLongEntries,
  renderNullSeparated,
  renderPaths,
} from '../../../src/render/text/render-entries.js'
import type {ExplainedEntry, PathExplanation} from '../../../src/report/entry.js'

const SCREEN = {width: 80, hasColor: false, hasUnicode: true}

function createEntry(path: string, change: Partial<ExplainedEntry> = {}): ExplainedEntry {
  return {path, type: 'file', fileBytes: 5, transferBytes: 50, mode: 0o644, requestedBy: [], ...change}
}

const ENTRIES = [
  createEntry('src', {type: 'dir', fileBytes: 0, mode: 2 ** 31 + 0o755}),
  createEntry('src/a\nb', {
    fileBytes: 12_345,
    requestedBy: [{file: 'Dockerfile', line: 2, text: 'COPY . .'}],
  }),
  createEntry('src/x', {type: 'symlink', mode: 2 ** 27 + 0o777, linkName: 'a', fileBytes: 0}),
  createEntry('z', {arrivesEmpty: true}),
  createEntry('s', {mode: 2 ** 23 + 2 ** 22 + 2 ** 20 + 0o751}),
]

describe('lists of entries', () => {
  it('give each path a line, a directory a slash', () => {
    assert.deepEqual([...renderPaths(ENTRIES)], ['src/\n', 'src/a\\nb\n', 'src/x\n', 'z\n', 's\n'])
  })

  it('end paths with NUL, as bytes where they are no text', () => {
    const pathBytes = Buffer.from([0x61, 0xff]).toString('base64')
    const pieces = renderNullSeparated([{path: 'a\nb'}, {path: 'a\uFFFD', pathBytes}])
    const bytes = Array.from(pieces, (piece) => Buffer.from(piece as string))
    assert.deepEqual(Buffer.concat(bytes), Buffer.from('a\nb\0a\u00ff\0', 'latin1'))
  })

  it('align the columns of the long form', () => {
    assert.deepEqual(
      [...renderLongEntries(ENTRIES, SCREEN, false)],
      [
        'drwxr-xr-x      0 B  src/\n',
        '-rw-r--r--  12.3 kB  src/a\\nb   Dockerfile:2 COPY . .\n',
        'lrwxrwxrwx      0 B  src/x → a\n',
        '-rw-r--r--      5 B  z          arrives empty\n',
        '-rwsr-s--t      5 B  s\n',
      ],
    )
  })

  it('show every byte when told to', () => {
    assert.match([...renderLongEntries(ENTRIES, SCREEN, true)].join(''), / 12345 /)
  })

  it('name the line that keeps an entry out', () => {
    const ignored = {type: 'dir', file: '.dockerignore', line: 3, pattern: 'log*'} as const
    assert.deepEqual(
      [
        ...renderIgnored(
          [
            {...ignored, path: 'logs'},
            {...ignored, path: 'log'},
          ],
          SCREEN,
        ),
      ],
      ['logs/  .dockerignore:3 log*\n', 'log/   .dockerignore:3 log*\n'],
    )
  })

  it('explain a path on a narrow screen without a longer line, word for word as on a wide one', () => {
    const sent: PathExplanation = {
      path: 'src/components/navigation/item.ts',
      exists: true,
      verdict: 'sent',
      ignoreFile: '.dockerignore',
      dockerfile: 'Dockerfile',
      requestedBy: [
        {file: 'services/api/Dockerfile', line: 12, text: 'COPY src/components src/pages ./src/'},
      ],
      transferBytes: 1_234,
      unsuggested: 'nothing shows that it is unused (it is of no known kind, and Git does not ignore it)',
    }
    const explain = (width: number) =>
      renderBuildExplanations([{name: 'app', paths: [sent]}], {...SCREEN, width})
        .trimEnd()
        .split('\n')
    assert.equal(explain(200).length, 4)
    assert.deepEqual(
      explain(50).filter((line) => line.length > 50),
      [],
    )
    assert.deepEqual(
      explain(50)
        .map((line) => line.trim())
        .join(' '),
      explain(200)
        .map((line) => line.trim())
        .join(' '),
    )
  })

  it('are empty for nothing', () => {
    for (const lines of [renderPaths([]), renderNullSeparated([]), renderLongEntries([], SCREEN, false)])
      assert.deepEqual([...lines], [])
  })
})
