import type {CiExample, CiFacts} from '../../../../src/advice/rules/ci/define-ci-rule.js'
import {parseYaml} from '../../../../src/languages/documents/parse-yaml.js'
import {compilePattern} from '../../../../src/languages/ignore/compile-pattern.js'
import {createIgnorePattern} from '../../../../src/languages/ignore/parse-ignore-file.js'
import {readGithubCi} from '../../../../src/plan/ci/read-github-ci.js'
import {readGitlabCi} from '../../../../src/plan/ci/read-gitlab-ci.js'
import {listSteps} from '../../../../src/plan/workflow/list-steps.js'

/** What a rule about CI sees of an example. */
export function factsOf({system, text, dockerfile = 'FROM a\nRUN b\n', tracked}: CiExample): CiFacts {
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
