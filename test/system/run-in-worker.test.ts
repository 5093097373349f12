import assert from 'node:assert/strict'
import {once} from 'node:events'
import {createServer, type Socket} from 'node:net'
import path from 'node:path'
import {runInWorker} from '../../src/system/run-in-worker.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'

const thread = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`)
const ANSWER = thread(
  "import {parentPort, workerData} from 'node:worker_threads'; parentPort.postMessage(workerData * 2)",
)
const BUSY = thread('for (;;);')

describe('a worker thread', () => {
  it('answers', async () => {
    assert.deepEqual(await runInWorker(ANSWER, 21, {limitMs: 10_000}), {status: 'done', value: 42})
  })

  it('is ended at its limit, busy as it may be', async () => {
    assert.deepEqual(await runInWorker(BUSY, null, {limitMs: 200}), {status: 'timeout'})
  })

  it('is told to have failed when it throws or ends', async () => {
    const limit = {limitMs: 10_000}
    assert.deepEqual(await runInWorker(thread("throw new Error('x')"), null, limit), {
      status: 'failed',
      reason: 'x',
    })
    assert.equal((await runInWorker(thread(''), null, limit)).status, 'failed')
  })

  it('goes on where the socket is not there', async () => {
    const limits = {limitMs: 10_000, cancelSocket: '@nobody-listens-here'}
    assert.equal((await runInWorker(ANSWER, 1, limits)).status, 'done')
  })

  for (const name of process.platform === 'linux' ? ['@slim-check-test', 'file'] : ['file']) {
    it(`is ended when the other side closes the socket ${name}`, async () => {
      const directory = makeTemporaryDirectory()
      const cancelSocket = name.startsWith('@') ? `${name}-${process.pid}` : path.join(directory, name)
      const server = createServer().listen({path: cancelSocket.replace(/^@/, '\0')})
      await once(server, 'listening')
      const outcome = runInWorker(BUSY, null, {limitMs: 10_000, cancelSocket})
      const [socket] = (await once(server, 'connection')) as [Socket]
      socket.end()
      assert.deepEqual(await outcome, {status: 'cancelled'})
      server.close()
      removeTree(directory)
    })
  }
})
