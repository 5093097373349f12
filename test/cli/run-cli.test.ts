import assert from 'node:assert/strict'
import {copyFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {runProgram} from '../helpers/docker.js'
import {projectRoot} from '../helpers/project.js'
import {runCli} from '../helpers/run-cli.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'

describe('the program', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
  })
  after(() => removeTree(root))

  for (const word of ['version', '-v', '-V']) {
    it(`tells its version when asked with ${word}`, () => {
      const {status, stdout} = runCli([word])
      assert.equal(stdout, runCli(['--version']).stdout)
      assert.equal(status, 0)
    })
  }

  const {engines} = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
    engines: {node: string}
  }
  const oldest = engines.node.replace('>=', '')
  const versions: [version: string, starts: boolean][] = [
    ['18.20.4', false],
    ['20.18.3', false],
    [`${oldest}.0`, true],
    ['21.1.0', true],
    ['26.0.0', true],
  ]
  for (const [version, starts] of versions) {
    it(`${starts ? 'starts' : 'says what it needs'} on Node ${version}`, () => {
      const fake = path.join(root, `${version}.cjs`)
      writeFileSync(fake, `Object.defineProperty(process.versions, 'node', {value: '${version}'})\n`)
      const {status, stderr} = runCli(['--help'], {env: {NODE_OPTIONS: `--require ${fake}`}})
      if (starts) assert.deepEqual([status, stderr], [0, ''])
      else {
        assert.equal(status, 2)
        assert.match(
          stderr,
          new RegExp(`^Error: docker-slim-check needs Node ${oldest} or newer; this is Node ${version} `),
        )
        assert.match(stderr, /\nTry this: Install a newer Node/)
      }
    })
  }

  it('says that it is not built', () => {
    const bare = path.join(root, 'bare')
    for (const file of ['bin/run.js', 'bin/package.json', 'package.json']) {
      mkdirSync(path.dirname(path.join(bare, file)), {recursive: true})
      copyFileSync(path.join(projectRoot, file), path.join(bare, file))
    }
    const {status, stderr} = runProgram(process.execPath, [path.join(bare, 'bin/run.js'), '.'])
    assert.equal(status, 2)
    assert.match(stderr, /^Error: docker-slim-check is not built: .*\nTry this: .*npm ci/)
  })
})
