import assert from 'node:assert/strict'
import {readBuildCheck} from '../../../src/languages/dockerfile/read-build-check.js'

const location = (line: unknown) => ({ranges: [{start: {line}, end: {line: 9}}]})
const WARNING = {
  ruleName: 'A',
  description: 'what',
  url: 'https://a.b',
  detail: 'more',
  location: location(3),
}

describe('readBuildCheck', () => {
  it('reads warnings and the error', () => {
    const text = JSON.stringify({warnings: [WARNING], sources: [], buildError: {message: 'no base'}})
    assert.deepEqual(readBuildCheck(text), {
      warnings: [{name: 'A', message: 'more', line: 3, url: 'https://a.b'}],
      problem: 'no base',
    })
  })

  const odd: [title: string, answer: unknown, warnings: unknown[]][] = [
    ['no warnings', {warnings: null}, []],
    ['a warning without a rule', {warnings: [{detail: 'x'}, 3, null]}, []],
    [
      'a warning without details',
      {warnings: [{ruleName: 'A', description: 'what'}]},
      [{name: 'A', message: 'what', line: 1, url: ''}],
    ],
    [
      'a warning at no line',
      {warnings: [{ruleName: 'A', location: location(-1)}]},
      [{name: 'A', message: 'A', line: 1, url: ''}],
    ],
  ]
  for (const [title, answer, warnings] of odd) {
    it(`reads ${title}`, () => {
      assert.deepEqual(readBuildCheck(JSON.stringify(answer)), {warnings, problem: null})
    })
  }

  for (const text of ['', 'ERROR: unknown flag: --call', '[', '3', 'null', '"a"']) {
    it(`takes ${JSON.stringify(text)} for no answer`, () => assert.equal(readBuildCheck(text), null))
  }
})
