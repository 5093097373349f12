import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import type {CacheReport} from '../../../src/report/cache-report.js'
import {runCli} from '../../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const FIRST = 'The last commit is not shown: it is the first, with nothing before it to compare it with'
const NONE = 'The last commit is not shown: there is no commit yet'
const SHALLOW =
  'The last commit is not shown: this clone lacks the one before it; fetch that with "git fetch --deepen=1", in GitHub Actions with fetch-depth: 2'
const THREE =
  '2 of the last 3 commits are not shown: this clone is shallow; fetch more with "git fetch --deepen=2", in GitHub Actions with fetch-depth: 4'

describe('cache where earlier commits are not known', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {'app/Dockerfile': 'FROM node:20\nCOPY . .\n', 'app/index.js': 'one'})
  })
  afterEach(() => removeTree(root))

  const git = (directory: string, ...words: string[]) =>
    execFileSync(
      'git',
      ['-C', path.join(root, directory), '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words],
      {stdio: 'pipe'},
    )
  const commit = (text: string) => {
    writeFileSync(path.join(root, 'app/index.js'), text)
    git('app', 'add', '-A')
    git('app', 'commit', '-q', '-m', text)
  }
  const clone = (depth: number) =>
    git('.', 'clone', '-q', `--depth=${depth}`, pathToFileURL(path.join(root, 'app')).href, 'clone')
  const leftOut = (directory: string, ...words: string[]): readonly string[] => {
    const {stdout} = runCli(['cache', '--json', ...words], {cwd: path.join(root, directory)})
    return (JSON.parse(stdout) as CacheReport).builds[0]!.leftOut
  }

  it('says nothing of commits without a repository', () => assert.deepEqual(leftOut('app'), []))

  it('says that there is none yet, that it is the first, and nothing from the second on', () => {
    git('app', 'init', '-q')
    assert.deepEqual(leftOut('app'), [NONE])
    commit('one')
    assert.deepEqual(leftOut('app'), [FIRST])
    assert.deepEqual(leftOut('app', '--changed', 'index.js'), [])
    commit('two')
    assert.deepEqual(leftOut('app'), [])
    // There are no more, and all that there are were told.
    assert.deepEqual(leftOut('app', '--last', '3'), [])
  })

  it('says how to get what a shallow clone lacks, in every form', () => {
    git('app', 'init', '-q')
    for (const text of ['one', 'two', 'three']) commit(text)
    clone(1)
    assert.deepEqual(leftOut('clone'), [SHALLOW])
    for (const format of ['text', 'markdown', 'html']) {
      const {stdout} = runCli(['cache', `--format=${format}`], {cwd: path.join(root, 'clone')})
      const told = stdout.replaceAll(/\s+/g, ' ').replaceAll(/&quot;|&#34;/g, '"')
      assert.match(told, /this clone lacks the one before it; fetch that with "?`?git fetch --deepen=1/)
    }
    rmSync(path.join(root, 'clone'), {recursive: true})
    clone(2)
    assert.deepEqual(leftOut('clone'), [])
    assert.deepEqual(leftOut('clone', '--last', '3'), [THREE])
  })

  it('says it once of several builds', () => {
    writeTree(root, {'app/other.Dockerfile': 'FROM node:20\nCOPY index.js .\n'})
    git('app', 'init', '-q')
    const {stdout} = runCli(['cache', '--all-dockerfiles'], {cwd: path.join(root, 'app')})
    assert.equal(stdout.split('The last commit is not shown').length, 2)
  })
})
