import assert from 'node:assert/strict'
import {createBuildMetadata, createMetadata, readCall} from '../../../src/host/docker/docker-plugin.js'

const PLUGIN = {DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: '/usr/bin/docker'}
const FUNCTION = {...PLUGIN, SLIM_CHECK_SPELLING: 'docker slim-check'}

describe('the handshake with Docker', () => {
  const rows: [string, Record<string, string>, string, string[], string][] = [
    ['docker-cli-plugin-metadata', PLUGIN, 'metadata', [], ''],
    ['slimcheck context .', PLUGIN, 'command', ['context', '.'], 'docker slimcheck'],
    ['--log-level error slimcheck context .', PLUGIN, 'command', ['context', '.'], 'docker slimcheck'],
    [
      '--context slimcheck slimcheck ls slimcheck',
      PLUGIN,
      'command',
      ['ls', 'slimcheck'],
      'docker slimcheck',
    ],
    ['-Dc slimcheck slimcheck ls', PLUGIN, 'command', ['ls'], 'docker slimcheck'],
    ['-Hslimcheck slimcheck ls', PLUGIN, 'command', ['ls'], 'docker slimcheck'],
    // Our own command, run by a program that Docker started.
    ['why slimcheck', PLUGIN, 'command', ['why', 'slimcheck'], 'docker slimcheck'],
    ['-D slimcheck', PLUGIN, 'command', [], 'docker slimcheck'],
    ['help slimcheck', PLUGIN, 'command', ['--help'], 'docker slimcheck'],
    ['help slimcheck hook check', PLUGIN, 'command', ['hook', 'check', '--help'], 'docker slimcheck'],
    ['slimcheck --help', PLUGIN, 'command', ['--help'], 'docker slimcheck'],
    ['slimcheck help ls', PLUGIN, 'command', ['ls', '--help'], 'docker slimcheck'],
    ['slimcheck context', FUNCTION, 'command', ['context'], 'docker slim-check'],
    ['context .', {}, 'command', ['context', '.'], 'docker-slim-check'],
    ['context slimcheck', {}, 'command', ['context', 'slimcheck'], 'docker-slim-check'],
    ['help ls', {}, 'command', ['ls', '--help'], 'docker-slim-check'],
    ['__complete slimcheck con', PLUGIN, 'complete', ['con'], ''],
    ['__complete con', {}, 'complete', ['con'], ''],
    ['slimcheck docker-cli-plugin-hooks {}', PLUGIN, 'after-build', ['{}'], ''],
  ]
  for (const [line, env, kind, argv, spelling] of rows) {
    it(`reads: ${line}`, () => {
      assert.deepEqual(readCall(line.split(' '), env), {kind, argv, spelling, configDir: null})
    })
  }

  for (const [line, configDir] of [
    ['--config /a slimcheck install', '/a'],
    ['--config=/a -D slimcheck install', '/a'],
    ['-c --config slimcheck install', null],
    ['slimcheck install --config /a', null],
    ['install --config /a', null],
  ] as const) {
    it(`finds Docker's configuration in: ${line}`, () => {
      assert.equal(readCall(line.split(' '), PLUGIN).configDir, configDir)
    })
  }

  const spellings: [string, string, string][] = [
    // The file that Node runs, where the user is, what to type again.
    ['/usr/lib/node_modules/.bin/docker-slim-check', '/data/me', 'docker-slim-check'],
    ['/usr/bin/docker-slim-check', '/usr/bin', 'docker-slim-check'],
    ['/usr/lib/node_modules/docker-slim-check/bin/run.js', '/data/me', 'docker-slim-check'],
    ['/data/me/slim-check/bin/run.js', '/data/me/slim-check', 'node bin/run.js'],
    ['/data/me/slim-check/bin/run.js', '/data/me/shop', 'node ../slim-check/bin/run.js'],
    ['/opt/slim-check/bin/run.js', '/data/me/work/shop/api', 'node /opt/slim-check/bin/run.js'],
    ['/data/me/my tools/bin/run.js', '/data/me/my tools/bin', 'node run.js'],
    ['/data/me/my tools/bin/run.js', '/data/me', 'node "my tools/bin/run.js"'],
  ]
  for (const [script, workingDirectory, spelling] of spellings) {
    it(`spells ${script} in ${workingDirectory}`, () => {
      assert.equal(readCall(['context'], {}, {path: script, workingDirectory}).spelling, spelling)
    })
  }

  it('hides the plugin behind the alias, and only that', () => {
    assert.equal(JSON.parse(createBuildMetadata('1.2.3')).Hidden, true)
    const {Hidden, ...metadata} = JSON.parse(createMetadata('1.2.3'))
    assert.equal(Hidden, undefined)
    assert.equal(metadata.SchemaVersion, '0.1.0')
    assert.ok(metadata.Vendor && metadata.Version && metadata.ShortDescription)
  })
})
