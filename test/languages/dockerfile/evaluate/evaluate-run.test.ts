import assert from 'node:assert/strict'
import {evaluateDockerfile} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'

function evaluate(content: string) {
  return evaluateDockerfile(parseDockerfile(content))
}

describe('evaluateRun', () => {
  const scripts: [content: string, script: string][] = [
    ['RUN a \\\n  && b', 'a   && b'],
    ['RUN ["a", "b c"]', 'a b c'],
    ['RUN <<E\na\nb\nE', 'a\nb\n'],
    ['RUN <<-E\n\ta\n\tE', 'a\n'],
    ['RUN python <<E && x\na\nE', 'python <<E && x\na\nE'],
  ]
  for (const [content, script] of scripts) {
    it(`hands the script of ${JSON.stringify(content)} on`, () => {
      const [run] = evaluate(`FROM a\n${content}\n`).stages[0]?.instructions ?? []
      assert.equal(run?.keyword === 'RUN' && run.script, script)
    })
  }
})
