/** The step of action.yml, run as GitHub's runner does, with an npx that only says how it was called. */
import assert from 'node:assert/strict'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {parse} from 'yaml'
import {type Finished, hasProgram, runProgram} from '../../helpers/docker.js'
import {projectRoot} from '../../helpers/project.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

interface Action {
  inputs: Record<string, {default: string}>
  runs: {steps: {run: string; shell: string; env: Record<string, string>}[]}
}

const NPX = '#!/bin/sh\nfor word do printf "[%s]" "$word"; done\nexit $NPX_STATUS\n'

describe('the action for GitHub', () => {
  const {inputs, runs} = parse(readFileSync(path.join(projectRoot, 'action.yml'), 'utf8')) as Action
  const [step] = runs.steps
  let root: string

  before(function () {
    skipUnless(this, hasProgram('bash') && process.platform !== 'win32', 'needs bash')
    root = makeTemporaryDirectory()
    mkdirSync(path.join(root, 'bin'))
    writeFileSync(path.join(root, 'bin/npx'), NPX, {mode: 0o755})
    writeFileSync(path.join(root, 'step.sh'), step!.run)
  })
  after(() => {
    if (root) removeTree(root)
  })

  /** Fills the inputs in as the runner does: as variables, and nowhere else. */
  const run = (given: Record<string, string>, env: NodeJS.ProcessEnv = {}): Finished => {
    const variables = Object.entries(step!.env).map(([name, expression]) => {
      const [, input = ''] = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression) ?? []
      return [name, given[input] ?? inputs[input]!.default]
    })
    return runProgram('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', path.join(root, 'step.sh')], {
      cwd: root,
      env: {PATH: `${path.join(root, 'bin')}:${process.env.PATH}`, ...Object.fromEntries(variables), ...env},
    })
  }

  it('puts no input into its script', () => {
    assert.doesNotMatch(step!.run, /\$\{\{/)
    assert.equal(Object.keys(step!.env).length, Object.keys(inputs).length)
  })

  const hostile = '"; touch pwned; $(touch pwned) `touch pwned`\n::error::x'
  for (const [what, given, expected] of [
    ['nothing', {}, '[--yes][docker-slim-check@latest][hook][check][.][--github]'],
    [
      'everything',
      {context: 'a b', file: 'api/Dockerfile', target: 'run', 'max-transfer': '50MB', version: '1.2.3'},
      '[--yes][docker-slim-check@1.2.3][hook][check][a b][--github][--file=api/Dockerfile][--target=run][--max-transfer=50MB]',
    ],
    [
      'names that look like flags',
      {context: '--help', file: '--help'},
      '[--yes][docker-slim-check@latest][hook][check][./--help][--github][--file=--help]',
    ],
    [
      'code',
      {context: hostile, target: hostile},
      `[--yes][docker-slim-check@latest][hook][check][${hostile}][--github][--target=${hostile}]`,
    ],
  ] as const) {
    it(`hands its inputs on as words: ${what}`, () => {
      const {status, stdout, stderr} = run(given)
      assert.deepEqual([status, stdout, stderr], [0, expected, ''])
      assert.ok(!existsSync(path.join(root, 'pwned')))
    })
  }

  it('fails as the check does', () => {
    assert.equal(run({}, {NPX_STATUS: '1'}).status, 1)
  })
})
