import assert from 'node:assert/strict'
import {parseRawDiff, parseRawDiffs} from '../../../src/languages/git/parse-raw-diff.js'
import {parseBlobSizes, parseBlobs, parseTreeListing} from '../../../src/languages/git/parse-tree-listing.js'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const NONE = '0'.repeat(40)

describe('what Git prints', () => {
  it('lists changes with modes and blobs', () => {
    const text = `:100644 100755 ${A} ${B} M\0src/a b\0:000000 100644 ${NONE} ${A} A\0new\n\0:120000 000000 ${A} ${NONE} D\0l\0:100644 100644 ${A} ${NONE} M\0touched\0`
    const changes = parseRawDiff(Buffer.from(text)).map(({path, ...rest}) => ({
      path: path.toString(),
      ...rest,
    }))
    assert.deepEqual(changes, [
      {path: 'src/a b', before: {mode: 0o100644, blob: A}, after: {mode: 0o100755, blob: B}},
      {path: 'new\n', before: null, after: {mode: 0o100644, blob: A}},
      {path: 'l', before: {mode: 0o120000, blob: A}, after: null},
      {path: 'touched', before: {mode: 0o100644, blob: A}, after: {mode: 0o100644, blob: null}},
    ])
  })

  it('tells commits from changes, whatever files are called', () => {
    const change = (path: string) => `:100644 100644 ${A} ${B} M\0${path}\0`
    const text = `${A}\0${change(B)}${change('x')}${B}\0`
    const commits = parseRawDiffs(Buffer.from(text)).map(({commit, changes}) => [
      commit,
      changes.map(({path}) => path.toString()),
    ])
    assert.deepEqual(commits, [
      [A, [B, 'x']],
      [B, []],
    ])
  })

  it('lists the files of a commit', () => {
    const text = `100644 blob ${A}      12\ta/b\x00160000 commit ${B}       -\tsub\0`
    const files = parseTreeListing(Buffer.from(text)).map(({path, ...rest}) => ({
      path: path.toString(),
      ...rest,
    }))
    assert.deepEqual(files, [
      {path: 'a/b', mode: 0o100644, blob: A, size: 12},
      {path: 'sub', mode: 0o160000, blob: B, size: 0},
    ])
  })

  it('reads blobs and sizes, and leaves out what is missing', () => {
    const blobs = parseBlobs(Buffer.from(`${A} blob 3\na\nb\n${NONE} missing\n${B} blob 0\n\n`))
    assert.deepEqual(
      [...blobs].map(([blob, content]) => [blob, content.toString()]),
      [
        [A, 'a\nb'],
        [B, ''],
      ],
    )
    assert.deepEqual([...parseBlobSizes(Buffer.from(`${A} blob 3\n${NONE} missing\n`))], [[A, 3]])
  })

  for (const text of ['', ':', ':100644', `${A}`, '\0\0\0', `:100644 100644 ${A} ${B} M\0`]) {
    it(`ends on ${JSON.stringify(text)}`, () => {
      assert.ok(parseRawDiff(Buffer.from(text)).length <= 1)
      assert.ok(parseRawDiffs(Buffer.from(text)).length <= 3)
      assert.ok(parseTreeListing(Buffer.from(text)).length <= 1)
    })
  }
})
