import assert from 'node:assert/strict'
import {resolveBelow, topmost} from '../../../../src/advice/rewrites/imports/closure.js'
import {followPython} from '../../../../src/advice/rewrites/imports/follow-python.js'
import {createFileTree} from '../../rules/create-file-tree.js'

const SOURCES = {
  'src/app/__init__.py': '',
  'src/app/main.py':
    'import os\nfrom app import jobs\nfrom .db import orders\nload("app.late")\nopen("../../data/a.json")\n',
  'src/app/jobs/__init__.py': '',
  'src/app/jobs/heavy.py': 'import torch\n',
  'src/app/db.py': 'try:\n    import fast\nexcept ImportError:\n    import slow\n',
  'src/app/late.py': 'from app.jobs import heavy\nimport importlib\nimportlib.import_module(x)\n',
  'src/app/alone.py': 'import never\n',
}

function follow(strict = false) {
  const input = {
    tree: createFileTree([...Object.keys(SOURCES), 'data/a.json'], SOURCES),
    evidence: new Map(Object.entries(SOURCES)),
  }
  return followPython(input, {files: ['src/app/main.py'], roots: ['src']}, strict)
}

describe('followPython', () => {
  it('follows imports, and strings that name modules and files', () => {
    const {files, named, packages, doubts, reasons, unread} = follow()
    assert.deepEqual([...files].sort(), [
      'src/app/__init__.py',
      'src/app/db.py',
      'src/app/jobs/__init__.py',
      'src/app/jobs/heavy.py',
      'src/app/late.py',
      'src/app/main.py',
    ])
    assert.deepEqual([...named.keys()], ['data/a.json'])
    assert.deepEqual([...packages.keys()].sort(), ['fast', 'importlib', 'os', 'slow', 'torch'])
    assert.equal(packages.get('fast')?.isCertain, false)
    assert.equal(packages.get('torch')?.isCertain, true)
    assert.deepEqual(
      doubts.map(({path, line}) => `${path}:${line}`),
      ['src/app/late.py:3'],
    )
    assert.equal(reasons.get('src/app/jobs/heavy.py')?.line, 1)
    assert.equal(unread, null)
  })

  it('follows imports alone where it must be sure', () => {
    const {files, packages} = follow(true)
    assert.ok(!files.has('src/app/late.py'))
    assert.ok(!packages.has('torch'))
  })

  it('says what it could not read', () => {
    const tree = createFileTree(['a.py', 'b.py'])
    const found = followPython(
      {tree, evidence: new Map([['a.py', 'import b']])},
      {files: ['a.py'], roots: ['']},
    )
    assert.equal(found.unread, 'b.py')
  })

  it('stays in the context', () => {
    assert.equal(resolveBelow('a/b', '../c'), 'a/c')
    assert.equal(resolveBelow('a', '../../c'), null)
    assert.deepEqual(topmost(['a/b', 'a', 'c/d', 'a/b/e']), ['a', 'c/d'])
  })
})
