/** What `hook status` says of hooks that work, that cannot work and that are left over. */
import assert from 'node:assert/strict'
import {chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {type Finished, runOwn, runProgram} from '../../helpers/docker.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('hook status', () => {
  let root: string
  let config: string
  let launcher: string

  const own = (...words: string[]): Finished => {
    const env = {HOME: root, DOCKER_CONFIG: config, GIT_CONFIG_NOSYSTEM: '1'}
    return runOwn(words, {cwd: root, env})
  }
  const install = (...words: string[]): void => {
    const {status, stderr} = own('hook', 'install', ...words)
    assert.equal(status, 0, stderr)
  }
  /** The row of a kind: whether it is installed, and what is wrong. */
  const look = (kind: string): [boolean, string | undefined] => {
    const rows = JSON.parse(own('hook', 'status', '--json').stdout) as {
      name: string
      status: {isInstalled: boolean}
      problem?: string
    }[]
    const row = rows.find(({name}) => name === kind)!
    return [row.status.isInstalled, row.problem?.replaceAll(`${config}/`, '')]
  }
  const edit = (file: string, change: (text: string) => string): void =>
    writeFileSync(file, change(readFileSync(file, 'utf8')))

  beforeEach(function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
    root = makeTemporaryDirectory()
    config = path.join(root, 'docker')
    launcher = path.join(config, 'cli-plugins/docker-slimbuild')
    mkdirSync(path.dirname(launcher), {recursive: true})
    writeFileSync(path.join(path.dirname(launcher), 'docker-buildx'), '#!/bin/sh\n', {mode: 0o755})
    writeTree(root, {'package.json': '{"scripts": {"image": "docker build ."}}', Makefile: 'all:\n'})
    runProgram('git', ['init', '-q', '-b', 'main'], {cwd: root})
  })
  afterEach(() => {
    if (root) removeTree(root)
  })

  const CHANGED =
    /^it was changed, or written by another version: docker-slim-check hook install [a-z-]+ writes it again$/

  for (const [kind, ...options] of [
    ['script', '--max-transfer', '50MB'],
    ['script'],
    ['docker-build', '--max-transfer', '50 MB', '--stop'],
    ['git', '--max-transfer', '1.5GiB'],
    ['npm', '--max-transfer', '50MB'],
    ['pre-commit', '--max-transfer', '50MB'],
    ['github', '--max-transfer', '50MB'],
    ['gitlab', '--max-transfer', '50MB'],
    ['make', '--max-transfer', '50MB'],
  ]) {
    it(`is content with what was just installed: ${kind}`, () => {
      assert.deepEqual(look(kind!), [false, undefined])
      install(kind!, ...options)
      assert.deepEqual(look(kind!), [true, undefined])
    })
  }

  const DOCKER_BUILD: [string, () => void, [boolean, string | RegExp]][] = [
    [
      'our program is gone',
      () => edit(launcher, (text) => text.replace(/^slim_program=.*$/m, "slim_program='/it'\\''s gone'")),
      [true, "/it's gone is gone, so that builds run unchecked"],
    ],
    [
      'node is gone',
      () => edit(launcher, (text) => text.replace(/^slim_node=.*$/m, "slim_node='/gone'")),
      [true, '/gone is gone, so that builds run unchecked'],
    ],
    ['it was changed by hand', () => edit(launcher, (text) => `${text}true\n`), [true, CHANGED]],
    [
      'the launcher may not run',
      () => chmodSync(launcher, 0o644),
      [true, 'cli-plugins/docker-slimbuild is not executable, so that docker build fails'],
    ],
    [
      'the launcher is gone',
      () => rmSync(launcher),
      [true, 'cli-plugins/docker-slimbuild is gone, so that docker build fails'],
    ],
    [
      'somebody else took the alias',
      () => writeFileSync(path.join(config, 'config.json'), '{"aliases": {"builder": "other"}}'),
      [false, 'Docker now has the builder alias "other"; cli-plugins/docker-slimbuild is left over'],
    ],
    [
      'somebody took the alias out',
      () => writeFileSync(path.join(config, 'config.json'), '{"aliases": {}}'),
      [false, 'Docker now has no builder alias; cli-plugins/docker-slimbuild is left over'],
    ],
    [
      'the configuration is broken',
      () => writeFileSync(path.join(config, 'config.json'), '{"aliases'),
      [false, /cannot be edited safely/],
    ],
    [
      'the launcher is not ours',
      () => writeFileSync(launcher, '#!/bin/sh\n'),
      [false, /was not made by docker-slim-check/],
    ],
  ]
  for (const [what, change, [isInstalled, problem]] of DOCKER_BUILD) {
    it(`tells of docker-build when ${what}`, () => {
      install('docker-build')
      change()
      const [isFound, found = ''] = look('docker-build')
      assert.equal(isFound, isInstalled)
      if (typeof problem === 'string') assert.equal(found, problem)
      else assert.match(found, problem)
    })
  }

  for (const text of ['{"aliases": {"builder": "other"}}', '{"aliases": {}}\n', '{}']) {
    it(`is no reason to leave anything behind: ${text.trim()}`, () => {
      writeFileSync(path.join(config, 'config.json'), '{"aliases": {}, "auths": {}}')
      install('docker-build')
      writeFileSync(path.join(config, 'config.json'), text)
      assert.equal(own('uninstall').status, 0)
      assert.equal(readFileSync(path.join(config, 'config.json'), 'utf8'), text)
      assert.ok(!existsSync(launcher))
      assert.ok(!existsSync(path.join(config, 'slim-check.json')))
    })
  }

  for (const [kind, name] of [
    ['pre-commit', '.pre-commit-config.yaml'],
    ['github', '.github/workflows/docker-context.yml'],
    ['script', 'docker-pre-build'],
  ] as const) {
    it(`keeps what somebody added to a file of ours: ${kind}`, () => {
      const file = path.join(root, name)
      install(kind)
      // What Git does to line ends is no change.
      edit(file, (text) => text.replaceAll('\n', '\r\n'))
      assert.notEqual(look(kind)[1], 'it was changed by hand')
      edit(file, (text) => `${text.replaceAll('\r\n', '\n')}# mine\n`)
      assert.deepEqual(look(kind), [true, 'it was changed by hand'])
      for (const command of ['install', 'uninstall']) {
        const {status, stderr} = own('hook', command, kind)
        assert.equal(status, 2)
        assert.match(stderr, /was changed after docker-slim-check wrote it/)
      }
      assert.match(readFileSync(file, 'utf8'), /# mine\n$/)
    })
  }

  for (const [kind, flag] of [
    ['after-build', '--max-transfer=1MB'],
    ['git', '--stop'],
    ['make', '--path=x'],
  ] as const) {
    it(`takes no option that does nothing: ${kind} ${flag}`, () => {
      const {status, stderr} = own('hook', 'install', kind, flag)
      assert.equal(status, 2)
      assert.match(stderr, /has no effect for/)
    })
  }

  it('tells of after-build when the plugin is missing', () => {
    install('after-build')
    assert.deepEqual(look('after-build'), [true, 'the plugin is missing: run docker-slim-check install'])
    own('install')
    assert.deepEqual(look('after-build'), [true, undefined])
  })

  it('tells of a Git hook that Git does not run, and of one that lacks its other half', () => {
    install('git')
    rmSync(path.join(root, '.git/hooks/pre-push'))
    assert.match(look('git')[1] ?? '', CHANGED)
    chmodSync(path.join(root, '.git/hooks/pre-commit'), 0o644)
    assert.deepEqual(look('git'), [true, 'pre-commit is not executable, so that Git does not run it'])
  })

  it('still tells of what is installed where it could not be installed now', () => {
    install('git')
    install('docker-build')
    writeTree(root, {'lefthook.yml': ''})
    assert.deepEqual(look('git'), [true, '"lefthook.yml" belongs to lefthook'])
    rmSync(path.join(config, 'cli-plugins/docker-buildx'))
    const [isInstalled, problem] = look('docker-build')
    assert.ok(isInstalled)
    // Unless the machine has one elsewhere.
    if (problem !== undefined) assert.match(problem, /Docker plugin not found: "buildx"|was changed/)
  })

  for (const [kind, file] of [
    ['make', 'Makefile'],
    ['npm', 'package.json'],
  ] as const) {
    it(`tells of lines changed by hand: ${kind}`, () => {
      install(kind)
      edit(path.join(root, file), (text) => text.replace('hook check .', 'hook check . --target x'))
      assert.match(look(kind)[1] ?? '', CHANGED)
    })
  }

  it('is a table for people', () => {
    install('docker-build')
    rmSync(launcher)
    assert.match(
      own('hook', 'status').stdout,
      /^docker-build {2}installed {2}\S+config\.json; Does not check .*\n {14}but {8}\S+ is gone, so that docker build fails$/m,
    )
  })

  for (const size of ['lots', '1;true', '50MB\n', '-1', '']) {
    it(`does not come to a budget that is no size: ${JSON.stringify(size)}`, () => {
      for (const command of ['install', 'print']) {
        const {status, stderr} = own('hook', command, 'make', '--max-transfer', size)
        const isSize = size === '50MB\n'
        assert.equal(status, isSize ? 0 : 2)
        if (!isSize) assert.match(stderr, /--max-transfer: ".*" is not a size/)
      }
      assert.doesNotMatch(readFileSync(path.join(root, 'Makefile'), 'utf8'), /lots|true|-1/)
    })
  }
})
