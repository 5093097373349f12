import assert from 'node:assert/strict'
import {evaluateDockerfile} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'

/** The index of each stage's base; `context` for a named context, `-` for an image. */
function basesOf(content: string): string[] {
  const {stages} = evaluateDockerfile(parseDockerfile(content), {namedContexts: ['lib']})
  return stages.map(({baseStageIndex, baseNamedContext}) =>
    baseNamedContext ? 'context' : `${baseStageIndex ?? '-'}`,
  )
}

describe('StageGraph', () => {
  const rows: [title: string, content: string, bases: string[]][] = [
    ['a stage by name', 'FROM x AS a\nFROM a\n', ['-', '0']],
    ['the last of that name so far', 'FROM x AS a\nFROM x AS a\nFROM a AS a\nFROM a\n', ['-', '-', '1', '2']],
    ['no later stage', 'FROM a\nFROM x AS a\n', ['-', '-']],
    ['no stage by number', 'FROM x\nFROM 0\n', ['-', '-']],
    ['a global ARG', 'ARG B=a\nFROM x AS a\nFROM $B\n', ['-', '0']],
    ['a named context', 'FROM lib\n', ['context']],
    ['a named context instead of a stage', 'FROM x AS lib\nFROM lib\n', ['context', '0']],
    ['scratch', 'FROM scratch\n', ['-']],
  ]
  for (const [title, content, bases] of rows) {
    it(`resolves FROM: ${title}`, () => assert.deepEqual(basesOf(content), bases))
  }
})
