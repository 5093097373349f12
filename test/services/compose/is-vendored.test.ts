import assert from 'node:assert/strict'
import {mkdirSync} from 'node:fs'
import path from 'node:path'
import {isTestData, isVendored} from '../../../src/services/compose/is-vendored.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

describe('a copy of a library', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))

  for (const [directory, expected] of [
    ['vendor/github.com/redis/go-redis/v9', true],
    ['backend/vendor/laravel/sail', true],
    ['node_modules/bull', true],
    ['third_party/grpc/test', true],
    ['vendor', false],
    ['vendor/api', false],
    ['third_party', false],
    ['services/vendors/a/b', false],
    ['.', false],
  ] as const) {
    it(`${expected ? 'is' : 'is not'} in ${directory}`, () => {
      assert.equal(isVendored(path.join(root, directory), root), expected)
    })
  }

  it('does not begin above a repository', () => {
    const directory = path.join(root, 'vendor/a/b')
    mkdirSync(path.join(directory, '.git'), {recursive: true})
    assert.equal(isVendored(directory, root), false)
  })
})

describe('a directory of what tests read', () => {
  for (const [directory, expected] of [
    ['loader/testdata', true],
    ['pkg/e2e/fixtures/one', true],
    ['test_fixtures', true],
    ['tests/one', false],
    ['.', false],
  ] as const) {
    it(`${expected ? 'is' : 'is not'} ${directory}`, () => {
      assert.equal(isTestData(path.join('/root', directory), '/root'), expected)
    })
  }
})
