import assert from 'node:assert/strict'
import {requestedPaths} from '../../../src/build/graph/requests/requested-paths.js'
import {DockerfileError} from '../../../src/errors.js'
import {readConformanceRows} from '../../helpers/project.js'

interface DockerfileRow {
  name: string
  dockerfile: string
  target: string
  buildArgs: Record<string, string>
  expect: {usesContext: boolean; followPaths: string[] | null} | {error: string}
}

interface TransferRow {
  name: string
  files: Record<string, string>
  target: string
  buildArgs: Record<string, string>
  expect: {usesContext: boolean}
}

describe('conformance with BuildKit: dockerfile.jsonl', () => {
  for (const {name, dockerfile, target, buildArgs, expect} of readConformanceRows<DockerfileRow>(
    'dockerfile.jsonl',
  )) {
    it(name, () => {
      const ask = () => requestedPaths(dockerfile, {target, buildArgs})
      if ('error' in expect) {
        assert.throws(ask, DockerfileError)
      } else {
        const {usesContext, paths} = ask()
        assert.deepEqual({usesContext, followPaths: paths}, expect)
      }
    })
  }
})

describe('conformance with BuildKit: the Dockerfiles of transfer.jsonl', () => {
  it('are all accepted, and use the context when the engine sent one', () => {
    for (const {name, files, target, buildArgs, expect} of readConformanceRows<TransferRow>(
      'transfer.jsonl',
    )) {
      const {usesContext} = requestedPaths(files.Dockerfile ?? '', {target, buildArgs})
      if ('usesContext' in expect) assert.equal(usesContext, expect.usesContext, name)
    }
  })
})
