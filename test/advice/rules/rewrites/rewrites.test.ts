import assert from 'node:assert/strict'
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {REWRITE_IDS} from '../../../../src/advice/rule-ids.js'
import {REWRITE_RULES} from '../../../../src/advice/rules/rewrites/all-rewrites.js'
import type {RewriteExample, RewriteRule} from '../../../../src/advice/rules/rewrites/define-rewrite.js'
import {applyRewrites} from '../../../../src/advice/suggest/find-rewrites.js'
import {createUnifiedDiff} from '../../../../src/languages/ignore/edit/unified-diff.js'
import {projectRoot} from '../../../helpers/project.js'
import {rewritesOf} from './rewrites-of.js'

const DOCUMENT = path.join(projectRoot, 'docs/dockerfile.md')
const DOCUMENT_START = '| id | summary |'
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

  it('are documented as they are', () => {
    const text = readFileSync(DOCUMENT, 'utf8')
    const start = text.indexOf(DOCUMENT_START)
    assert.notEqual(start, -1, 'the table has no header')
    const expected = `${text.slice(0, start)}${describeRules()}`
    if (process.env.UPDATE_SNAPSHOTS === '1') writeFileSync(DOCUMENT, expected)
    else assert.equal(text, expected)
  })
})

function describeRules(): string {
  const rows = REWRITE_RULES.map(({id, summary}) => `| [${id}](#${id}) | ${summary} |`)
  const table = [DOCUMENT_START, '| --- | --- |', ...rows].join('\n')
  return `${[table, ...REWRITE_RULES.map(describeRule)].join('\n\n')}\n`
}

/** The rule with its first example that has an edit, as a change of the Dockerfile; with its first one where none has. */
function describeRule({id, summary, reason, examples}: RewriteRule): string {
  const shown = examples.find(({expected}) => expected?.dockerfile !== undefined)
  const confidence =
    shown === undefined
      ? 'Made by hand: what to write instead is asked.'
      : shown.expected?.confidence === 'safe'
        ? 'Written by `--write`.'
        : 'Written by `--all --write`, after your review.'
  const example =
    shown === undefined
      ? `\`\`\`dockerfile\n${examples[0]!.dockerfile.trimEnd()}\n\`\`\``
      : `\`\`\`diff\n${showDiff(shown).trimEnd()}\n\`\`\``
  return [`## ${id}`, `${summary}. ${reason} ${confidence}`, example].join('\n\n')
}

function showDiff({dockerfile, expected}: RewriteExample): string {
  return createUnifiedDiff('Dockerfile', Buffer.from(dockerfile), Buffer.from(expected!.dockerfile!))
}

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
