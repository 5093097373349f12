import assert from 'node:assert/strict'
import {evaluateDockerfile} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {failureOf} from '../make-scope.js'

/** The steps of the last stage, inherited ones marked. */
function stepsOf(content: string): string[] {
  const {stages} = evaluateDockerfile(parseDockerfile(content))
  const steps = stages.at(-1)?.instructions ?? []
  return steps.map(({line, keyword, isInherited}) => `${line} ${keyword}${isInherited ? ' inherited' : ''}`)
}

describe('inheritTriggers', () => {
  it('puts the triggers of the base stage first, in order', () => {
    const content = 'FROM scratch AS a\nONBUILD COPY x /\nRUN y\nONBUILD ENV A=b\nFROM a\nRUN z\n'
    assert.deepEqual(stepsOf(content), ['2 COPY inherited', '4 ENV inherited', '6 RUN'])
  })

  it('goes one generation down', () => {
    assert.deepEqual(stepsOf('FROM scratch AS a\nONBUILD RUN x\nFROM a AS b\nFROM b\n'), [])
  })

  it('takes heredocs along', () => {
    assert.deepEqual(stepsOf('FROM scratch AS a\nONBUILD RUN <<E\nx\nE\nFROM a\n'), ['2 RUN inherited'])
  })

  it('names the line of the trigger that fails', () => {
    assert.equal(
      failureOf(() => stepsOf('FROM scratch AS a\nONBUILD FOO\nFROM a\n')),
      '2: ONBUILD trigger: unknown instruction "FOO"',
    )
  })
})
