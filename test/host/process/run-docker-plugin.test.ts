import assert from 'node:assert/strict'
import {chmodSync} from 'node:fs'
import path from 'node:path'
import {runDockerPlugin} from '../../../src/host/process/run-docker-plugin.js'
import '../../helpers/starts-programs.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

describe('runDockerPlugin', () => {
  let directory: string

  beforeEach(() => {
    directory = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(directory))

  const run = (script: string, env: NodeJS.ProcessEnv = {}) => {
    writeTree(directory, {'cli-plugins/docker-buildx': `#!/bin/sh\n${script}\n`})
    chmodSync(path.join(directory, 'cli-plugins/docker-buildx'), 0o755)
    return runDockerPlugin('buildx', ['bake'], {
      workingDir: directory,
      env: {PATH: process.env.PATH, DOCKER_CONFIG: directory, ...env},
      limitMs: 10_000,
    })
  }

  it('hides from it that Docker has called us, and nothing else', async () => {
    const env = {DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: '/usr/bin/docker', TAG: 'x'}
    const output = 'echo "[$DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND][$TAG][$1]"'
    assert.deepEqual(await run(output, env), {status: 'done', output: '[][x][bake]\n'})
  })

  it('takes the line that says what is wrong', async () => {
    const outcome = await run('echo "#1 [internal] load" >&2; echo "ERROR: no such target" >&2; exit 1')
    assert.deepEqual(outcome, {status: 'failed', reason: 'no such target'})
  })
})
