import assert from 'node:assert/strict'
import {predictTransfer} from '../../../src/build/transfer/predict-transfer.js'
import {selectEntries} from '../../../src/build/transfer/select-entries.js'
import {IgnoreRules} from '../../../src/languages/ignore/ignore-rules.js'
import {parsePattern} from '../../../src/languages/ignore/parse-ignore-file.js'
import {PROJECTS} from './projects.js'
import {loadProject, type Project, suggest} from './suggest.js'

/** What a line saves, measured from the beginning. */
function measureInFull(project: Project, pattern: string, placement: string): number {
  const {tree, plans} = loadProject(project)
  let saved = 0
  for (const {main} of plans) {
    const patterns = [...(main.filter.ignore?.patterns ?? [])]
    const negation = patterns.findIndex(({negated}) => negated)
    const at = placement === 'end' || negation < 0 ? patterns.length : negation
    const edited = patterns.toSpliced(at, 0, parsePattern(pattern))
    const selection = selectEntries(tree, {...main.filter, ignore: new IgnoreRules(edited)})
    saved += main.transfer.sizes.transferBytes - predictTransfer(tree, selection).sizes.transferBytes
  }
  return saved
}

describe('suggestLines', () => {
  for (const project of PROJECTS) {
    it(`proves: ${project.title}`, () => {
      const {lines} = suggest(project)
      const shown = lines.map(({confidence, pattern}) => `${confidence} ${pattern}`)
      assert.deepEqual(
        shown,
        project.expected.map((row) => row.split(' | ')[0]),
      )
      for (const [at, row] of project.expected.entries()) {
        const reason = row.split(' | ')[1]!
        assert.ok(lines[at]!.reason.includes(reason), `${lines[at]!.reason} should say: ${reason}`)
      }
    })

    it(`saves what a full measurement says: ${project.title}`, () => {
      for (const {pattern, placement, savedBytes} of suggest(project).lines) {
        assert.equal(savedBytes, measureInFull(project, pattern, placement), pattern)
      }
    })
  }
})
