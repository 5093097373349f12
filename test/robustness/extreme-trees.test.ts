import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {analyzeContext} from '../../src/services/context/analyze-context.js'
import {skipUnless} from '../helpers/skip.js'
import {makeTemporaryDirectory, writeTree} from '../helpers/tree.js'

describe('trees beyond what people make', () => {
  let root = ''
  before(function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
  })
  beforeEach(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {Dockerfile: 'FROM scratch\nCOPY . /\n'})
  })
  // Node does not remove what lies deeper than a path may be long.
  afterEach(() => execFileSync('rm', ['-rf', root]))

  /** Goes down step by step: no path is that long. */
  function makeChain(depth: number): void {
    const script = `const fs = require('fs')
      for (let left = ${depth}; left > 0; left--) { fs.mkdirSync('a'); process.chdir('a') }
      fs.writeFileSync('leaf', '')`
    execFileSync(process.execPath, ['-e', script], {cwd: root})
  }

  it('a chain of 500 directories is walked to its end', async () => {
    makeChain(500)
    const {before, findings} = await analyzeContext({contextDir: root})
    assert.deepEqual([before.entryCount, before.fileCount], [502, 2])
    assert.ok(findings.every(({severity}) => severity !== 'error'))
  })

  it('a chain of 3,000 goes on where paths end: Docker fails there, and the report says so', async () => {
    makeChain(3_000)
    const {findings} = await analyzeContext({contextDir: root})
    const errors = findings.filter(({severity}) => severity === 'error')
    assert.deepEqual(
      errors.map(({rule}) => rule),
      ['unreadable-directory'],
    )
  })

  it('a directory of 5,000 files takes moments', async () => {
    for (let number = 0; number < 5_000; number++) writeFileSync(path.join(root, `file-${number}`), '')
    assert.equal((await analyzeContext({contextDir: root})).before.fileCount, 5_001)
  })
})
