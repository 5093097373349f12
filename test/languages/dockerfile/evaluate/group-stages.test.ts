import assert from 'node:assert/strict'
import {groupStages} from '../../../../src/languages/dockerfile/evaluate/group-stages.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'

describe('groupStages', () => {
  it('cuts at each FROM', () => {
    const {globalArgs, stages} = groupStages(parseDockerfile('ARG A\nFROM a\nARG B\nRUN x\nFROM b\n'))
    assert.deepEqual(
      globalArgs.map(({line}) => line),
      [1],
    )
    const lines = stages.map(({from, instructions}) => [from.line, ...instructions.map(({line}) => line)])
    assert.deepEqual(lines, [[2, 3, 4], [5]])
  })
})
