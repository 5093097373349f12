import assert from 'node:assert/strict'
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {CI_RULE_IDS} from '../../../../src/advice/rule-ids.js'
import {CI_RULES} from '../../../../src/advice/rules/ci/all-ci-rules.js'
import type {CiExample, CiFacts, CiRule} from '../../../../src/advice/rules/ci/define-ci-rule.js'
import {parseYaml} from '../../../../src/languages/documents/parse-yaml.js'
import {compilePattern} from '../../../../src/languages/ignore/compile-pattern.js'
import {createIgnorePattern} from '../../../../src/languages/ignore/parse-ignore-file.js'
import {readGithubCi} from '../../../../src/plan/ci/read-github-ci.js'
import {readGitlabCi} from '../../../../src/plan/ci/read-gitlab-ci.js'
import {listSteps} from '../../../../src/plan/workflow/list-steps.js'
import {projectRoot} from '../../../helpers/project.js'

const DOCUMENT = path.join(projectRoot, 'docs/ci.md')
const START = '| id | severity | summary |'

function factsOf({system, text, dockerfile = 'FROM a\nRUN b\n', tracked}: CiExample): CiFacts {
  const [root] = parseYaml(text, '/work/ci.yml')
  const plan = system === 'github' ? readGithubCi(listSteps(root!), '/work') : readGitlabCi(root!, '/work')
  return {
    builds: plan.builds.map((build) => ({...build, hasRun: dockerfile.includes('RUN')})),
    allBuilds: plan.builds,
    caches: plan.caches,
    hasFile: (pattern) => {
      if (tracked === undefined) return null
      const {matches} = compilePattern(createIgnorePattern(pattern).glob)
      return tracked.some((one) => matches(one))
    },
  }
}

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

  it('are documented as they are', () => {
    const text = readFileSync(DOCUMENT, 'utf8')
    const rules = [
      START,
      '| --- | --- | --- |',
      ...CI_RULES.map(({id, severity, summary}) => `| [${id}](#${id}) | ${severity} | ${summary} |`),
      '',
      ...CI_RULES.flatMap(describeRule),
    ].join('\n')
    const expected = `${text.slice(0, text.indexOf(START))}${rules}`
    if (process.env.UPDATE_SNAPSHOTS === '1') writeFileSync(DOCUMENT, expected)
    else assert.equal(text, expected, 'run with UPDATE_SNAPSHOTS=1')
  })
})

function describeRule(rule: CiRule): string[] {
  const {id, summary, reason, remedy, examples} = rule
  const example = examples.find(({expected}) => expected !== null)!
  const [found] = rule.find(factsOf(example))
  const snippet =
    found!.snippet === undefined ? [] : ['', `${found!.fix}:`, '', '```yaml', found!.snippet, '```']
  return [
    `## ${id}`,
    '',
    `${summary}. ${reason} ${remedy}`,
    '',
    '```yaml',
    example.text.trimEnd(),
    '```',
    ...snippet,
    '',
  ]
}
