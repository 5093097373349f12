import assert from 'node:assert/strict'
import {runRules} from '../../../src/advice/rules/run-rules.js'
import {createInput, findIn} from './create-input.js'

describe('running the rules', () => {
  it('puts errors first, then goes by file and line', () => {
    const dockerfile = 'FROM scratch\nCOPY gone /\nCOPY b* /\n'
    const found = findIn({dockerfile, ignore: 'none\nlost\n', tree: ['b', 'c/d']})
    assert.deepEqual(
      found.map((text) => text.split(' ', 2).join(' ')),
      [
        'copy-missing-source Dockerfile:2',
        'dead-pattern .dockerignore:1',
        'dead-pattern .dockerignore:2',
        'wildcard-source Dockerfile:3',
      ],
    )
  })

  it('sums up what one rule finds too often', () => {
    const lines = Array.from({length: 30}, (_, at) => `none${at}`)
    const found = runRules(createInput({ignore: lines.join('\n'), tree: ['a']}))
    assert.equal(found.length, 21)
    assert.deepEqual(found.at(-1), {
      rule: 'dead-pattern',
      severity: 'info',
      message: 'and 10 more of the same',
    })
  })

  it('sums up on a large context with many patterns, too', () => {
    const tree = Array.from({length: 10_000}, (_, at) => `d${at % 100}/e${at % 1_000}/f${at}.js`)
    const ignore = Array.from({length: 50}, (_, at) => `gone${at}/x*.y\n!d${at}/e/*`).join('\n')
    const found = runRules(createInput({dockerfile: 'FROM scratch\nCOPY d* /', ignore, tree}))
    const first = found.filter(({line}) => line === 1 || line === 2).map(({rule}) => rule)
    assert.deepEqual(first, ['dead-pattern', 'useless-negation'])
    assert.equal(found.length, 42)
    for (const {message} of found.slice(-2)) assert.equal(message, 'and 30 more of the same')
  })
})
