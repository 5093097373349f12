import assert from 'node:assert/strict'
import {readdirSync} from 'node:fs'
import path from 'node:path'
import {REWRITE_RULES} from '../../../../src/advice/rules/rewrites/all-rewrites.js'
import type {RewriteExample} from '../../../../src/advice/rules/rewrites/define-rewrite.js'
import {applyRewrites, findRewrites} from '../../../../src/advice/suggest/choose-rewrites.js'
import {evaluateDockerfile} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {IgnoreRules} from '../../../../src/languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../../../src/languages/ignore/parse-ignore-file.js'
import type {Rewrite} from '../../../../src/report/dockerfile-report.js'
import {projectRoot} from '../../../helpers/project.js'
import {createFileTree} from '../create-file-tree.js'

const NOT_RULES = ['all-rewrites', 'define-rewrite']

function rewritesOf({dockerfile, ignore, tree, contents = {}}: RewriteExample): Rewrite[] {
  return findRewrites({
    file: 'Dockerfile',
    text: dockerfile,
    target: null,
    otherTargets: [],
    tree: createFileTree(tree, contents),
    rules: ignore === undefined ? null : new IgnoreRules(parseIgnoreFile(ignore).patterns),
    evidence: new Map(Object.entries(contents)),
    evaluate: (text, target) => evaluateDockerfile(parseDockerfile(text), target === null ? {} : {target}),
  })
}

describe('the rules of rewrites', () => {
  it('stand one in a file of the same name, sorted', () => {
    const files = readdirSync(path.join(projectRoot, 'src/advice/rules/rewrites')).map((file) =>
      file.replace(/\.ts$/, ''),
    )
    assert.deepEqual(
      REWRITE_RULES.map(({id}) => id),
      files.filter((file) => !NOT_RULES.includes(file)).sort(),
    )
  })

  for (const {id, summary, reason, examples} of REWRITE_RULES) {
    describe(id, () => {
      it('writes sentences', () => {
        assert.match(summary, /^[A-Z].*[^.]$/)
        assert.match(reason, /^[A-Z].*\.$/)
      })
      for (const example of examples) it(example.title, () => check(id, example))
    })
  }
})

function check(id: string, example: RewriteExample): void {
  const found = rewritesOf(example).filter(({rule}) => rule === id)
  const {expected} = example
  if (expected === null) {
    assert.deepEqual(found, [])
    return
  }
  assert.equal(found.length, 1, JSON.stringify(found))
  const [rewrite] = found
  assert.equal(rewrite?.confidence, expected.confidence, rewrite?.blocker ?? rewrite?.question)
  if (expected.says !== undefined)
    assert.match(`${rewrite.question ?? ''}${rewrite.blocker ?? ''}`, expected.says)
  if (expected.dockerfile !== undefined) {
    const {text} = applyRewrites(example.dockerfile, found)
    assert.equal(text, expected.dockerfile)
    assert.deepEqual(
      rewritesOf({...example, dockerfile: text}).filter(({rule}) => rule === id),
      [],
      'the outcome needs no other turn',
    )
  }
}
