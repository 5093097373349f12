import assert from 'node:assert/strict'
import {findDockerError} from '../../../src/host/process/run-docker.js'

describe('findDockerError', () => {
  const rows: [title: string, output: string, found: string][] = [
    [
      'a plugin that is not there',
      "unknown command: docker buildx\n\nRun 'docker --help' for more information\n",
      'docker has no plugin buildx here',
    ],
    [
      'a flag for such a plugin',
      "unknown flag: --file\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n",
      'docker has no plugin buildx here',
    ],
    [
      'an error with an advice behind it',
      'ERROR: failed to build: no such file\n\nView build details: x\n',
      'failed to build: no such file',
    ],
    ['the daemon', 'Error response from daemon: No such image: a:1\n', 'No such image: a:1'],
    ['plain words', 'first\nlast\n', 'last'],
    ['nothing', '\n', 'it ended without a message'],
  ]
  for (const [title, output, found] of rows) {
    it(title, () => assert.equal(findDockerError(output), found))
  }
})
