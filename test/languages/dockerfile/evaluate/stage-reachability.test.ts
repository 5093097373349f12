import assert from 'node:assert/strict'
import {evaluateDockerfile} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'

/** The stages that are reachable from the target, by index. */
function reachableOf(content: string, target?: string): number[] {
  const {stages} = evaluateDockerfile(parseDockerfile(content), target === undefined ? {} : {target})
  return stages.filter(({isReachable}) => isReachable).map(({index}) => index)
}

describe('findReachable', () => {
  const rows: [title: string, content: string, reachable: number[], target?: string][] = [
    ['the last stage', 'FROM x\nFROM x\n', [1]],
    ['its base', 'FROM x AS a\nFROM x\nFROM a\n', [0, 2]],
    ['what it copies from', 'FROM x\nFROM x\nCOPY --from=0 a b\n', [0, 1]],
    ['what it mounts', 'FROM x AS a\nFROM x\nRUN --mount=from=a,target=/a b\n', [0, 1]],
    ['the target in any case', 'FROM x AS a\nFROM x\n', [0], 'A'],
  ]
  for (const [title, content, reachable, target] of rows) {
    it(`finds ${title}`, () => assert.deepEqual(reachableOf(content, target), reachable))
  }
})
