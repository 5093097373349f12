import assert from 'node:assert/strict'
import {sumUpStates} from '../../../src/measure/times/step-states.js'
import {readBuildLog} from '../../../src/measure/times/step-times.js'

describe('sumUpStates', () => {
  it('tells what ran: one event that starts without "cached" is enough', () => {
    const log = [
      {vertexes: [{digest: 'a', name: '[1/3] COPY a /'}]},
      {vertexes: [{digest: 'a', name: '[1/3] COPY a /', started: '2026-01-01T00:00:00Z', cached: true}]},
      {vertexes: [{digest: 'b', name: '[2/3] RUN b', started: '2026-01-01T00:00:00Z', cached: true}]},
      {vertexes: [{digest: 'b', name: '[2/3] RUN b', started: '2026-01-01T00:00:01Z'}]},
      {vertexes: [{digest: 'c', name: '[3/3] RUN c'}]},
    ]
    const text = ['#1 for people', ...log.map((event) => JSON.stringify(event))].join('\n')
    assert.deepEqual(
      [...sumUpStates(readBuildLog(text))],
      [
        ['[1/3] COPY a /', true],
        ['[2/3] RUN b', false],
      ],
    )
  })
})
