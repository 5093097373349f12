import assert from 'node:assert/strict'
import {mergeTimes, readBuildLog, sumUpEvents} from '../../../src/measure/times/step-times.js'

const at = (seconds: number) => `2026-01-01T00:00:${String(seconds).padStart(2, '0')}Z`
const log = (...vertexes: unknown[]) => vertexes.map((one) => JSON.stringify({vertexes: [one]})).join('\n')

describe('the times of steps', () => {
  it('counts a step that ran, and none that was cached, broke off or is torn', () => {
    const text = log(
      {digest: 'a', name: '[1/2] RUN a'},
      {digest: 'a', name: '[1/2] RUN a', started: at(1)},
      {digest: 'a', name: '[1/2] RUN a', started: at(1), completed: at(4)},
      {digest: 'b', name: '[2/2] RUN b', started: at(4), completed: at(4), cached: true},
      {digest: 'c', name: '[2/2] RUN c', started: at(4)},
      {digest: 'd', started: at(4)},
      null,
    )
    const times = sumUpEvents(readBuildLog(`#1 for people\n{"torn\n[1]\n{"vertexes":7}\n${text}`))
    assert.deepEqual([...times], [['[1/2] RUN a', {seconds: 3, date: '2026-01-01T00:00:04.000Z'}]])
  })

  it('adds a download to its copy: they have one name', () => {
    const times = sumUpEvents([
      {digest: 'a', name: 'ADD x', started: at(1), completed: at(2)},
      {digest: 'b', name: 'ADD x', started: at(2), completed: at(5)},
    ])
    assert.equal(times.get('ADD x')?.seconds, 4)
  })

  it('keeps the last time of each step', () => {
    const merged = mergeTimes([
      new Map([['a', {seconds: 9, date: at(2)}]]),
      new Map([
        ['a', {seconds: 1, date: at(1)}],
        ['b', {seconds: 2, date: at(1)}],
      ]),
    ])
    assert.deepEqual(
      [...merged].map(([name, {seconds}]) => [name, seconds]),
      [
        ['a', 9],
        ['b', 2],
      ],
    )
  })
})
