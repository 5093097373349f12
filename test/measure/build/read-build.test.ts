import assert from 'node:assert/strict'
import {BuildReader, explainFault} from '../../../src/measure/build/read-build.js'

const at = (seconds: number): string => new Date(1_700_000_000_000 + seconds * 1000).toISOString()

function read(...events: object[]): BuildReader {
  const reader = new BuildReader()
  for (const event of events) reader.read(JSON.stringify(event))
  return reader
}

const LINES: Record<string, number> = {'[2/3] COPY . .': 2, '[3/3] RUN make': 3}
const lineOf = (text: string): number | null => LINES[text] ?? null

describe('BuildReader', () => {
  it('tells steps that ran from cached ones, in the order of the file, with their lines', () => {
    const reader = read(
      {vertexes: [{digest: 'c', name: '[3/3] RUN make', started: at(1)}]},
      {vertexes: [{digest: 'c', name: '[3/3] RUN make', started: at(1), completed: at(3.5)}]},
      {vertexes: [{digest: 'b', name: '[2/3] COPY . .', started: at(0), completed: at(0), cached: true}]},
      {vertexes: [{digest: 'a', name: '[1/3] FROM busybox', started: at(0), completed: at(0)}]},
      {vertexes: [{digest: 'i', name: '[internal] load build definition', started: at(0), completed: at(9)}]},
      {vertexes: [{digest: 'n', name: '[context lib] load from client', started: at(0), completed: at(9)}]},
    )
    assert.deepEqual(reader.sumUp(lineOf).steps, [
      {text: '[1/3] FROM busybox', line: null, cached: false, seconds: 0},
      {text: '[2/3] COPY . .', line: 2, cached: true, seconds: 0},
      {text: '[3/3] RUN make', line: 3, cached: false, seconds: 2.5},
    ])
  })

  it('counts exporting once, however many parts of it overlap', () => {
    const reader = read(
      {vertexes: [{digest: 'e', name: 'exporting to image', started: at(1), completed: at(4)}]},
      {vertexes: [{digest: 'f', name: 'importing to docker', started: at(3), completed: at(6)}]},
      {vertexes: [{digest: 'x', name: '[2/2] RUN exporting', started: at(0), completed: at(99)}]},
    )
    assert.equal(reader.sumUp(lineOf).exportSeconds, 5)
  })

  it('takes the transfer of the context alone, the last figure', () => {
    const reader = read(
      {vertexes: [{digest: 'c', name: '[internal] load build context'}]},
      {vertexes: [{digest: 'd', name: '[internal] load .dockerignore'}]},
      {statuses: [{vertex: 'c', id: 'transferring context:', current: 12}]},
      {statuses: [{vertex: 'd', id: 'transferring context:', current: 999}]},
      {statuses: [{vertex: 'c', id: 'transferring context:', current: 83}]},
    )
    assert.equal(reader.sumUp(lineOf).transferBytes, 83)
    assert.equal(read().sumUp(lineOf).transferBytes, null)
  })

  it('explains a failure by the step and the last that it said', () => {
    const reader = read(
      {vertexes: [{digest: 'o', name: '[2/3] COPY . .', error: 'failed to solve: context canceled'}]},
      {vertexes: [{digest: 'r', name: '[3/3] RUN make', started: at(0)}]},
      {logs: [{vertex: 'r', data: Buffer.from('one\nno rule to make target\n').toString('base64')}]},
      {
        vertexes: [
          {
            digest: 'r',
            name: '[3/3] RUN make',
            completed: at(1),
            error: 'process "/bin/sh -c make" did not complete successfully: exit code: 2',
          },
        ],
      },
    )
    const {error} = reader.sumUp(lineOf)
    assert.equal(explainFault(error!), '[3/3] RUN make: exit code: 2 (no rule to make target)')
  })

  it('passes over what is no event', () => {
    const reader = new BuildReader()
    for (const text of [
      '',
      'null',
      '[]',
      '{"vertexes":7}',
      '{"vertexes":[null,{"digest":1}]}',
      '{"logs":[{}]}',
    ])
      reader.read(text)
    assert.deepEqual(reader.sumUp(lineOf), {steps: [], exportSeconds: 0, transferBytes: null, error: null})
  })
})
