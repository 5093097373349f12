import assert from 'node:assert/strict'
import {readdirSync} from 'node:fs'
import path from 'node:path'
import {REWRITE_IDS} from '../../../../src/advice/rule-ids.js'
import {REWRITE_RULES} from '../../../../src/advice/rules/rewrites/all-rewrites.js'
import type {RewriteExample} from '../../../../src/advice/rules/rewrites/define-rewrite.js'
import {applyRewrites} from '../../../../src/advice/suggest/find-rewrites.js'
import {projectRoot} from '../../../helpers/project.js'
import {rewritesOf} from './rewrites-of.js'

const NOT_RULES = ['all-rewrites', 'define-rewrite']

describe('the rules of rewrites', () => {
  it('stand one in a file of the same name, sorted', () => {
    const files = readdirSync(path.join(projectRoot, 'src/advice/rules/rewrites')).map((file) =>
      file.replace(/\.ts$/, ''),
    )
    assert.deepEqual(
      REWRITE_RULES.map(({id}) => id),
      files.filter((file) => !NOT_RULES.includes(file)).sort(),
    )
    assert.deepEqual(
      REWRITE_RULES.map(({id}) => id),
      REWRITE_IDS,
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
  // a safe part of a change that asks something may stand beside it
  const rewrite = found.toSorted((one, other) => other.endLine - one.endLine)[0]
  assert.ok(
    found.length === 1 || (found.length === 2 && rewrite?.confidence === 'review'),
    JSON.stringify(found),
  )
  assert.equal(rewrite?.confidence, expected.confidence, rewrite?.blocker ?? rewrite?.questions?.join(' '))
  if (expected.says !== undefined)
    assert.match(`${rewrite.questions?.join(' ') ?? ''}${rewrite.blocker ?? ''}`, expected.says)
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
