import assert from 'node:assert/strict'
import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {readOutside} from '../../../src/services/load/read-outside.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

describe('readOutside', () => {
  it('reads CI files, Makefiles and Dockerfiles one directory down', () => {
    const root = makeTemporaryDirectory()
    const files = [
      'Makefile',
      'Dockerfile.base',
      'Dockerfile.dockerignore',
      'docker/app.Dockerfile',
      'a/b/Dockerfile',
      'node_modules/Dockerfile',
      '.github/workflows/ci.yml',
      '.github/workflows/notes.md',
    ]
    try {
      for (const file of files) {
        mkdirSync(path.dirname(path.join(root, file)), {recursive: true})
        writeFileSync(path.join(root, file), file)
      }
      assert.deepEqual([...readOutside(root).keys()].sort(), [
        '.github/workflows/ci.yml',
        'Dockerfile.base',
        'Makefile',
        'docker/app.Dockerfile',
      ])
    } finally {
      removeTree(root)
    }
  })
})
