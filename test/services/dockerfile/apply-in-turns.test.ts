import assert from 'node:assert/strict'
import {findRewrites} from '../../../src/advice/suggest/find-rewrites.js'
import {evaluateDockerfile} from '../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {applyInTurns} from '../../../src/services/dockerfile/apply-in-turns.js'
import {createFileTree} from '../../advice/rules/create-file-tree.js'

const CONTENTS = {'requirements.txt': 'flask==3.1.0\n'}
const TEXT =
  'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir -r requirements.txt\nRUN pip install flask\nCMD ["python", "a.py"]\n'

function rewritesOf(text: string) {
  const build = {
    name: 'app',
    tree: createFileTree(['a.py', ...Object.keys(CONTENTS)], CONTENTS),
    rules: null,
    evidence: new Map(Object.entries(CONTENTS)),
    targets: [null],
    evaluate: (changed: string) => evaluateDockerfile(parseDockerfile(changed)),
  }
  return findRewrites({file: 'Dockerfile', text, builds: [build]})
}

describe('applyInTurns', () => {
  const safe = rewritesOf(TEXT).filter(({confidence}) => confidence === 'safe')

  it('makes changes of the same lines one after the other', () => {
    const lines = (one: {line: number; endLine: number}) => [one.line, one.endLine]
    assert.deepEqual(
      safe.map((one) => [one.rule, ...lines(one)]),
      [
        ['install-after-source', 3, 5],
        ['double-install', 5, 5],
      ],
    )
    const {content, applied} = applyInTurns({content: Buffer.from(TEXT), rewritesOf}, safe)
    assert.deepEqual(
      applied.map(({rule}) => rule),
      ['install-after-source', 'double-install'],
    )
    assert.equal(
      Buffer.from(content).toString(),
      'FROM python:3.13\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .\nCMD ["python", "a.py"]\n',
    )
  })

  it('makes nothing that was not chosen', () => {
    const [first] = safe
    const {applied} = applyInTurns({content: Buffer.from(TEXT), rewritesOf}, [first!])
    assert.deepEqual(applied, [first])
  })
})
