import assert from 'node:assert/strict'
import {readdirSync} from 'node:fs'
import path from 'node:path'
import {RULES} from '../../../src/advice/rules/all-rules.js'
import type {Example} from '../../../src/advice/rules/define-rule.js'
import {runRules} from '../../../src/advice/rules/run-rules.js'
import {projectRoot} from '../../helpers/project.js'
import {createInput} from './create-input.js'

/** Folders with one rule of a build in each file. */
const RULE_FOLDERS = ['dockerfile', 'ignore-file']

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
})
