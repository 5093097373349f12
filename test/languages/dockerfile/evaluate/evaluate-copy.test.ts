// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles
import assert from 'node:assert/strict'
import {evaluateDockerfile} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {failureOf} from '../make-scope.js'

function evaluate(content: string) {
  return evaluateDockerfile(parseDockerfile(content))
}

describe('evaluateCopy', () => {
  const rows: [instruction: string, sources: string[], destination: string][] = [
    ['COPY a ./b /x/', ['a', './b'], '/x/'],
    ['COPY ["a b", "$V"]', ['a b'], 'v'],
    ['COPY <<E $V /x\nE', ['v'], '/x'],
    ['ADD https://h/x a .', ['https://h/x', 'a'], '.'],
    ['COPY --chmod=u=rwX,go= --chown=$V a .', ['a'], '.'],
  ]
  for (const [instruction, sources, destination] of rows) {
    it(`expands ${JSON.stringify(instruction)}`, () => {
      const copy = evaluate(`FROM a\nENV V=v\n${instruction}\n`).stages[0]?.instructions.at(-1)
      assert.ok(copy?.keyword === 'COPY' || copy?.keyword === 'ADD')
      assert.deepEqual([copy.sources, copy.destination], [sources, destination])
    })
  }

  const failures: [content: string, message: string][] = [
    ['FROM a\nCOPY https://h/x /\n', '2: COPY cannot take the remote source "https://h/x": use ADD'],
    ['FROM a\nCOPY --chmod=999 x /\n', '2: bad mode "999": write 755 or u=rwX,go=rX'],
    ['FROM a\nADD --checksum=x y /\n', '2: "--checksum" needs one remote source'],
    ['FROM a\nCOPY <<E /\n${x y}\nE\n', '2: unsupported modifier " " in "${x y}\\n"'],
  ]
  for (const [content, message] of failures) {
    it(`refuses ${JSON.stringify(content)}`, () =>
      assert.equal(
        failureOf(() => evaluate(content)),
        message,
      ))
  }
})
