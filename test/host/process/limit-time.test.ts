import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync} from 'node:fs'
import path from 'node:path'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

const FOLDER = new URL('../../../src/host/process/', import.meta.url)

describe('a program that is not there', () => {
  let root = ''
  /** May not be searched, but by root. */
  let closed = ''
  before(() => {
    root = makeTemporaryDirectory()
    closed = path.join(root, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0)
  })
  after(() => {
    chmodSync(closed, 0o700)
    removeTree(root)
  })

  const calls: [file: string, call: string][] = [
    ['run-git.js', "runGit(['status'], '.')"],
    ['run-docker.js', "runDocker(['version'], 60_000)"],
  ]
  for (const [file, call] of calls) {
    it(`lets nobody wait: ${call}`, () => {
      const url = new URL(file, FOLDER)
      assert.ok(existsSync(url))
      const name = call.slice(0, call.indexOf('('))
      const code = `import {${name}} from ${JSON.stringify(url.href)}\nconsole.log(JSON.stringify(await ${call}))`
      // It is killed where something still waits a minute for what never began.
      const {status, stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
        encoding: 'utf8',
        env: {...process.env, PATH: `${root}:${closed}`},
        timeout: 30_000,
      })
      assert.equal(status, 0, stderr)
      assert.deepEqual(JSON.parse(stdout), {status: 'absent'})
    })
  }
})
