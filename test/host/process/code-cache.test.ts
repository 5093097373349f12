import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import {readCode, writeCode} from '../../../src/host/process/code-cache.js'
import {isRoot, skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

const SOURCE = Buffer.from('module.exports = 1')
const CODE = {code: Buffer.from('compiled: 1'), calls: 3}

describe('the code cache', () => {
  let root = ''
  let file = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
    file = path.join(root, 'new/part.code')
    writeCode(file, SOURCE, () => CODE)
  })
  afterEach(() => removeTree(root))

  it('reads what it wrote, for the same source', () => {
    assert.deepEqual(readCode(file, SOURCE), CODE)
    assert.deepEqual(readdirSync(path.dirname(file)), ['part.code'])
  })

  it('writes for this user alone', function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.equal(statSync(path.dirname(file)).mode & 0o777, 0o700)
  })

  it('does not read for another source of the same length', () => {
    assert.equal(readCode(file, Buffer.from('module.exports = 2')), null)
  })

  it('does not read what is cut short or has another bit', () => {
    const whole = readFileSync(file)
    for (let at = 0; at < whole.length; at++) {
      writeFileSync(file, whole.subarray(0, at))
      assert.equal(readCode(file, SOURCE), null, `${at} bytes`)
      const broken = Buffer.from(whole)
      broken[at]! ^= 1
      writeFileSync(file, broken)
      assert.equal(readCode(file, SOURCE), null, `byte ${at}`)
    }
  })

  const SPOILED: readonly (readonly [title: string, spoil: () => unknown])[] = [
    ['is missing', () => rmSync(file)],
    ['is empty', () => truncateSync(file)],
    ['is a directory', () => [rmSync(file), mkdirSync(file)]],
    ['is a link to a good one', () => [renameSync(file, `${file}.old`), symlinkSync(`${file}.old`, file)]],
    ['is a pipe', () => [rmSync(file), execFileSync('mkfifo', [file])]],
    ['may be written by the group', () => chmodSync(file, 0o620)],
    ['may be written by all', () => chmodSync(file, 0o602)],
  ]
  for (const [title, spoil] of SPOILED) {
    it(`does not read a file that ${title}`, function () {
      skipUnless(this, process.platform !== 'win32', 'not on Windows')
      spoil()
      assert.equal(readCode(file, SOURCE), null)
    })
  }

  it("does not read another user's file", function () {
    skipUnless(this, isRoot, 'needs root')
    chownSync(file, 65_534, 65_534)
    assert.equal(readCode(file, SOURCE), null)
  })

  it('writes nothing where it cannot, and says nothing', () => {
    writeCode(path.join(file, 'below-a-file/part.code'), SOURCE, () => CODE)
    writeCode(path.join(root, 'other/part.code'), SOURCE, () => {
      throw new Error('no code')
    })
    assert.deepEqual(readdirSync(path.join(root, 'other')), [])
  })

  it('leaves nothing of what could not be written, and needs no name that is free', () => {
    mkdirSync(`${file}.${process.pid}.tmp`)
    const other = {code: Buffer.from('new'), calls: 1}
    writeCode(file, SOURCE, () => other)
    assert.deepEqual(readCode(file, SOURCE), other)
    const taken = path.join(root, 'new/taken.code')
    mkdirSync(taken)
    writeCode(taken, SOURCE, () => CODE)
    assert.deepEqual(readdirSync(path.dirname(file)).sort(), [
      'part.code',
      `part.code.${process.pid}.tmp`,
      'taken.code',
    ])
  })

  it('keeps the newest files', () => {
    for (let number = 0; number < 170; number++) {
      const name = path.join(root, `new/${number}.code`)
      writeCode(name, SOURCE, () => CODE)
      utimesSync(name, 1_600_000_000 + number, 1_600_000_000 + number)
    }
    writeCode(file, SOURCE, () => CODE)
    const names = readdirSync(path.dirname(file))
    assert.ok(names.includes('169.code') && !names.includes('0.code'))
    assert.equal(names.length, 160)
  })
})
