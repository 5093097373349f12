import assert from 'node:assert/strict'
import {SlimCheckError} from '../../../src/errors.js'
import {analyzeCompose} from '../../../src/services/compose/analyze-compose.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'
import {MORE_REFUSED_ROWS} from '../../plan/compose/more-refused-rows.js'
import {type ProjectTexts, REFUSED_ROWS, TAKEN_ROWS} from '../../plan/compose/refused-rows.js'
import {START_ROWS} from '../../plan/compose/start-rows.js'

describe('projects that Compose refuses', () => {
  let directory = ''
  beforeEach(() => {
    directory = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(directory))

  /** Errors, also where nothing could be read. */
  const listErrors = async (texts: ProjectTexts): Promise<string[]> => {
    writeTree(directory, typeof texts === 'string' ? {'compose.yaml': texts} : texts)
    try {
      const {findings} = await analyzeCompose({contextDir: '.', workingDir: directory, env: {}})
      return findings.filter(({severity}) => severity === 'error').map(({message}) => message)
    } catch (error) {
      if (!(error instanceof SlimCheckError)) throw error
      return [error.message]
    }
  }

  for (const {what, faulty, sound} of [...REFUSED_ROWS, ...MORE_REFUSED_ROWS]) {
    it(`tells ${what}, and nothing where it is right`, async () => {
      assert.notDeepEqual(await listErrors(faulty), [])
      removeTree(directory)
      directory = makeTemporaryDirectory()
      assert.deepEqual(await listErrors(sound), [])
    })
  }

  for (const {what, faulty, sound} of START_ROWS) {
    it(`tells that ${what} never starts`, async () => {
      const [message = ''] = await listErrors(faulty)
      assert.match(message, /: docker compose up fails$/)
      assert.deepEqual(await listErrors(sound), [])
    })
  }

  for (const [what, texts] of TAKEN_ROWS) {
    it(`tells nothing of ${what}`, async () => {
      assert.deepEqual(await listErrors(texts), [])
    })
  }
})
