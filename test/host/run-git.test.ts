import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {chmodSync, existsSync, utimesSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {runGit} from '../../src/host/process/run-git.js'
import {listChangesSince} from '../../src/services/cache/changes/list-changes.js'
import {GitDirectory} from '../../src/services/load/git-repository.js'
import {walkContext} from '../../src/tree/walk/walk.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'

describe('runGit', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    const git = (...words: string[]) =>
      execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], {
        stdio: 'pipe',
      })
    git('init', '-q')
    writeFileSync(path.join(root, 'a'), 'one')
    git('add', '-A')
    git('commit', '-q', '-m', 'one')
    writeFileSync(path.join(root, 'a'), 'two')
    git('commit', '-q', '-a', '-m', 'two')
  })
  after(() => removeTree(root))

  it('starts nothing that a repository names', async () => {
    const trap = path.join(root, 'trap.sh')
    const sprung = path.join(root, 'sprung')
    writeFileSync(trap, `#!/bin/sh\ntouch '${sprung}'\n`)
    chmodSync(trap, 0o755)
    const settings = [
      'core.fsmonitor',
      'diff.external',
      'core.pager',
      'filter.f.clean',
      'filter.f.process',
      'diff.d.textconv',
      'core.sshCommand',
      'uploadpack.packObjectsHook',
      'core.alternateRefsCommand',
    ]
    for (const setting of settings) execFileSync('git', ['-C', root, 'config', setting, trap])
    writeFileSync(path.join(root, '.gitattributes'), '* filter=f diff=d\n')
    writeFileSync(path.join(root, '.git/hooks/post-index-change'), `#!/bin/sh\ntouch '${sprung}'\n`, {
      mode: 0o755,
    })
    writeFileSync(path.join(root, 'a'), 'tri')
    utimesSync(path.join(root, 'a'), 1, 1)
    const git = new GitDirectory(root)
    const [commit] = await git.listLastCommits(5)
    assert.deepEqual(
      commit?.changes.map((change) => change.path.toString()),
      ['a'],
    )
    const {tree} = await walkContext(root)
    const since = await listChangesSince(git, await git.resolveCommit('HEAD'), tree, root)
    assert.deepEqual(
      since.map((change) => [change.path.toString(), change.after?.blob]),
      [['a', null]],
    )
    await git.listFiles(commit!.commit)
    assert.ok(!existsSync(sprung))
  })

  it('tells what failed', async () => {
    const outcome = await runGit(['rev-parse', '--verify', '--end-of-options', '--all'], root)
    assert.equal(outcome.status, 'failed')
    await assert.rejects(new GitDirectory(root).resolveCommit('--output=x'), {code: 'revision-unknown'})
    await assert.rejects(new GitDirectory(root).resolveCommit('nowhere'), {code: 'revision-unknown'})
  })
})
