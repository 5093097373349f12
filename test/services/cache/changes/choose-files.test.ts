import assert from 'node:assert/strict'
import {ContextView} from '../../../../src/build/cache/context-view.js'
import {selectEntries} from '../../../../src/build/transfer/select-entries.js'
import {chooseLockFile, chooseSourceFile} from '../../../../src/services/cache/changes/choose-files.js'
import {MODE} from '../../../../src/tree/model/file-mode.js'
import {createFileTree} from '../../../../src/tree/model/tree-from-entries.js'

function viewOf(paths: readonly string[]): ContextView {
  const files = paths.map((path) => ({path, mode: 0o644, size: 1, modified: 0}))
  const parents = new Set(paths.flatMap(listParents))
  const directories = [...parents].map((path) => ({path, mode: MODE.dir + 0o755, size: 0, modified: 0}))
  const tree = createFileTree([...files, ...directories])
  return new ContextView(tree, selectEntries(tree, {ignore: null, requested: null}), {
    digestOf: () => undefined,
  })
}

function listParents(path: string): string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'))
}

const MONOREPO = ['api/app/db.py', 'api/requirements.txt', 'web/app.ts', 'web/package-lock.json']

describe('choosing files that stand for a change', () => {
  const rows: readonly [title: string, paths: readonly string[], near: string, source: string | null][] = [
    ['a directory of sources before other files', ['a.py', 'src/b.py'], '', 'src/b.py'],
    ['no test before a source', ['src/a.test.ts', 'z.ts'], '', 'z.ts'],
    [
      'no file that is seldom edited',
      ['tool/__init__.py', 'tool/conftest.py', 'tool/page.html', 'tool/run.py'],
      '',
      'tool/run.py',
    ],
    ['such a file where there is no other', ['tool/__init__.py'], '', 'tool/__init__.py'],
    ['the code beside the Dockerfile', MONOREPO, 'web', 'web/app.ts'],
    ['other code where there is none beside it', MONOREPO, 'docker', 'api/app/db.py'],
    ['nothing without sources', ['README.md'], '', null],
  ]
  for (const [title, paths, near, source] of rows) {
    it(`takes ${title}`, () => assert.equal(chooseSourceFile(viewOf(paths), {near}), source))
  }

  it('looks below one directory only', () => {
    assert.equal(chooseSourceFile(viewOf(MONOREPO), {below: 'web'}), 'web/app.ts')
    assert.equal(chooseSourceFile(viewOf(MONOREPO), {below: 'docs'}), null)
  })

  const locks: readonly [title: string, paths: readonly string[], near: string, lock: string | null][] = [
    ['beside the Dockerfile', MONOREPO, 'api', 'api/requirements.txt'],
    ['nearest to the root', ['a/b/yarn.lock', 'c/yarn.lock'], '', 'c/yarn.lock'],
    ['of the manager that pins most', MONOREPO, '', 'web/package-lock.json'],
    ['nowhere', ['a.py'], '', null],
  ]
  for (const [title, paths, near, lock] of locks) {
    it(`takes the lock file ${title}`, () => assert.equal(chooseLockFile(viewOf(paths), near), lock))
  }
})
