/** Docker's hook after a build. The docker that calls is a shell of that name, to which `build` is a script to run. */
import assert from 'node:assert/strict'
import {symlinkSync} from 'node:fs'
import path from 'node:path'
import {runProgram} from '../../helpers/docker.js'
import {projectRoot} from '../../helpers/project.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const SCRIPT = `"$NODE" "$RUN" slimcheck docker-cli-plugin-hooks "$MESSAGE"\nexit $?\n`

describe('the answer after a build', () => {
  let root: string

  before(function () {
    // Elsewhere the command line of the caller cannot be had, or only with ps.
    skipUnless(this, process.platform === 'linux', 'on Linux only')
    root = makeTemporaryDirectory()
    writeTree(root, {
      'work/build': SCRIPT,
      'work/run': SCRIPT,
      'work/large/Dockerfile': 'FROM scratch\nCOPY . /\n',
      'work/large/.git/HEAD': 'ref: refs/heads/main\n',
      'work/large/.git/refs/x': '',
      'work/large/.git/objects/pack/x': 'x'.repeat(3_000_000),
      'work/small/Dockerfile': 'FROM scratch\nCOPY . /\n',
    })
    symlinkSync('/bin/sh', path.join(root, 'docker'))
  })
  after(() => {
    if (root) removeTree(root)
  })

  const answer = (words: string[], flags: object = {}, env: NodeJS.ProcessEnv = {}): string => {
    const {stdout, status, stderr} = runProgram(path.join(root, 'docker'), words, {
      cwd: path.join(root, 'work'),
      env: {
        NODE: process.execPath,
        RUN: path.join(projectRoot, 'bin/run.js'),
        MESSAGE: JSON.stringify({RootCmd: 'buildx build', Flags: flags}),
        ...env,
      },
    })
    assert.deepEqual([status, stderr], [0, ''])
    return stdout
  }

  it('says in two lines how much less would do', () => {
    const {Type, Template} = JSON.parse(answer(['build', '-t', 'x', 'large'], {t: ''})) as Record<
      string,
      string
    >
    assert.equal(Type, 0)
    assert.match(
      Template!,
      /^The build context sends 3 MB; after the suggestions \d+ B\nSee the files: docker slimcheck context large$/,
    )
  })

  for (const [what, words, flags, env] of [
    ['all is well', ['build', 'small'], {}, {}],
    ['the flags are those of another command', ['build', 'large'], {t: ''}, {}],
    ['the caller is no build', ['run', 'large'], {}, {}],
    ['the context is gone', ['build', 'gone'], {}, {}],
    ['it is switched off', ['build', 'large'], {}, {SLIM_CHECK: 'off'}],
    ['the legacy builder built', ['build', 'large'], {}, {DOCKER_BUILDKIT: '0'}],
    ['it would take too long', ['build', 'large'], {}, {SLIM_CHECK_TIMEOUT: '0.001'}],
  ] as [string, string[], object, NodeJS.ProcessEnv][]) {
    it(`is silent when ${what}`, () => {
      assert.equal(answer(words, flags, env), '')
    })
  }
})
