import assert from 'node:assert/strict'
import {readStatus} from '../../../src/measure/times/read-status.js'
import {bytes, framed, timestamp} from '../../helpers/build-record.js'

describe('readStatus', () => {
  const vertex = [
    ...bytes(1, 'sha256:a'),
    ...bytes(2, 'sha256:input'),
    ...bytes(3, '[1/2] RUN a'),
    ...bytes(5, timestamp(1_700_000_000, 500_000_000)),
    ...bytes(6, timestamp(1_700_000_002, 0)),
  ]
  const cached = [...bytes(1, 'sha256:b'), ...bytes(3, 'b'), 4 * 8, 1]
  const content = Buffer.concat([
    framed([...bytes(1, vertex), ...bytes(2, 'a status')]),
    framed(bytes(1, cached)),
  ])

  it('reads the events of a build', () => {
    assert.deepEqual(
      [...readStatus(content)],
      [
        {
          digest: 'sha256:a',
          name: '[1/2] RUN a',
          started: '2023-11-14T22:13:20.500Z',
          completed: '2023-11-14T22:13:22.000Z',
        },
        {digest: 'sha256:b', name: 'b', cached: true},
      ],
    )
  })

  it('ends wherever it is cut off, and on any bytes', () => {
    for (let length = 0; length < content.length; length++) {
      assert.ok([...readStatus(content.subarray(0, length))].length <= 2)
    }
    for (let byte = 0; byte < 256; byte++) assert.ok([...readStatus(Buffer.alloc(64, byte))].length <= 16)
  })
})
