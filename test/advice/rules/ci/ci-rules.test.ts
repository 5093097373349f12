import assert from 'node:assert/strict'
import {readdirSync} from 'node:fs'
import path from 'node:path'
import {CI_RULE_IDS} from '../../../../src/advice/rule-ids.js'
import {CI_RULES} from '../../../../src/advice/rules/ci/all-ci-rules.js'
import {projectRoot} from '../../../helpers/project.js'
import {factsOf} from './ci-facts.js'

describe('rules about CI', () => {
  it('stand one in a file of the same name, sorted', () => {
    const files = readdirSync(path.join(projectRoot, 'src/advice/rules/ci')).map((file) => file.slice(0, -3))
    const own = files.filter((file) => file.startsWith('ci-')).sort()
    assert.deepEqual(
      CI_RULES.map(({id}) => id),
      own,
    )
    assert.deepEqual(CI_RULE_IDS, own)
  })

  for (const {id, examples, find} of CI_RULES) {
    for (const example of examples) {
      it(`${id}: ${example.title}`, () => {
        const found = find(factsOf(example))
        if (example.expected === null) assert.deepEqual(found, [])
        else {
          assert.match(found[0]?.message ?? 'nothing', example.expected)
          assert.ok(found[0]!.place.line > 1 && !found[0]!.fix.endsWith('.'))
        }
      })
    }
  }
})
