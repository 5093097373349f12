import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {type CliResult, runCli} from '../../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('ls', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {
      'app/Dockerfile': 'FROM scratch\nCOPY src /\n',
      'app/.dockerignore': 'logs\n',
      'app/src/a.js': 'a',
      'app/logs/x': 'x',
      'plain/a.js': 'a',
    })
  })
  after(() => removeTree(root))

  const run = (...args: string[]): CliResult => runCli(['ls', 'app', ...args], {cwd: root})

  it('says that there is no Dockerfile, beside the list', () => {
    const {stdout, stderr} = runCli(['ls', 'plain'], {cwd: root})
    assert.equal(stdout, 'a.js\n')
    assert.match(stderr, /^There is no Dockerfile/)
    assert.equal(run().stderr, '')
  })

  it('tells with --long --json what asks for each entry', () => {
    const {entries} = JSON.parse(run('--long', '--json').stdout)
    assert.deepEqual(
      entries.map((entry: {path: string; requestedBy: object[]}) => [entry.path, entry.requestedBy]),
      [
        ['src', [{file: 'Dockerfile', line: 2, text: 'COPY src /'}]],
        ['src/a.js', [{file: 'Dockerfile', line: 2, text: 'COPY src /'}]],
      ],
    )
    const plain = JSON.parse(run('--json').stdout).entries
    assert.deepEqual(
      plain.map((entry: {path: string}) => Object.keys(entry)),
      entries.map((entry: object) => Object.keys(entry).filter((key) => key !== 'requestedBy')),
    )
  })

  it('names the Dockerfile in force', () => {
    writeTree(root, {'app/api/Dockerfile': 'FROM scratch\nCOPY api /\n'})
    assert.match(run('--long', '--file', 'app/api/Dockerfile').stdout, / api\/Dockerfile:2 COPY api \/$/m)
    removeTree(path.join(root, 'app/api'))
  })

  const outputs: [args: string[], stdout: string | RegExp][] = [
    [[], 'src/\nsrc/a.js\n'],
    [['-0'], 'src\0src/a.js\0'],
    [['--ignored', '--null'], 'logs\0'],
    [['--ignored'], /logs.*\.dockerignore:1/],
    [['--long'], /^-rw-r--r--.* src\/a\.js/m],
  ]
  for (const [args, expected] of outputs) {
    it(`lists with ${args.join(' ') || 'no flag'}`, () => {
      const {status, stdout} = run(...args)
      assert.equal(status, 0)
      if (typeof expected === 'string') assert.equal(stdout, expected)
      else assert.match(stdout, expected)
    })
  }

  it('replaces with a tar no file of somebody else', () => {
    writeTree(root, {'notes.md': '# mine\n', 'short.txt': 'x', 'empty.tar': ''})
    for (const name of ['notes.md', 'short.txt', 'app']) {
      const {status, stderr} = run('--output-context', name)
      assert.equal(status, 2)
      assert.equal(
        stderr,
        `Error: "${name}" exists and is not a tar, so it was not overwritten\nTry this: Choose another name, or delete that file first\n`,
      )
    }
    assert.equal(readFileSync(path.join(root, 'notes.md'), 'utf8'), '# mine\n')
    const again = ['empty.tar', 'empty.tar'].map((name) => run('--output-context', name))
    assert.deepEqual(
      again.map(({status, stderr}) => [status, stderr]),
      [
        [0, 'Wrote 2 entries to empty.tar\n'],
        [0, 'Wrote 2 entries to empty.tar\n'],
      ],
    )
  })

  it('says of a tar in the context that the next build sends it', () => {
    const {stderr} = run('--output-context', 'app/src/all.tar')
    assert.match(stderr, /^Note: src\/all\.tar is now part of the build context; a line "src\/all\.tar"/m)
    removeTree(path.join(root, 'app/src/all.tar'))
  })

  for (const flag of ['--long', '--null', '--ignored', '--json']) {
    it(`refuses ${flag} beside --output-context, which lists nothing`, () => {
      const {status, stdout, stderr} = run(flag, '--output-context', path.join(root, 'x.tar'))
      assert.deepEqual([status, flag === '--json' ? '' : stdout], [2, ''])
      assert.match(stderr + stdout, /exclude each other/)
    })
  }
})
