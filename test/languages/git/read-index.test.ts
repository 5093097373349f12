import assert from 'node:assert/strict'
import {readGitIndex} from '../../../src/languages/git/read-index.js'
import {createTrackedPaths} from '../../../src/languages/git/tracked-paths.js'

/** An index as Git writes it: of each entry only the name and the flags matter here. */
function makeIndex(version: number, names: readonly string[], extension = ''): Uint8Array {
  const parts = [Buffer.from('DIRC'), number32(version), number32(names.length)]
  let last = Buffer.alloc(0)
  for (const name of names) {
    const bytes = Buffer.from(name)
    const fixed = Buffer.alloc(62)
    fixed.writeUInt16BE(bytes.length, 60)
    if (version === 4) {
      let same = 0
      while (same < last.length && same < bytes.length && last[same] === bytes[same]) same++
      parts.push(fixed, Buffer.from([last.length - same]), bytes.subarray(same), Buffer.from([0]))
    } else parts.push(fixed, bytes, Buffer.alloc(8 - ((62 + bytes.length) % 8)))
    last = bytes
  }
  return Buffer.concat([...parts, Buffer.from(extension), Buffer.alloc(20)])
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const NAMES = ['.gitignore', 'a', 'src/deep/ä.ts', 'src/deep/b.ts', 'src/deeper']

describe('readGitIndex', () => {
  for (const version of [2, 3, 4]) {
    it(`reads version ${version}`, () =>
      assert.deepEqual(readGitIndex(makeIndex(version, NAMES))?.paths, NAMES))
  }

  it('tells submodules', () => {
    const index = makeIndex(2, ['a', 'lib'])
    // The mode of the second entry, behind the header and 64 bytes of the first.
    new DataView(index.buffer, index.byteOffset).setUint32(12 + 64 + 24, 0o160000)
    assert.deepEqual(readGitIndex(index), {paths: ['a', 'lib'], submodules: ['lib']})
  })

  const broken: Readonly<Record<string, Uint8Array>> = {
    nothing: new Uint8Array(),
    'another file': Buffer.from('hello, world'),
    'a version of the future': makeIndex(5, NAMES),
    'a file that is cut off': makeIndex(2, NAMES).subarray(0, 100),
    'an index over two files': makeIndex(2, NAMES, 'link'),
  }
  for (const [title, content] of Object.entries(broken)) {
    it(`says nothing of ${title}`, () => assert.equal(readGitIndex(content), null))
  }
})

describe('TrackedPaths', () => {
  const rows: readonly (readonly [prefix: string, path: string, isTracked: boolean])[] = [
    ['', 'a', true],
    ['', 'src', true],
    ['', 'src/deep', true],
    ['', 'src/de', false],
    ['', 'b', false],
    ['src', 'deep/b.ts', true],
    ['src', 'a', false],
  ]
  for (const [prefix, path, isTracked] of rows) {
    it(`${path} below "${prefix}" -> ${isTracked}`, () => {
      assert.equal(createTrackedPaths(NAMES, prefix).has(path), isTracked)
    })
  }
})
