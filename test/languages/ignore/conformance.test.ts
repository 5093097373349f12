import assert from 'node:assert/strict'
import {IgnoreFileError, IgnorePatternError} from '../../../src/errors.js'
import {type IgnoreFile, parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'
import {PatternMatcher} from '../../../src/languages/ignore/pattern-matcher.js'
import {readConformanceRows} from '../../helpers/project.js'

interface Row {
  name: string
  ignore: string
  patterns: string[] | null
  paths: string[]
  excluded?: boolean[]
  arrivesEmpty?: string[]
  error?: string
  matchError?: string
}

describe('ignore files against the reference', () => {
  const rows = readConformanceRows<Row>('ignore.jsonl')

  it('has all the rows', () => assert.equal(rows.length, 1638))

  for (const row of rows) {
    it(row.name, () => {
      if (row.error !== undefined) return assert.throws(() => parseIgnoreFile(row.ignore), IgnoreFileError)
      const file = parseIgnoreFile(row.ignore)
      assert.deepEqual(
        file.patterns.map(({text}) => text),
        row.patterns ?? [],
      )
      if (row.matchError !== undefined)
        return assert.throws(() => answer(file, row.paths), IgnorePatternError)
      assert.deepEqual(answer(file, row.paths), {
        excluded: row.excluded,
        arrivesEmpty: row.arrivesEmpty ?? [],
      })
    })
  }
})

function answer(file: IgnoreFile, paths: string[]): {excluded: boolean[]; arrivesEmpty: string[]} {
  const matcher = new PatternMatcher(file.patterns)
  const excluded = paths.map((path) => matcher.matchPath(path).matched)
  const arrivesEmpty = paths.filter((path, index) => !excluded[index] && matcher.holdsBackContent(path))
  return {excluded, arrivesEmpty}
}
