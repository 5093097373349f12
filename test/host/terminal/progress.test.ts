import assert from 'node:assert/strict'
import {setTimeout as sleep} from 'node:timers/promises'
import {createProgress} from '../../../src/host/terminal/progress.js'

/** A terminal that keeps what is written to it. */
function createStream(isTTY: boolean): {stream: NodeJS.WriteStream; written: string[]} {
  const written: string[] = []
  const stream = {isTTY, write: (text: string) => written.push(text) > 0} as unknown as NodeJS.WriteStream
  return {stream, written}
}

describe('createProgress', () => {
  it('shows entries and bytes on a terminal once it takes long, and takes the line away', async () => {
    const {stream, written} = createStream(true)
    const progress = createProgress(stream)
    progress.update(1, 2)
    assert.deepEqual(written, [])
    await sleep(450)
    progress.update(48_211, 1_240_000_000)
    progress.update(48_212, 1_240_000_000)
    progress.end()
    // A walk that follows has a line of its own, as late as the first.
    progress.update(25, 1)
    progress.end()
    assert.deepEqual(written, ['\r\u001b[KReading the context: 48,211 entries, 1.24 GB', '\r\u001b[K'])
  })

  it('says nothing in a pipe, and nothing that was never shown is taken away', async () => {
    const pipe = createStream(false)
    const terminal = createStream(true)
    createProgress(terminal.stream).end()
    const progress = createProgress(pipe.stream)
    await sleep(450)
    progress.update(1, 2)
    progress.end()
    assert.deepEqual([...pipe.written, ...terminal.written], [])
  })
})
