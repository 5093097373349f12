import assert from 'node:assert/strict'
import {observePatterns} from '../../../src/advice/facts/observe-patterns.js'
import {RuleFacts} from '../../../src/advice/facts/rule-facts.js'
import {selectEntries} from '../../../src/build/transfer/select-entries.js'
import {IgnoreRules} from '../../../src/languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'
import {createFileTree} from '../rules/create-file-tree.js'
import {createInput} from '../rules/create-input.js'

const TREE = ['a/a/a', 'a/a/b', 'a/b', 'b/a/a', 'b/b', 'c', 'ab/a', 'ab/c']
const GLOBS = [
  'a',
  'b',
  'c',
  'a/a',
  'a/b',
  'a/*',
  '*',
  '**',
  '**/a',
  '*/a',
  'a/a/a',
  '**/b',
  'a*',
  '*b',
  'ab/**',
  'b/a',
]
const MODEL = createFileTree(TREE)
const ROUNDS = 200

/** What a build gets: the entries and which of them are empty. */
function transferOf(lines: readonly string[]): string {
  const {patterns} = parseIgnoreFile(lines.join('\n'))
  const {entries, arrivesEmpty} = selectEntries(MODEL, {
    ignore: new IgnoreRules(patterns),
    requested: null,
  })
  return [...entries]
    .map((index) => MODEL.pathOf(index) + (arrivesEmpty.has(index) ? ' empty' : ''))
    .join(' ')
}

function* randomIgnoreFiles(): Generator<string[]> {
  let seed = 1
  const next = (limit: number): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % limit
  }
  for (let round = 0; round < ROUNDS; round++) {
    yield Array.from({length: 1 + next(6)}, () => (next(3) === 0 ? '!' : '') + GLOBS[next(GLOBS.length)])
  }
}

describe('observed patterns', () => {
  it('are needed wherever the transfer is another without them', () => {
    for (const lines of randomIgnoreFiles()) {
      const {patterns} = observePatterns(MODEL, new IgnoreRules(parseIgnoreFile(lines.join('\n')).patterns))
      for (const [number, {isNeeded}] of patterns.entries()) {
        const others = lines.filter((_, at) => at !== number)
        if (!isNeeded) assert.equal(transferOf(others), transferOf(lines), `${lines.join(' | ')}: ${number}`)
      }
    }
  })

  it('may all go at once that are called superfluous', () => {
    for (const lines of randomIgnoreFiles()) {
      const {patternOutcomes} = new RuleFacts(createInput({ignore: lines.join('\n'), tree: TREE}))
      const kept = lines.filter((_, at) => ['works', 'root-only'].includes(patternOutcomes[at]!.kind))
      assert.equal(transferOf(kept), transferOf(lines), `${lines.join(' | ')} -> ${kept.join(' | ')}`)
    }
  })

  it('are counted with what Docker visits', () => {
    const {visitedCount, vainCount, prunedDirectories} = observePatterns(
      MODEL,
      new IgnoreRules(parseIgnoreFile('a\n!b*').patterns),
    )
    assert.deepEqual(
      {visitedCount, vainCount, pruned: [...prunedDirectories]},
      {visitedCount: 13, vainCount: 4, pruned: []},
    )
  })
})
