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
  const run = (
    step: Step,
    given: Record<string, string>,
    env: NodeJS.ProcessEnv = {},
    cwd = root,
  ): Finished => {
    const variables = Object.entries(step.env).map(([name, expression]) => {
      const [, input = ''] = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression) ?? []
      return [name, given[input] ?? inputs[input]?.default ?? '7']
    })
    writeFileSync(path.join(root, 'step.sh'), step.run)
    return runProgram('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', path.join(root, 'step.sh')], {
      cwd,
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

  describe('against an interface that remembers comments', () => {
    const COMMENTS = 'comments.json'
    /** Stands in for gh: keeps the comments in a file, as the interface of GitHub does, and asks jq what gh asks its own. */
    const gh = [
      '#!/bin/sh',
      '[ -n "$GH_TOKEN" ] || { echo "gh: set GH_TOKEN" >&2; exit 4; }',
      '[ -z "$IS_FORK" ] || case "$*" in *--method*) echo "HTTP 403: Resource not accessible by integration" >&2; exit 1 ;; esac',
      'exec "$REAL_NODE" -e "$GH_SCRIPT" "$@"',
    ].join('\n')
    const script = `
      const fs = require('node:fs'), {execFileSync} = require('node:child_process')
      const words = process.argv.slice(1)
      const after = (flag) => words[words.indexOf(flag) + 1]
      const known = JSON.parse(fs.readFileSync('${COMMENTS}', 'utf8'))
      if (words.includes('--jq')) {
        process.stdout.write(execFileSync('jq', ['-r', after('--jq')], {input: JSON.stringify(known)}))
        process.exit()
      }
      const body = fs.readFileSync(after('--field').slice('body=@'.length), 'utf8')
      const url = words.find((word) => word.startsWith('repos/'))
      if (after('--method') === 'POST' && url === 'repos/me/app/issues/7/comments') known.push({id: known.length + 1, body})
      else if (after('--method') === 'PATCH') known.find(({id}) => url === 'repos/me/app/issues/comments/' + id).body = body
      else process.exit(9)
      fs.writeFileSync('${COMMENTS}', JSON.stringify(known))`
    const env = {REAL_NODE: process.execPath, GH_SCRIPT: script, GH_TOKEN: 'secret'}
    const listComments = (): {id: number; body: string}[] =>
      JSON.parse(readFileSync(path.join(root, COMMENTS), 'utf8'))

    before(function () {
      skipUnless(this, hasProgram('jq'), 'needs jq')
      writeFileSync(path.join(root, 'bin/gh'), gh, {mode: 0o755})
    })
    beforeEach(() =>
      writeTree(root, {[COMMENTS]: JSON.stringify([{id: 1, body: 'Please <!-- slim-check --> rebase'}])}),
    )

    it('makes one comment, and then writes that one anew', () => {
      for (const text of ['first', 'second']) {
        writeTree(root, {'slim-check-report.md': `<!-- slim-check -->\n${text}\n`})
        const {status, stderr} = run(comment, {comment: 'true'}, env)
        assert.deepEqual([status, stderr], [0, ''])
        assert.deepEqual(listComments().slice(1), [{id: 2, body: `<!-- slim-check -->\n${text}\n`}])
      }
    })

    it('keeps the comment on what was measured apart', () => {
      writeTree(root, {
        'slim-check-report.md': '<!-- slim-check -->\n',
        'slim-check-measure/results.md': '# Results\n',
      })
      run(comment, {comment: 'true'}, env)
      for (let time = 0; time < 2; time++) run(measure, {measure: 'true', comment: 'true'}, env)
      assert.deepEqual(
        listComments().map(({body}) => body.split('\n')[0]),
        ['Please <!-- slim-check --> rebase', '<!-- slim-check -->', '<!-- slim-check measure -->'],
      )
    })

    for (const [who, change] of Object.entries({
      'a fork, whose token may only read': {IS_FORK: '1'},
      'a fork without a token': {GH_TOKEN: ''},
    })) {
      it(`does not fail the job for ${who}, and says so`, () => {
        writeTree(root, {'slim-check-report.md': '<!-- slim-check -->\n'})
        const {status, stdout} = run(comment, {comment: 'true'}, {...env, ...change})
        assert.equal(status, 0)
        assert.match(stdout, /^::warning::The comment .* could not be written/m)
        assert.equal(listComments().length, 1)
      })
    }
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

  /** The step of the check with the program itself, as a job has it. */
  const budgets: [what: string, given: Record<string, string>, status: number, says: RegExp][] = [
    ['no budget', {}, 0, /Docker build context/],
    ['max-transfer', {'max-transfer': '10kB'}, 1, /max-transfer/],
    ['max-files', {'max-files': '1'}, 1, /max-files/],
    ['max-rebuild', {'max-rebuild': '1B'}, 1, /max-rebuild/],
    ['max-entry', {'max-entry': '10kB'}, 1, /max-entry/],
    ['budgets that hold', {'max-transfer': '1MB', 'max-files': '99', 'max-entry': '1MB'}, 0, /within budget/],
    ['a finding', {file: 'broken.Dockerfile'}, 1, /missing/],
    ['a finding that may be', {file: 'broken.Dockerfile', 'fail-on': 'never'}, 0, /missing/],
    ['a safe suggestion', {'fail-on': 'suggestion'}, 1, /node_modules/],
    ['the configuration named', {config: 'strict.yaml'}, 1, /max-files/],
    ['compose', {compose: 'true', 'max-files': '1'}, 1, /max-files/],
    [
      'a service of a compose file',
      {compose: 'compose.yaml', service: 'one', 'max-files': '1'},
      1,
      /max-files/,
    ],
    ['no such context', {context: 'nowhere'}, 2, /^$/],
  ]
  for (const [what, given, status, says] of budgets) {
    it(`checks with the program itself: ${what}`, () => {
      const app = makeTemporaryDirectory()
      try {
        writeTree(app, {
          Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\n',
          'broken.Dockerfile': 'FROM node:22\nCOPY missing .\n',
          'compose.yaml': 'services: {one: {build: .}, two: {build: .}}\n',
          'strict.yaml': 'budgets: {max-files: 1}\n',
          'package.json': '{}',
          'node_modules/left/package.json': '{}',
          'node_modules/left/index.js': 'x'.repeat(20_000),
        })
        const temporary = path.join(app, '.git/runner')
        mkdirSync(temporary, {recursive: true})
        const files = {
          GITHUB_OUTPUT: path.join(temporary, 'output'),
          GITHUB_STEP_SUMMARY: path.join(temporary, 'summary'),
        }
        const finished = run(
          check,
          given,
          {
            ...files,
            PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`,
            GITHUB_ACTION_PATH: projectRoot,
            RUNNER_TEMP: temporary,
            PWD: app,
          },
          app,
        )
        assert.equal(finished.status, status, finished.stdout + finished.stderr)
        assert.doesNotMatch(finished.stderr, /^ {4}at /m)
        const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')
        assert.match(read(path.join(temporary, 'slim-check-report.md')), says)
        const counts = /^transfer-bytes=\d+\nsaved-bytes=\d+\n$/
        assert.match(read(files.GITHUB_OUTPUT), status === 2 ? /^$/ : counts)
      } finally {
        removeTree(app)
      }
    })
  }

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
