/** Our table of projects that Compose refuses against the Compose that is there. No engine is needed. */
import assert from 'node:assert/strict'
import path from 'node:path'
import {runProgram} from '../helpers/docker.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'
import {MORE_REFUSED_ROWS} from '../plan/compose/more-refused-rows.js'
import {ANSWERED_BY, type ProjectTexts, REFUSED_ROWS, TAKEN_ROWS} from '../plan/compose/refused-rows.js'

describe(`projects as Compose takes them, which ${ANSWERED_BY} answered first`, () => {
  let directory = ''

  before(function () {
    if (runProgram('docker', ['compose', 'version']).status !== 0) this.skip()
  })
  beforeEach(() => {
    directory = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(directory))

  const isTaken = (name: string, texts: ProjectTexts): boolean => {
    const folder = path.join(directory, name)
    writeTree(folder, typeof texts === 'string' ? {'compose.yaml': texts} : texts)
    const {status} = runProgram('docker', ['compose', '--project-name', 'app', 'config', '--quiet'], {
      cwd: folder,
    })
    return status === 0
  }

  for (const {what, faulty, sound} of [...REFUSED_ROWS, ...MORE_REFUSED_ROWS]) {
    it(`refuses ${what}`, () => {
      assert.equal(isTaken('faulty', faulty), false)
      assert.equal(isTaken('sound', sound), true)
    })
  }

  for (const [what, texts] of TAKEN_ROWS) {
    it(`takes ${what}`, () => {
      assert.equal(isTaken('taken', texts), true)
    })
  }
})
