import assert from 'node:assert/strict'
import path from 'node:path'
import {readBuildScripts} from '../../../src/plan/discover/read-build-scripts.js'
import {createMemoryFiles} from '../memory-files.js'

/** A file, its text, and the line, the Dockerfile and the context of the build that it tells of; null: none. */
const ROWS: readonly [file: string, text: string, expected: string | null][] = [
  ['package.json', '{"scripts": {"image": "docker build -f ci/Dockerfile ."}}', '1 ci/Dockerfile .'],
  ['scripts/image.sh', 'set -e\ndocker buildx build web --load\n', '2 web/Dockerfile web'],
  ['build.sh', '\ndocker build \\\n  -f ci/Dockerfile "."\n', '2 ci/Dockerfile .'],
  ['build.sh', 'docker build -f $D/Dockerfile .\n', null],
  ['README.md', 'Run `docker build -f ci/Dockerfile .` first.\n', '1 ci/Dockerfile .'],
  ['ci/Dockerfile', '# docker build -f ci/Dockerfile .\nFROM scratch\n', '1 ci/Dockerfile .'],
  ['build.sh', 'docker build - < Dockerfile\n', null],
  ['notes.txt', 'docker build -f ci/Dockerfile .\n', null],
]

describe('readBuildScripts', () => {
  for (const [file, text, expected] of ROWS) {
    it(`${file}: ${text.split('\n').find((line) => line.includes('docker'))}`, () => {
      const files = createMemoryFiles({[file]: text})
      const [found] = readBuildScripts('/p', ['/p/ci/Dockerfile'], files)
      const show = (hostPath: string) => path.relative('/p', hostPath) || '.'
      const shown = found && `${found.place?.line} ${show(found.dockerfilePath!)} ${show(found.contextPath)}`
      assert.equal(shown ?? null, expected)
    })
  }
})
