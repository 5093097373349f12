import assert from 'node:assert/strict'
import {symlinkSync} from 'node:fs'
import path from 'node:path'
import {findDockerfiles} from '../../../src/host/files/find-dockerfiles.js'
import {isDockerfileName} from '../../../src/languages/dockerfile/dockerfile-name.js'
import {
  DOCKERFILE_PATTERNS,
  IGNORED_PATTERNS,
  MAX_DEPTH,
  NAME_PART,
} from '../../../src/plan/discover/dockerfile-names.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const SEARCH = {
  patterns: DOCKERFILE_PATTERNS,
  ignoredPatterns: IGNORED_PATTERNS,
  namePart: NAME_PART,
  isExcluded: (found: string) => !isDockerfileName(path.posix.basename(found)),
  maxDepth: MAX_DEPTH,
  maxCount: 100,
  limitMs: 10_000,
}

describe('findDockerfiles', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))

  it('finds what people call a Dockerfile, and no more', async () => {
    makeFiles(root, [
      'Dockerfile',
      'a/Dockerfile.dev',
      'a/api.dockerfile',
      '.ci/Containerfile',
      'a/Dockerfile.bak',
      'a/Dockerfile.dockerignore',
      'a/mydockerfile',
      'a/Dockerfile~',
      'b/Dockerfile/x',
      'node_modules/x/Dockerfile',
      'b/old.tmpl/x',
      'b/.next/Dockerfile',
    ])
    symlinkSync('Dockerfile', path.join(root, 'link.dockerfile'))
    symlinkSync('a', path.join(root, 'c'))
    assert.deepEqual(await findDockerfiles(root, SEARCH), {
      paths: ['.ci/Containerfile', 'Dockerfile', 'a/Dockerfile.dev', 'a/api.dockerfile'],
      isCut: false,
    })
  })

  it('looks ten levels deep', async () => {
    const nine = Array.from({length: 9}, (_, depth) => `d${depth}`).join('/')
    makeFiles(root, [`${nine}/Dockerfile`, `${nine}/x/Dockerfile`])
    assert.deepEqual(await findDockerfiles(root, SEARCH), {paths: [`${nine}/Dockerfile`], isCut: false})
  })

  it('says that it stopped', async () => {
    makeFiles(root, ['a/Dockerfile', 'b/Dockerfile', 'c/Dockerfile'])
    const {paths, isCut} = await findDockerfiles(root, {...SEARCH, maxCount: 2})
    assert.deepEqual([paths.length, isCut], [2, true])
  })

  it('stops when its time is over', async () => {
    makeFiles(
      root,
      Array.from({length: 500}, (_, number) => `d${number}/Dockerfile`),
    )
    const {paths, isCut} = await findDockerfiles(root, {...SEARCH, maxCount: 1_000, limitMs: 0})
    assert.ok(paths.length < 500 && isCut)
  })

  it('finds nothing where nothing can be read', async () => {
    assert.deepEqual((await findDockerfiles(path.join(root, 'none'), SEARCH)).paths, [])
  })
})

function makeFiles(root: string, paths: readonly string[]): void {
  writeTree(root, Object.fromEntries(paths.map((one) => [one, ''])))
}
