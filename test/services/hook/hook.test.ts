/** Every kind of hook that lives in a project: installed, seen to act, undone. */
import assert from 'node:assert/strict'
import {existsSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {parse} from 'yaml'
import {type Finished, hasProgram, runOwn, runProgram} from '../../helpers/docker.js'
import {projectRoot} from '../../helpers/project.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

/** Asks for one file, so that nothing else in the project changes the size. */
const DOCKERFILE = 'FROM scratch\nCOPY data.txt /\n'

describe('hooks of a project', () => {
  let root: string
  let bin: string
  let project: string
  let count = 0

  /** Runs with our program on the PATH under its own name. */
  const run = (program: string, words: string[], env: NodeJS.ProcessEnv = {}): Finished =>
    runProgram(program, words, {cwd: project, env: {...environment(), ...env}})
  const environment = (): NodeJS.ProcessEnv => ({
    PATH: `${bin}:${process.env.PATH}`,
    HOME: root,
    DOCKER_CONFIG: path.join(root, 'docker'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b',
  })
  const own = (...words: string[]): Finished => {
    const finished = runOwn(words, {cwd: project, env: environment()})
    assert.equal(finished.status, 0, finished.stderr)
    return finished
  }
  const file = (name: string): string => readFileSync(path.join(project, name), 'utf8')

  before(() => {
    root = makeTemporaryDirectory()
    bin = path.join(root, 'bin')
    mkdirSync(bin)
    const run = path.join(projectRoot, 'bin/run.js')
    const text = `#!/bin/sh\nexec '${process.execPath}' '${run}' "$@"\n`
    writeFileSync(path.join(bin, 'docker-slim-check'), text, {mode: 0o755})
  })
  beforeEach(() => {
    project = path.join(root, `project ${count++}`)
    writeTree(project, {Dockerfile: DOCKERFILE, 'data.txt': 'x'.repeat(5000)})
  })
  after(() => removeTree(root))

  describe('git', () => {
    const hook = '.git/hooks/pre-commit'
    const commit = (env: NodeJS.ProcessEnv = {}): Finished => run('git', ['commit', '-qm', 'x'], env)

    beforeEach(() => {
      run('git', ['init', '-q', '-b', 'main'])
      run('git', ['config', 'core.hooksPath', path.join(project, '.git/hooks')])
    })

    it('looks only when a file changed that matters, and refuses an exceeded budget', () => {
      own('hook', 'install', 'git', '--max-transfer', '1kB')
      run('git', ['add', 'data.txt'])
      const unwatched = commit()
      assert.deepEqual([unwatched.status, unwatched.stdout], [0, ''])
      writeTree(project, {'häs "quotes"/Dockerfile': DOCKERFILE})
      run('git', ['add', 'häs "quotes"'])
      assert.equal(commit().status, 1)
      run('git', ['add', 'Dockerfile'])
      const refused = commit()
      assert.equal(refused.status, 1)
      assert.match(refused.stdout + refused.stderr, /max-transfer: 5\.\d+ kB is over 1 kB/)
      assert.equal(commit({SLIM_CHECK: 'off'}).status, 0)
    })

    it('keeps a hook that is there, and gives it back', () => {
      const text = '#!/bin/bash\necho theirs >&2\nexit 0\n'
      writeFileSync(path.join(project, hook), text, {mode: 0o755})
      own('hook', 'install', 'git')
      const installed = file(hook)
      own('hook', 'install', 'git')
      assert.equal(file(hook), installed)
      run('git', ['add', '.'])
      const {status, stderr, stdout} = commit()
      assert.equal(status, 0, stderr)
      assert.match(stdout + stderr, /slim-check: 5\.\d+ kB[\s\S]*theirs/)
      own('hook', 'uninstall', 'git')
      assert.equal(file(hook), text)
      assert.ok(!existsSync(path.join(project, '.git/hooks/pre-push')))
    })

    it('leaves standard input to a pre-push hook that is there', () => {
      const text = `#!/bin/sh\ncat > '${path.join(root, 'pushed')}'\n`
      writeFileSync(path.join(project, '.git/hooks/pre-push'), text, {mode: 0o755})
      own('hook', 'install', 'git')
      run('git', ['init', '-q', '--bare', path.join(root, 'remote.git')])
      run('git', ['add', '.'])
      commit()
      const {status, stderr, stdout} = run('git', ['push', '-q', path.join(root, 'remote.git'), 'main'])
      assert.equal(status, 0, stderr)
      assert.match(stdout + stderr, /slim-check: 5/)
      assert.match(readFileSync(path.join(root, 'pushed'), 'utf8'), /^refs\/heads\/main /)
    })

    it('heeds core.hooksPath', () => {
      run('git', ['config', 'core.hooksPath', 'my hooks'])
      mkdirSync(path.join(project, 'sub'))
      const {status} = runOwn(['hook', 'install', 'git'], {
        cwd: path.join(project, 'sub'),
        env: environment(),
      })
      assert.equal(status, 0)
      assert.ok(statSync(path.join(project, 'my hooks/pre-commit')).mode & 0o111)
      assert.ok(!existsSync(path.join(project, hook)))
    })

    it("goes into husky's scripts", () => {
      run('git', ['config', 'core.hooksPath', '.husky/_'])
      writeTree(project, {'.husky/pre-commit': 'npm test\n'})
      own('hook', 'install', 'git')
      assert.match(
        file('.husky/pre-commit'),
        /^# >>> docker slim-check\n[\s\S]*# <<< docker slim-check\nnpm test\n$/,
      )
      own('hook', 'uninstall', 'git')
      assert.equal(file('.husky/pre-commit'), 'npm test\n')
    })

    for (const [name, text, error] of [
      ['lefthook.yml', 'pre-commit: {}\n', /belongs to lefthook/],
      ['.config/lefthook.json', '{}', /belongs to lefthook/],
      [
        hook,
        '#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\n',
        /belongs to pre-commit/,
      ],
      [hook, '#!/usr/bin/env python3\nprint(1)\n', /is not a shell script/],
    ] as const) {
      it(`changes nothing where it does not belong: ${name}, ${text.split('\n')[0]}`, () => {
        writeTree(project, {[name]: text})
        const {status, stderr} = runOwn(['hook', 'install', 'git'], {cwd: project, env: environment()})
        assert.equal(status, 2)
        assert.match(stderr, error)
        assert.equal(file(name), text)
      })
    }
  })

  describe('npm', () => {
    it('runs before the script that builds, and leaves no trace', () => {
      const text =
        '{\n    "name": "x",\n    "scripts": {\n        "test": "true",\n        "image": "echo docker build ."\n    }\n}\n'
      writeTree(project, {'package.json': text})
      own('hook', 'install', 'npm')
      own('hook', 'install', 'npm')
      assert.equal(JSON.parse(file('package.json')).scripts.preimage, 'docker-slim-check hook check .')
      const {stdout, status} = run('npm', ['run', 'image'])
      assert.equal(status, 0)
      assert.match(stdout, /slim-check: 5[\s\S]*docker build \./)
      own('hook', 'uninstall', 'npm')
      assert.equal(file('package.json'), text)
    })

    it('leaves a script of that name alone', () => {
      writeTree(project, {'package.json': '{"scripts": {"predocker:build": "true"}}'})
      const {status, stderr} = runOwn(['hook', 'install', 'npm'], {cwd: project, env: environment()})
      assert.equal(status, 2)
      assert.match(stderr, /already has a script "predocker:build"/)
    })
  })

  describe('script', () => {
    const build = (...words: string[]): Finished => run('./docker-pre-build', words)

    beforeEach(() => {
      own('hook', 'install', 'script')
    })

    it('checks, then runs the build with its arguments', () => {
      const {status, stdout} = build(
        '.',
        '--max-transfer',
        '50MB',
        '--',
        'sh',
        '-c',
        'echo "$1"; exit 5',
        'x',
        'a b',
      )
      assert.equal(status, 5)
      assert.match(
        stdout,
        /^slim-check: 5\.\d+ kB in 1 file to transfer \(\d+ B when nothing has changed\)\na b\n$/,
      )
    })

    it('reads the context from the build', () => {
      writeTree(project, {'web/Dockerfile': DOCKERFILE, 'web/data.txt': 'x'})
      writeFileSync(path.join(bin, 'docker'), '#!/bin/sh\necho "built $*"\n', {mode: 0o755})
      const {status, stdout} = build('--', 'docker', 'build', '-t', 'x', 'web')
      assert.equal(status, 0)
      assert.match(
        stdout,
        /^slim-check: \d+ B in 1 file to transfer \(\d+ B when nothing has changed\)\nbuilt build -t x web\n$/,
      )
    })

    it('does not build over the budget, unless it is switched off', () => {
      const words = ['.', '--max-transfer', '1kB', '--', 'echo', 'built']
      const refused = build(...words)
      assert.equal(refused.status, 1)
      assert.doesNotMatch(refused.stdout, /built/)
      assert.match(refused.stdout, /See it with: node \S+run\.js context \.\n/)
      const {status, stdout} = run('./docker-pre-build', words, {SLIM_CHECK: 'off'})
      assert.deepEqual([status, stdout], [0, 'built\n'])
      const byVariable = run('./docker-pre-build', ['.', '--', 'echo', 'built'], {
        SLIM_CHECK_MAX_TRANSFER: '1kB',
      })
      assert.equal(byVariable.status, 1)
    })

    it('has a budget of its own when installed with one', () => {
      own('hook', 'install', 'script', '--max-transfer', '1kB')
      assert.equal(build('.', '--', 'true').status, 1)
      assert.equal(build('.', '--max-transfer', '1MB', '--', 'true').status, 0)
      const other = run('./docker-pre-build', ['.', '--', 'true'], {SLIM_CHECK_MAX_TRANSFER: '1MB'})
      assert.equal(other.status, 0)
    })

    const calls: [words: string[], says: string][] = [
      [[], './docker-pre-build --max-transfer 50MB -- docker build -t app .'],
      [['--max-transfer', '7MB'], './docker-pre-build -- docker build -t app .'],
      [['--path', 'ci/check it'], "'./ci/check it' --max-transfer 50MB -- docker build -t app ."],
    ]
    for (const [words, says] of calls) {
      it(`says how it is called: ${words.join(' ')}`, () => {
        own('hook', 'uninstall', 'script')
        mkdirSync(path.join(project, 'ci'), {recursive: true})
        const {stdout} = own('hook', 'install', 'script', ...words)
        assert.ok(stdout.includes(`Call it as: ${says}\n`), stdout)
      })
    }

    it('refuses a call without a build, a bad budget and a missing context', () => {
      assert.equal(build('.').status, 2)
      assert.equal(build('--').status, 2)
      assert.equal(build('.', '--max-transfer', 'lots', '--', 'true').status, 2)
      assert.equal(build('/nonexistent', '--', 'true').status, 2)
    })
  })

  it('runs in a pipeline of make', function () {
    skipUnless(this, hasProgram('make'), 'needs make')
    const text = 'image: docker-context\n\t@echo built'
    writeTree(project, {Makefile: text})
    own('hook', 'install', 'make', '--max-transfer', '50MB')
    const {status, stdout} = run('make', ['image'])
    assert.equal(status, 0)
    assert.match(stdout, /slim-check: 5[\s\S]*built\n$/)
    own('hook', 'uninstall', 'make')
    assert.equal(file('Makefile'), text)
  })

  it('runs as a job of GitLab, which takes the program from Git', () => {
    // npx's part is played: what it is told to fetch is dropped, the rest goes to our program.
    const npx = path.join(root, 'npx bin')
    mkdirSync(npx)
    writeFileSync(path.join(npx, 'npx'), '#!/bin/sh\nshift 2\nexec docker-slim-check "$@"\n', {mode: 0o755})
    for (const [budget, expected] of [
      ['1kB', 1],
      ['1MB', 0],
    ] as const) {
      own('hook', 'install', 'gitlab', '--max-transfer', budget)
      const {script} = (parse(file('.gitlab-ci.yml')) as Record<string, {script: string[]}>)[
        'docker-context'
      ]!
      assert.match(
        script[0]!,
        /^npx --yes "git\+https:\/\/[^"]+\.git#v[\d.]+" hook check \. --max-transfer \S+$/,
      )
      const env = {PATH: `${npx}:${bin}:${process.env.PATH}`}
      assert.equal(run('sh', ['-ec', script.join('\n')], env).status, expected)
    }
  })

  for (const [kind, name, existing] of [
    ['gitlab', '.gitlab-ci.yml', 'stages: [test]\n'],
    ['github', '.github/workflows/docker-context.yml', null],
    ['pre-commit', '.pre-commit-config.yaml', null],
    ['make', 'Makefile', null],
    ['script', 'docker-pre-build', null],
  ] as const) {
    it(`comes and goes without a trace: ${kind}`, () => {
      if (existing !== null) writeTree(project, {[name]: existing})
      const dryRun = own('hook', 'install', kind, '--dry-run')
      assert.ok(dryRun.stdout.includes(name))
      assert.equal(existsSync(path.join(project, name)), existing !== null)
      own('hook', 'install', kind)
      const text = file(name)
      own('hook', 'install', kind)
      assert.equal(file(name), text)
      assert.match(own('hook', 'status').stdout, new RegExp(`^${kind} +installed`, 'm'))
      own('hook', 'uninstall', kind)
      assert.equal(existsSync(path.join(project, name)), existing !== null)
      if (existing !== null) assert.equal(file(name), existing)
    })
  }

  for (const kind of ['github', 'gitlab', 'pre-commit']) {
    it(`${kind} says that it takes what is not published yet`, () => {
      assert.match(own('hook', 'install', kind).stdout, /not published yet/)
    })
  }

  for (const kind of ['github', 'pre-commit', 'script'] as const) {
    it(`leaves a file of that name alone: ${kind}`, () => {
      const name = {
        github: '.github/workflows/docker-context.yml',
        'pre-commit': '.pre-commit-config.yaml',
        script: 'docker-pre-build',
      }[kind]
      writeTree(project, {[name]: 'theirs\n'})
      assert.equal(runOwn(['hook', 'install', kind], {cwd: project, env: environment()}).status, 2)
      own('hook', 'uninstall', kind)
      assert.equal(file(name), 'theirs\n')
    })
  }

  it("writes GitHub's annotations and summary", () => {
    const summary = path.join(root, 'summary.md')
    const words = ['hook', 'check', '.', '--github', '--max-transfer', '1kB']
    const {status, stdout} = runOwn(words, {
      cwd: project,
      env: {...environment(), GITHUB_STEP_SUMMARY: summary},
    })
    assert.equal(status, 1)
    assert.match(
      stdout,
      /^::error file=Dockerfile,title=.*::Dockerfile exceeds max-transfer: 5\.\d+ kB of 1 kB, /m,
    )
    assert.match(
      readFileSync(summary, 'utf8'),
      /^### Docker build context: 1 of 1 budgets failed\n[\s\S]*`data\.txt`/,
    )
  })
})
