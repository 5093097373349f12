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
    assert.deepEqual(await run(output, env), {status: 'done', output: '[][x][bake]\n', errorOutput: ''})
  })

  it('asks docker where the plugin is, unless its answer is extra', async () => {
    writeTree(directory, {
      'bin/docker': '#!/bin/sh\nprintf "slim-test\\t$0-plugin\\n"\n',
      'bin/docker-plugin': '#!/bin/sh\n',
    })
    for (const name of ['docker', 'docker-plugin']) chmodSync(path.join(directory, 'bin', name), 0o755)
    const pathBefore = process.env.PATH
    process.env.PATH = `${path.join(directory, 'bin')}${path.delimiter}${pathBefore}`
    try {
      const call = {workingDir: directory, env: {DOCKER_CONFIG: directory}, limitMs: 10_000}
      assert.equal((await runDockerPlugin('slim-test', [], call)).status, 'done')
      assert.equal((await runDockerPlugin('slim-test', [], {...call, isOptional: true})).status, 'absent')
    } finally {
      process.env.PATH = pathBefore
    }
  })

  it('takes the line that says what is wrong', async () => {
    const outcome = await run('echo "#1 [internal] load" >&2; echo "ERROR: no such target" >&2; exit 1')
    assert.deepEqual(outcome, {status: 'failed', reason: 'no such target'})
  })
})
