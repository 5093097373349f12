import assert from 'node:assert/strict'
import type {SuggestedLine} from '../../../src/advice/suggest/suggested-line.js'
import {predictTransfer} from '../../../src/build/transfer/predict-transfer.js'
import {selectEntries} from '../../../src/build/transfer/select-entries.js'
import {IgnoreRules} from '../../../src/languages/ignore/ignore-rules.js'
import {parsePattern} from '../../../src/languages/ignore/parse-ignore-file.js'
import {savingOf} from '../../../src/report/headline.js'
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

/** What one line saves by moving the numbers of later entries counts for none of those that are added up. */
const SHIFT_BYTES = 3

/** What all lines save together, measured from the beginning. */
function measureTogether(project: Project, lines: readonly SuggestedLine[]): number {
  const {tree, plans} = loadProject(project)
  return plans.reduce((saved, {main}) => {
    const patterns = [...(main.filter.ignore?.patterns ?? [])]
    const negation = patterns.findIndex(({negated}) => negated)
    const [last, early] = [
      lines.filter(({placement}) => placement === 'end' || negation < 0),
      lines.filter(({placement}) => placement !== 'end' && negation >= 0),
    ].map((some) => some.map(({pattern}) => parsePattern(pattern)))
    const edited = [...patterns.toSpliced(Math.max(negation, 0), 0, ...early!), ...last!]
    const selection = selectEntries(tree, {...main.filter, ignore: new IgnoreRules(edited)})
    return saved + main.transfer.sizes.transferBytes - predictTransfer(tree, selection).sizes.transferBytes
  }, 0)
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

    it(`says nothing new once its lines stand there: ${project.title}`, () => {
      const {ignore = ''} = project
      const safe = suggest(project).lines.filter(({confidence}) => confidence === 'safe')
      const written = [ignore.trimEnd(), ...safe.map(({pattern}) => pattern)].filter(Boolean)
      const again = suggest({...project, ignore: `${written.join('\n')}\n`}).lines
      const news = again.filter(({confidence, pattern}) => confidence === 'safe' && !ignore.includes(pattern))
      assert.deepEqual(
        news.map(({pattern}) => pattern),
        [],
      )
    })

    it(`adds up to what all lines save together: ${project.title}`, () => {
      const lines = suggest(project).lines.filter(({confidence}) => confidence !== 'blocked')
      const sum = lines.reduce((bytes, line) => bytes + savingOf({...line, ignoreFile: ''}), 0)
      const together = measureTogether(project, lines)
      assert.ok(Math.abs(sum - together) <= SHIFT_BYTES * lines.length, `${sum}, together ${together}`)
    })
  }
})
