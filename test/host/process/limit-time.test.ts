import assert from 'node:assert/strict'
import {runDocker} from '../../../src/host/process/run-docker.js'
import {runGit} from '../../../src/host/process/run-git.js'
import '../../helpers/starts-programs.js'

/** What keeps the process running besides programs. */
function countTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
}

describe('a program that is not there', () => {
  const {PATH} = process.env
  afterEach(() => {
    process.env.PATH = PATH
  })

  const calls: [name: string, call: () => Promise<{status: string}>][] = [
    ['git', () => runGit(['status'], '.')],
    ['docker', () => runDocker(['version'], 60_000)],
  ]
  for (const [name, call] of calls) {
    it(`lets nobody wait: ${name}`, async () => {
      process.env.PATH = '/nowhere'
      const before = countTimers()
      assert.deepEqual(await call(), {status: 'absent'})
      assert.equal(countTimers(), before)
    })
  }
})
