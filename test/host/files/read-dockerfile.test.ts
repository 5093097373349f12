import assert from 'node:assert/strict'
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {readDockerfile} from '../../../src/host/files/read-dockerfile.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

/** Where `app/Dockerfile` leads, and what is read; null: Docker does not follow it. */
const ROWS: readonly [target: string, content: string | null][] = [
  ['Dockerfile.web', 'web'],
  ['docker/prod', 'prod'],
  ['../common/Dockerfile', null],
  // to the builder the directory is the root
  ['../docker/prod', 'prod'],
  ['/docker/prod', 'prod'],
]

describe('readDockerfile', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
    for (const [name, text] of [
      ['app/Dockerfile.web', 'web'],
      ['app/docker/prod', 'prod'],
      ['common/Dockerfile', 'common'],
    ] as const) {
      mkdirSync(path.join(root, path.dirname(name)), {recursive: true})
      writeFileSync(path.join(root, name), text)
    }
  })
  after(() => removeTree(root))

  for (const [index, [target, content]] of ROWS.entries()) {
    it(`a link to ${target}`, () => {
      const link = path.join(root, 'app', `Dockerfile${index}`)
      symlinkSync(target, link)
      const read = () => Buffer.from(readDockerfile(link, 'Dockerfile')).toString()
      if (content === null) assert.throws(read, /is a link to "\.\.\/common\/Dockerfile", outside/)
      else assert.equal(read(), content)
    })
  }
})
