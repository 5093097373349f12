import assert from 'node:assert/strict'
import {readPipedBuilds} from '../../../src/plan/discover/read-piped-builds.js'
import {createMemoryFiles} from '../memory-files.js'

/** A file, its text, and the line and the Dockerfile that a command gives alone; null: none does. */
const ROWS: readonly [file: string, text: string, expected: string | null][] = [
  ['Makefile', 'image:\n\tdocker build -t a - < Dockerfile\n', '2 /p/Dockerfile'],
  ['build.sh', 'cat docker/Dockerfile | docker buildx build -t a -\n', '1 /p/docker/Dockerfile'],
  ['package.json', '{"scripts": {"image": "docker build -t a - < Dockerfile"}}\n', '1 /p/Dockerfile'],
  ['Makefile', 'image:\n\tdocker build -t a -f - . < Dockerfile\n', null],
  ['Makefile', '# docker build - < Dockerfile\n', null],
  ['Makefile', 'image:\n\ttar -c . | docker build -\n', null],
  ['build.sh', `${'docker build '.repeat(80_000)}- < Dockerfile\n`, null],
  ['README.md', 'docker build - < Dockerfile\n', null],
]

describe('readPipedBuilds', () => {
  for (const [file, text, expected] of ROWS) {
    it(`${file}: ${text
      .split('\n')
      .find((line) => line.includes('docker'))
      ?.slice(0, 60)}`, () => {
      const [found] = readPipedBuilds('/p', createMemoryFiles({[file]: text}))
      assert.equal(found === undefined ? null : `${found.place.line} ${found.dockerfilePath}`, expected)
    })
  }
})
