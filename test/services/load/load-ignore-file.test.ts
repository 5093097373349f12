import assert from 'node:assert/strict'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {findUnusedIgnoreFiles} from '../../../src/services/load/find/find-unused-ignore-files.js'
import {loadIgnoreFile} from '../../../src/services/load/load-ignore-file.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('loadIgnoreFile', () => {
  let directory: string
  beforeEach(() => {
    directory = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(directory))

  const text = 'node_modules\n*\n!a\n# b\n[z-a\n'
  const little = Buffer.from(text, 'utf16le')
  const wide: [title: string, content: Buffer, encoding: string][] = [
    ['UTF-16, little-endian', Buffer.concat([Buffer.of(0xff, 0xfe), little]), 'UTF-16'],
    ['UTF-16, big-endian', Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(little).swap16()]), 'UTF-16'],
    ['UTF-32', Buffer.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), 'UTF-32'],
  ]
  for (const [title, content, encoding] of wide) {
    it(`reads nothing from ${title}, as Docker does`, () => {
      writeFileSync(path.join(directory, '.dockerignore'), content)
      const file = loadIgnoreFile(directory, null)
      assert.equal(file?.encoding, encoding)
      assert.deepEqual(file.rules.patterns, [])
    })
  }

  it('knows what a file of its own replaces', () => {
    writeTree(directory, {'.dockerignore': 'a\nb\n', 'w/Dockerfile.dockerignore': ''})
    const own = loadIgnoreFile(directory, path.join(directory, 'w/Dockerfile'))
    assert.equal(own?.path, 'w/Dockerfile.dockerignore')
    assert.deepEqual(
      own.replaced?.rules.patterns.map((pattern) => pattern.text),
      ['a', 'b'],
    )
    assert.equal(loadIgnoreFile(directory, null)?.replaced, undefined)
  })

  it('does not mind what is wrong with a file that is replaced', () => {
    writeTree(directory, {'.dockerignore': '[a\n', 'Dockerfile.dockerignore': ''})
    assert.equal(loadIgnoreFile(directory, path.join(directory, 'Dockerfile'))?.replaced, undefined)
  })
})

describe('findUnusedIgnoreFiles', () => {
  const rows: [title: string, tree: string[], contexts: string[], expected: string[]][] = [
    ['one above all contexts', ['.dockerignore', 'a/x', 'b/x'], ['a', 'b'], ['.dockerignore']],
    ['one between', ['apps/.dockerignore', 'apps/a/x'], ['apps/a'], ['apps/.dockerignore']],
    ['none where a build reads it', ['.dockerignore', 'a/x'], ['a', '.'], []],
    ['none inside another context', ['apps/.dockerignore', 'apps/a/x'], ['.', 'apps/a'], []],
    ['none beside a Dockerfile', ['.dockerignore', 'Dockerfile', 'a/x'], ['a'], []],
    ['none outside', ['.dockerignore', 'a/x'], ['..'], []],
  ]
  it('finds none above a context that nobody knows', () => {
    const directory = makeTemporaryDirectory()
    try {
      writeTree(directory, {'.dockerignore': 'x', 'ci/x': ''})
      const build = {contextDir: 'ci', workingDir: directory, isVague: true as const}
      assert.deepEqual(findUnusedIgnoreFiles([build], directory), [])
    } finally {
      removeTree(directory)
    }
  })

  for (const [title, tree, contexts, expected] of rows) {
    it(`finds ${title}`, () => {
      const directory = makeTemporaryDirectory()
      try {
        writeTree(directory, Object.fromEntries(tree.map((name) => [name, 'x'])))
        const builds = contexts.map((contextDir) => ({contextDir, workingDir: directory}))
        assert.deepEqual(findUnusedIgnoreFiles(builds, directory), expected)
      } finally {
        removeTree(directory)
      }
    })
  }
})
