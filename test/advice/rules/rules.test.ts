import assert from 'node:assert/strict'
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {RULES} from '../../../src/advice/rules/all-rules.js'
import type {RuleAcross} from '../../../src/advice/rules/builds/define-rule-across.js'
import {RULES_ACROSS} from '../../../src/advice/rules/builds/rules-across.js'
import type {Example, Rule} from '../../../src/advice/rules/define-rule.js'
import {runRules} from '../../../src/advice/rules/run-rules.js'
import {projectRoot} from '../../helpers/project.js'
import {createInput} from './create-input.js'

/** Folders with one rule of a build in each file. */
const RULE_FOLDERS = ['dockerfile', 'ignore-file']
const DOCUMENT = path.join(projectRoot, 'docs/rules.md')
const DOCUMENT_START = '| id | severity | summary |'

function rulesHit(example: Example): string[] {
  return [...new Set(runRules(createInput(example)).map(({rule}) => rule))]
}

describe('the rules', () => {
  it('stand one in a file of the same name, sorted', () => {
    const files = RULE_FOLDERS.flatMap((folder) =>
      readdirSync(path.join(projectRoot, 'src/advice/rules', folder)),
    )
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.replace(/\.ts$/, ''))
    assert.deepEqual(
      RULES.map(({id}) => id),
      files.sort(),
    )
  })

  for (const rule of RULES) {
    describe(rule.id, () => {
      for (const example of rule.examples.bad) {
        it(`hits ${JSON.stringify(example)}`, () => assert.deepEqual(rulesHit(example), [rule.id]))
      }
      for (const example of rule.examples.good) {
        it(`is quiet about ${JSON.stringify(example)}`, () => assert.ok(!rulesHit(example).includes(rule.id)))
      }
      it('writes sentences', () => {
        assert.match(rule.summary, /^[A-Z].*[^.]$/)
        assert.match(rule.reason, /^.*\.$/)
        assert.match(rule.remedy, /^.*\.$/)
      })
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
  const all = [...RULES, ...RULES_ACROSS]
  const rows = all.map(({id, severity, summary}) => `| [${id}](#${id}) | ${severity} | ${summary} |`)
  const table = [DOCUMENT_START, '| --- | --- | --- |', ...rows].join('\n')
  return `${[table, ...RULES.map(describeRule), ...RULES_ACROSS.map(describeRuleAcross)].join('\n\n')}\n`
}

function describeRule({id, summary, reason, remedy, examples}: Rule): string {
  const {dockerfile, ignore, tree} = examples.bad[0]!
  const files = [
    ...(dockerfile === undefined ? [] : ['# Dockerfile', dockerfile]),
    ...(ignore ? ['# .dockerignore', ignore] : []),
    ...(tree.length === 0 ? [] : ['# in the context', ...tree]),
  ]
  const example = ['```', ...files.join('\n').replaceAll('\t', '<TAB>').split('\n'), '```'].join('\n')
  return [`## ${id}`, `${summary}. ${reason}`, example, `What to do: ${remedy}`].join('\n\n')
}

function describeRuleAcross({id, summary, reason, remedy}: RuleAcross): string {
  return [
    `## ${id}`,
    `${summary}. ${reason}`,
    `Looks at several builds together.`,
    `What to do: ${remedy}`,
  ].join('\n\n')
}
