import assert from 'node:assert/strict'
import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync} from 'node:fs'
import {createServer, type Socket} from 'node:net'
import path from 'node:path'
import {runInWorker} from '../../../src/host/process/run-in-worker.js'
import {hasProgram} from '../../helpers/docker.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

const thread = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`)
const ANSWER = thread(
  "import {parentPort, workerData} from 'node:worker_threads'; parentPort.postMessage(workerData * 2)",
)
const BUSY = thread('for (;;);')
/** No machine is that slow. */
const PLENTY_MS = 3_600_000

describe('a worker thread', () => {
  it('answers', async () => {
    assert.deepEqual(await runInWorker(ANSWER, 21, {limitMs: PLENTY_MS}), {status: 'done', value: 42})
  })

  it('is ended at its limit, busy as it may be', async () => {
    assert.deepEqual(await runInWorker(BUSY, null, {limitMs: 200}), {status: 'timeout'})
  })

  it('is told to have failed when it throws or ends', async () => {
    const limit = {limitMs: PLENTY_MS}
    assert.deepEqual(await runInWorker(thread("throw new Error('x')"), null, limit), {
      status: 'failed',
      reason: 'x',
    })
    assert.equal((await runInWorker(thread(''), null, limit)).status, 'failed')
  })

  it('goes on where the socket is not there', async () => {
    const limits = {limitMs: PLENTY_MS, cancelSocket: '@nobody-listens-here'}
    assert.equal((await runInWorker(ANSWER, 1, limits)).status, 'done')
  })

  it('is ended when the other side closes a socket', async () => {
    const directory = makeTemporaryDirectory()
    const cancelSocket = path.join(directory, 'socket')
    const server = createServer().listen({path: cancelSocket})
    await once(server, 'listening')
    const outcome = runInWorker(BUSY, null, {limitMs: PLENTY_MS, cancelSocket})
    const [socket] = (await once(server, 'connection')) as [Socket]
    socket.end()
    assert.deepEqual(await outcome, {status: 'cancelled'})
    server.close()
    removeTree(directory)
  })

  // Python names the socket as Docker does; Node 20 would fill the name up with zero bytes on both sides.
  const LISTENER = `import socket, sys
s = socket.socket(socket.AF_UNIX)
s.bind(chr(0) + sys.argv[1])
s.listen()
print('listening', flush=True)
sys.stdin.read()`

  for (const [what, url] of [
    ['busy', BUSY],
    ['with an answer ready', ANSWER],
  ] as const) {
    it(`is cancelled when a socket without a file is closed, ${what}`, async function () {
      skipUnless(this, process.platform === 'linux' && hasProgram('python3'), 'needs Python on Linux')
      const name = `slim-check-test-${process.pid}`
      const listener = spawn('python3', ['-c', LISTENER, name], {stdio: ['pipe', 'pipe', 'inherit']})
      await once(listener.stdout, 'data')
      const outcome = runInWorker(url, 21, {limitMs: PLENTY_MS, cancelSocket: `@${name}`})
      listener.kill('SIGKILL')
      // Nothing else runs meanwhile: the answer comes when the socket is gone.
      if (url === ANSWER) while (existsInList(name));
      assert.deepEqual(await outcome, {status: 'cancelled'})
    })
  }

  it('takes the process with it when it is stuck in the system', function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
    const directory = makeTemporaryDirectory()
    const [pipe, opened] = [path.join(directory, 'pipe'), path.join(directory, 'opened')]
    assert.equal(spawnSync('mkfifo', [pipe]).status, 0)
    // Nobody ever writes into the pipe, so that opening it never ends.
    const stuck = `import fs from 'node:fs'
      fs.writeFileSync(${JSON.stringify(opened)}, '')
      fs.openSync(${JSON.stringify(pipe)})`
    const module = JSON.stringify(new URL('../../../src/host/process/run-in-worker.js', import.meta.url))
    // The limit comes when the thread is stuck, however long it took to start.
    const program = `import {existsSync} from 'node:fs'
      import {runInWorker} from ${module}
      const wait = globalThis.setTimeout
      globalThis.setTimeout = (act) => {
        const isStuck = () => existsSync(${JSON.stringify(opened)})
        const look = () => wait(isStuck() ? act : look, 200)
        return look()
      }
      await runInWorker(new URL(${JSON.stringify(thread(stuck).href)}), null, {limitMs: 200})`
    const {signal, stderr} = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    })
    removeTree(directory)
    assert.equal(signal, 'SIGKILL', stderr)
  })
})

function existsInList(name: string): boolean {
  return readFileSync('/proc/net/unix', 'utf8').includes(name)
}
