import assert from 'node:assert/strict'
import {createProgress} from '../../../src/host/terminal/progress.js'

/** A terminal that keeps what is written to it. */
function createStream(isTTY: boolean): {stream: NodeJS.WriteStream; written: string[]} {
  const written: string[] = []
  const stream = {isTTY, write: (text: string) => written.push(text) > 0} as unknown as NodeJS.WriteStream
  return {stream, written}
}

describe('createProgress', () => {
  it('shows entries and bytes on a terminal once it takes long, and takes the line away', () => {
    const {stream, written} = createStream(true)
    let now = 0
    const progress = createProgress(stream, () => now)
    now = 399
    progress.update(1, 2)
    assert.deepEqual(written, [])
    now = 400
    progress.update(48_211, 1_240_000_000)
    progress.update(48_212, 1_240_000_000)
    progress.end()
    // A walk that follows has a line of its own, as late as the first.
    now = 799
    progress.update(25, 1)
    progress.end()
    assert.deepEqual(written, ['\r\u001b[KReading the context: 48,211 entries, 1.24 GB', '\r\u001b[K'])
  })

  it('says nothing in a pipe, and nothing that was never shown is taken away', () => {
    const pipe = createStream(false)
    const terminal = createStream(true)
    createProgress(terminal.stream).end()
    let now = 0
    const progress = createProgress(pipe.stream, () => now)
    now = 10_000
    progress.update(1, 2)
    progress.end()
    assert.deepEqual([...pipe.written, ...terminal.written], [])
  })
})
