import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {FORMATS} from '../../../src/cli/reports/choose-format.js'
import {projectRoot} from '../../helpers/project.js'
import {runCli} from '../../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('where a report goes', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      'app/Dockerfile': 'FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n',
      'app/package.json': '{}',
      'app/package-lock.json': '{}',
      'app/compose.yaml': 'services: {web: {build: .}}\n',
      'app/src/a.js': 'x',
      'README.md': '# My project\n',
      'empty.txt': '',
    })
  })
  after(() => removeTree(root))
  const run = (...words: string[]) => runCli(words, {cwd: root})

  for (const command of ['context', 'cache', 'dockerfile', 'compose']) {
    for (const format of FORMATS) {
      it(`${command} --format ${format} takes the place of its last report`, () => {
        const file = path.join(root, `${command}-${format}.out`)
        const words = [command, 'app', '--fail-on', 'never', '--format', format, '-o', file]
        assert.deepEqual([run(...words).status, run(...words).status], [0, 0])
        assert.ok(readFileSync(file).length > 0 || format === 'github')
      })
    }
  }

  it('leaves a file of somebody else alone', () => {
    const {status, stderr} = run('context', 'app', '-o', 'README.md')
    assert.equal(status, 2)
    assert.match(stderr, /^Error: "README.md" exists and is not a report of slim-check/)
    assert.equal(readFileSync(path.join(root, 'README.md'), 'utf8'), '# My project\n')
  })

  it('fills an empty file', () => {
    assert.equal(run('context', 'app', '-o', 'empty.txt').status, 0)
    assert.match(readFileSync(path.join(root, 'empty.txt'), 'utf8'), /^Context app/)
  })

  const names: [name: string, start: RegExp | null][] = [
    ['report', /^Context/],
    ['report.txt', /^Context/],
    ['report.HTML', /^<!doctype html>/],
    ['report.md', /^<!-- slim-check -->/],
    ['a.b/report', /^Context/],
    ['report.foo', null],
    ['report.yaml', null],
    ['.foo', null],
  ]
  for (const [name, start] of names) {
    it(`${name} ${start === null ? 'is refused' : 'chooses its format'}`, () => {
      writeTree(root, {'a.b/x': ''})
      const {status, stderr} = run('context', 'app', '-o', name)
      if (start === null) {
        assert.equal(status, 2)
        assert.match(
          stderr,
          /^Error: --output: the ending of ".*" is not that of a format\nTry this: End it with \.html/,
        )
      } else assert.match(readFileSync(path.join(root, name), 'utf8'), start!)
    })
  }

  it('- is standard output', () => {
    assert.match(run('context', 'app', '-o', '-').stdout, /^Context app/)
  })

  it('ls --output-context - writes the tar to standard output', () => {
    const bin = path.join(projectRoot, 'bin/run.js')
    const {stdout, stderr} = spawnSync(process.execPath, [bin, 'ls', 'app', '--output-context', '-'], {
      cwd: root,
    })
    assert.match(stderr.toString(), /^Wrote 6 entries to standard output$/m)
    writeFileSync(path.join(root, 'x.tar'), stdout)
    assert.equal(run('ls', 'app', '--output-context', 'y.tar').status, 0)
    assert.deepEqual(stdout, readFileSync(path.join(root, 'y.tar')))
  })

  it('--platform that is none is blamed on the flag', () => {
    const {status, stderr} = run('context', 'app', '--platform', 'foo')
    assert.equal(status, 2)
    assert.match(
      stderr,
      /^Error: --platform: "foo" is not a platform\nTry this: Write one such as linux\/amd64/,
    )
  })
})
