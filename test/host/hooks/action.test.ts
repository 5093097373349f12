/** The steps of action.yml, run as GitHub's runner does, with programs that only say how they were called. */
import assert from 'node:assert/strict'
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {parse} from 'yaml'
import {type Finished, hasProgram, runProgram} from '../../helpers/docker.js'
import {projectRoot} from '../../helpers/project.js'
import {runCli} from '../../helpers/run-cli.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

interface Step {
  id?: string
  if?: string
  run: string
  shell: string
  env: Record<string, string>
}

interface Action {
  inputs: Record<string, {description: string; default: string}>
  outputs: Record<string, {value: string}>
  runs: {steps: [Step, Step, Step, Step]}
}

const ECHO =
  '#!/bin/sh\nprintf "%s" "$(basename "$0")"\nfor word do printf "[%s]" "$word"; done\nexit $ECHO_STATUS\n'

describe('the action for GitHub', () => {
  const action = parse(readFileSync(path.join(projectRoot, 'action.yml'), 'utf8')) as Action
  const {inputs, outputs} = action
  const [install, check, comment, measure] = action.runs.steps
  let root: string

  before(function () {
    skipUnless(this, hasProgram('bash') && process.platform !== 'win32', 'needs bash')
    root = makeTemporaryDirectory()
    mkdirSync(path.join(root, 'bin'))
    for (const name of ['npx', 'node', 'npm', 'gh']) {
      writeFileSync(path.join(root, 'bin', name), ECHO, {mode: 0o755})
    }
  })
  after(() => {
    if (root) removeTree(root)
  })

  /** Fills the inputs in as the runner does: as variables, and nowhere else. */
  const run = (step: Step, given: Record<string, string>, env: NodeJS.ProcessEnv = {}): Finished => {
    const variables = Object.entries(step.env).map(([name, expression]) => {
      const [, input = ''] = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression) ?? []
      return [name, given[input] ?? inputs[input]?.default ?? '7']
    })
    writeFileSync(path.join(root, 'step.sh'), step.run)
    return runProgram('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', path.join(root, 'step.sh')], {
      cwd: root,
      env: {
        PATH: `${path.join(root, 'bin')}:${process.env.PATH}`,
        GITHUB_ACTION_PATH: root,
        GITHUB_REPOSITORY: 'me/app',
        RUNNER_TEMP: root,
        ECHO_STATUS: '0',
        ...Object.fromEntries(variables),
        ...env,
      },
    })
  }

  it('puts no input into its scripts, and reads every one', () => {
    const read = action.runs.steps.flatMap((step) => [...Object.values(step.env), step.if ?? ''])
    for (const step of action.runs.steps) assert.doesNotMatch(step.run, /\$\{\{/)
    for (const name of Object.keys(inputs)) {
      assert.ok(
        read.some((expression) => expression.includes(`inputs.${name}`)),
        name,
      )
    }
  })

  it('hands on the outputs of its check', () => {
    for (const [name, {value}] of Object.entries(outputs)) {
      assert.equal(value, `\${{ steps.${check.id}.outputs.${name} }}`)
    }
  })

  it('builds the program that lies beside it, once, unless a version is wanted', () => {
    assert.equal(run(install, {}).stdout, 'npm[ci][--include=dev][--no-audit][--no-fund]')
    assert.equal(run(install, {version: '1.2.3'}).stdout, '')
    writeTree(root, {'dist/bundle/run-cli.cjs': ''})
    assert.equal(run(install, {}).stdout, '')
    rmSync(path.join(root, 'dist'), {recursive: true})
  })

  const hostile = '"; touch pwned; $(touch pwned) `touch pwned`\n::error::x'
  const rows: [what: string, given: Record<string, string>, program: string, words: string][] = [
    ['nothing', {}, 'node', '[.]'],
    [
      'everything',
      {
        context: 'a b',
        file: 'api/Dockerfile',
        target: 'run',
        compose: 'c.yaml',
        service: 'api',
        config: 'x.yaml',
        'fail-on': 'warning',
        'max-transfer': '50MB',
        'max-files': '9',
        'max-rebuild': '1MB',
        'max-entry': '2MB',
        baseline: 'b.json',
        version: '1.2.3',
      },
      'npx[--yes][docker-slim-check@1.2.3]',
      '[a b][--file=api/Dockerfile][--target=run][--compose=c.yaml][--service=api][--config=x.yaml][--fail-on=warning][--max-transfer=50MB][--max-files=9][--max-rebuild=1MB][--max-entry=2MB][--baseline=b.json]',
    ],
    ['the compose file of the context', {compose: 'true'}, 'node', '[.][--compose]'],
    ['names that look like flags', {context: '--help', file: '--help'}, 'node', '[./--help][--file=--help]'],
    ['code', {context: hostile, target: hostile}, 'node', `[${hostile}][--target=${hostile}]`],
  ]
  for (const [what, given, program, words] of rows) {
    it(`hands its inputs on as words: ${what}`, () => {
      const {status, stdout, stderr} = run(check, given)
      const [context = '', ...others] = words.split(/(?<=\])(?=\[--)/)
      const start = program === 'node' ? `node[${root}/bin/run.js]` : program
      const common = `[--github][--comment=${root}/slim-check-report.md]`
      assert.equal(stdout, `${start}[hook][check]${context}${common}${others.join('')}`)
      assert.deepEqual([status, stderr], [0, ''])
      assert.ok(!existsSync(path.join(root, 'pwned')))
    })
  }

  it('fails as the check does', () => {
    assert.equal(run(check, {}, {ECHO_STATUS: '1'}).status, 1)
  })

  it('keeps one comment: it is written anew, or made', () => {
    writeTree(root, {'slim-check-report.md': '<!-- slim-check -->\n'})
    const gh = '#!/bin/sh\ncase "$*" in *--jq*) printf "%s" "$KNOWN" ;; *) echo "$@" ;; esac\n'
    writeFileSync(path.join(root, 'bin/gh'), gh, {mode: 0o755})
    const body = `--field body=@${root}/slim-check-report.md\n`
    assert.equal(
      run(comment, {}, {KNOWN: ''}).stdout,
      `api --silent --method POST repos/me/app/issues/7/comments ${body}`,
    )
    assert.equal(
      run(comment, {}, {KNOWN: '42'}).stdout,
      `api --silent --method PATCH repos/me/app/issues/comments/42 ${body}`,
    )
  })

  const measured: [what: string, given: Record<string, string>, program: string, words: string[]][] = [
    ['nothing to compare with', {measure: 'true'}, 'node', ['[measure][.]', '', '']],
    ['a baseline', {measure: 'b.json'}, 'node', ['[measure][.]', '', '[--against=b.json]']],
    [
      'options for us and for docker',
      {measure: 'true', 'measure-options': '--runs=5\n\n--min-saving=30%\n--\n--secret\nid=a b\n'},
      'node',
      ['[measure][.]', '[--runs=5][--min-saving=30%]', '[--][--secret][id=a b]'],
    ],
    [
      'a build and a version',
      {measure: 'true', context: '-x', compose: 'true', service: 'api', version: '1.2.3'},
      'npx[--yes][docker-slim-check@1.2.3]',
      ['[measure][./-x][--compose][--service=api]', '', ''],
    ],
    ['code', {measure: 'true', context: hostile}, 'node', [`[measure][${hostile}]`, '', '']],
  ]
  for (const [what, given, program, [build, options, rest]] of measured) {
    it(`measures with ${what}`, () => {
      const {status, stdout, stderr} = run(measure, given, {NUMBER: ''})
      const start = program === 'node' ? `node[${root}/bin/run.js]` : program
      const saved = `[--save=${root}/slim-check-measure/results.md][--format=github]`
      assert.equal(stdout, `${start}${build}${saved}${options}${rest}`)
      assert.deepEqual([status, stderr], [0, ''])
      assert.ok(!existsSync(path.join(root, 'pwned')))
    })
  }

  it('measures the base of a pull request first, on the same machine', () => {
    // The base has its own files; what measures them leaves a baseline.
    writeFileSync(
      path.join(root, 'bin/git'),
      `#!/bin/sh\ncase "$*" in worktree*) mkdir -p "${root}/slim-check-base" ;; esac\n`,
      {mode: 0o755},
    )
    const leaves = `#!/bin/sh\ncase "$*" in *baseline.md*) : >"${root}/slim-check-measure/baseline.json" ;; esac\nprintf "[%s]" "$@"\n`
    writeFileSync(path.join(root, 'bin/node'), leaves, {mode: 0o755})
    const {stdout, status} = run(measure, {measure: 'base'}, {NUMBER: '', BASE: 'abc'})
    writeFileSync(path.join(root, 'bin/node'), ECHO, {mode: 0o755})
    assert.equal(status, 0)
    const saved = `[--save=${root}/slim-check-measure/results.md][--format=github]`
    assert.equal(
      stdout,
      `[${root}/bin/run.js][measure][.]${saved}[--against=${root}/slim-check-measure/baseline.json]`,
    )
  })

  it('fails as measuring does, and comments all the same', () => {
    writeTree(root, {'slim-check-measure/results.md': '# Results\n'})
    const {stdout, status} = run(measure, {measure: 'true', comment: 'true'}, {ECHO_STATUS: '1', KNOWN: ''})
    assert.equal(status, 1)
    assert.match(
      stdout,
      /api --silent --method POST repos\/me\/app\/issues\/7\/comments --field body=@.*comment\.md/,
    )
    assert.match(
      readFileSync(path.join(root, 'slim-check-measure/comment.md'), 'utf8'),
      /^<!-- slim-check measure -->\n# Results/,
    )
  })

  it('hook check writes what the steps read', () => {
    writeTree(root, {
      'app/Dockerfile': 'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\n',
      'app/package.json': '{}',
      'app/node_modules/left/package.json': '{}',
      'app/node_modules/left/index.js': 'x'.repeat(20_000),
      output: '',
    })
    const env = {GITHUB_OUTPUT: path.join(root, 'output'), GITHUB_STEP_SUMMARY: path.join(root, 'summary')}
    const words = ['hook', 'check', 'app', '--github', '--comment', 'comment.md', '--max-files', '1']
    const {status} = runCli(words, {cwd: root, env})
    assert.equal(status, 1)
    assert.match(
      readFileSync(path.join(root, 'output'), 'utf8'),
      /^transfer-bytes=2\d{4}\nsaved-bytes=2\d{4}\n$/,
    )
    assert.match(readFileSync(path.join(root, 'comment.md'), 'utf8'), /^<!-- slim-check -->/)
  })
})
