import assert from 'node:assert/strict'
import path from 'node:path'
import {withRandom} from '../helpers/random.js'
import {skipUnless} from '../helpers/skip.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {killScenario} from './kill/kill-scenario.js'
import {runRecorded, runToEnd} from './kill/run-recorded.js'
import {dropTemporary, findFault, makeStart, SCENARIOS} from './kill/scenarios.js'
import {readState, restoreState, type TreeState} from './kill/tree-state.js'

describe('a command that is killed while it changes files', () => {
  let directory = ''
  let root = ''
  before(function () {
    skipUnless(this, process.platform !== 'win32', 'not on Windows')
  })
  beforeEach(() => {
    directory = makeTemporaryDirectory()
    root = path.join(directory, 'tree')
    makeStart(root)
  })
  afterEach(() => removeTree(directory))

  for (const {title, calls} of SCENARIOS) {
    it(`${title}: leaves old files or new ones at every call to the system, and runs again`, async () => {
      for (const call of calls) {
        const {states, whole} = await runRecorded(root, call)
        const [before, after] = [whole[0]!, whole.at(-1)!]
        assert.deepEqual(dropTemporary(after), after, 'something is left')
        const halfway = new Map<string, TreeState>()
        for (const state of states) {
          assert.equal(findFault(state, whole), null, call.words.join(' '))
          halfway.set(JSON.stringify(dropTemporary(state)), state)
        }
        // Where all is old or all is new there is nothing to take up.
        for (const state of [before, after]) halfway.delete(JSON.stringify(state))
        for (const state of halfway.values()) {
          restoreState(root, state)
          await runToEnd(root, call.words)
          assert.deepEqual(dropTemporary(readState(root)), after, `${call.words.join(' ')}, taken up`)
        }
        restoreState(root, after)
      }
    })
  }

  it('by the system, at any moment', () =>
    withRandom(async (random) => {
      const scenario = SCENARIOS.at(-1)!
      const {killed} = await killScenario(root, scenario, {kills: 3, random})
      assert.equal(killed, 3 * scenario.calls.length)
    }))
})
