import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {ask, readIgnoreFile} from '../corpus/ask.js'
import {checkAnswer} from '../corpus/check-answer.js'
import {readCorpus} from '../corpus/read-corpus.js'
import {findBuildx, hasProgram} from '../helpers/docker.js'
import {projectRoot} from '../helpers/project.js'
import {skipUnless} from '../helpers/skip.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'

const DIRECTORY = path.join(projectRoot, 'test/cases')

/** Cases that are not answered rightly yet. The list may only shrink: a listed case that passes fails its test. */
const PENDING = new Set(readFileSync(path.join(DIRECTORY, 'pending.txt'), 'utf8').split('\n').filter(Boolean))

describe('problems that people reported, and others of their kinds', () => {
  const examples = [DIRECTORY, path.join(DIRECTORY, 'own')].flatMap(readCorpus)
  let root = ''
  before(function () {
    skipUnless(this, hasProgram('git'), 'needs git')
    root = makeTemporaryDirectory()
  })
  after(() => removeTree(root))

  for (const {label, kind, command, layOut} of examples) {
    it(`${kind} ${label.name}`, function () {
      if (label.needs === 'buildx') skipUnless(this, findBuildx() !== null, 'buildx')
      const project = layOut(root)
      const faults = checkAnswer(ask(command, project), label, readIgnoreFile(project))
      if (PENDING.has(label.name)) {
        assert.notDeepEqual(faults, [], 'it is answered rightly now: take it out of test/cases/pending.txt')
      } else assert.deepEqual(faults, [])
    })
  }

  it('names cases that there are, each once', () => {
    const names = examples.map(({label}) => label.name)
    assert.equal(new Set(names).size, names.length)
    assert.deepEqual(
      [...PENDING].filter((name) => !names.includes(name)),
      [],
    )
  })
})
