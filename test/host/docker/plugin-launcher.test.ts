import assert from 'node:assert/strict'
import {chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {createPluginLauncher} from '../../../src/host/docker/plugin-launcher.js'
import {quoteForShell} from '../../../src/languages/text/quote.js'
import {runProgram} from '../../helpers/docker.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

const NAMES = [
  'plain',
  'with space',
  "it's",
  '"quoted"',
  '$HOME `id`',
  'back\\slash',
  'line\nbreak',
  '-dash',
  'ü*?',
]

describe('the launcher', () => {
  let root: string
  before(() => {
    root = makeTemporaryDirectory()
    // a package.json above may make a module of run.js
    writeFileSync(path.join(root, 'package.json'), '{}')
  })
  after(() => removeTree(root))

  for (const name of NAMES) {
    it(`runs a program in ${JSON.stringify(name)}`, () => {
      const directory = path.join(root, name)
      mkdirSync(directory)
      const nodePath = path.join(directory, 'node')
      const programPath = path.join(directory, 'run.js')
      symlinkSync(process.execPath, nodePath)
      writeFileSync(programPath, 'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7')
      const launcher = path.join(directory, 'launcher')
      writeFileSync(launcher, createPluginLauncher({nodePath, programPath, metadata: `{"a":"it's"}`}))
      chmodSync(launcher, 0o755)

      const words = ['slimcheck', 'a b', '', "'", '*', '$x', 'l\nm', '--env-file', 'no-such-file']
      const {status, stdout} = runProgram(launcher, words)
      assert.deepEqual([status, JSON.parse(stdout)], [7, words])

      const metadata = runProgram(launcher, ['docker-cli-plugin-metadata'], {env: {PATH: ''}})
      assert.deepEqual([metadata.status, metadata.stdout, metadata.stderr], [0, `{"a":"it's"}\n`, ''])

      rmSync(programPath)
      const gone = runProgram(launcher, ['slimcheck'])
      assert.equal(gone.status, 2)
      assert.ok(gone.stderr.includes(`"${programPath}" no longer exists`), gone.stderr)
      const hook = runProgram(launcher, ['slimcheck', 'docker-cli-plugin-hooks', '{}'])
      assert.deepEqual([hook.status, hook.stdout, hook.stderr], [0, '', ''])
    })
  }

  it('quotes what a shell gives back', () => {
    for (const name of NAMES) {
      assert.equal(runProgram('sh', ['-c', `printf %s ${quoteForShell(name)}`]).stdout, name)
    }
  })
})
