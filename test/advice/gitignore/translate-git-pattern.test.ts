import assert from 'node:assert/strict'
import path from 'node:path'
import {translateGitPattern} from '../../../src/advice/gitignore/translate-git-pattern.js'
import {createIgnoreMatcher} from '../../../src/ignore/ignore-matcher.js'
import {parseIgnoreFile} from '../../../src/ignore/parse-ignore-file.js'
import {askGit, canAskGit} from './git-repository.js'
import {createRandom, pick} from './random.js'

const EXACT = true
const LOOSE = false

const ROWS: [line: string, dir: string, pattern: string | null, exact: boolean][] = [
  ['node_modules', '', '**/node_modules', EXACT],
  ['node_modules/', '', '**/node_modules', LOOSE],
  ['/dist', '', 'dist', EXACT],
  ['/dist/', '', 'dist', LOOSE],
  ['foo/bar', '', 'foo/bar', EXACT],
  ['*.log', '', '**/*.log', EXACT],
  ['*.tmp', 'web', 'web/**/*.tmp', EXACT],
  ['/x', 'a/b', 'a/b/x', EXACT],
  ['x', 'a[b]', 'a\\[b\\]/**/x', EXACT],
  ['!x', '', '!**/x', LOOSE],
  ['!/#x', '', '!\\#x', LOOSE],
  ['a/**/b', '', 'a/**/b', EXACT],
  ['**/a', '', '**/a', EXACT],
  ['**/a', 'web', 'web/**/a', EXACT],
  ['a/**', '', 'a/**', EXACT],
  ['**', '', '**', EXACT],
  ['**', 'web', 'web/**', EXACT],
  ['a/**/**/b', '', 'a/**/b', EXACT],
  ['a/***/b', '', 'a/**/b', EXACT],
  ['a**b', '', '**/a*b', EXACT],
  ['/*', '', '*', EXACT],
  ['[!a]', '', '**/[^a]', EXACT],
  ['x[!a]y', '', '**/x[^a/]y', EXACT],
  ['x[!a]', '', '**/x[^a]', EXACT],
  ['[^a-c]', '', '**/[^a-c]', EXACT],
  ['[]a]', '', '**/[\\]a]', EXACT],
  ['[a-]', '', '**/[a\\-]', EXACT],
  ['[c-a]', '', '**/[c]', EXACT],
  ['[\\d*]', '', '**/[d\\*]', EXACT],
  ['[[:alpha:]_]', '', '**/[[:alpha:]_]', EXACT],
  ['x[+-9]y', '', '**/x[+-9]y', LOOSE],
  ['x[[:punct:]]y', '', '**/x[[:punct:]]y', LOOSE],
  ['[é]', '', '**/[é]', LOOSE],
  ['\\#x', '', '**/#x', EXACT],
  ['/#x', '', '\\#x', EXACT],
  ['/\\!x', '', '\\!x', EXACT],
  ['\\d\\*', '', '**/d\\*', EXACT],
  ['a^|{}', '', '**/a\\^\\|\\{\\}', EXACT],
  ['a.b+(c)$', '', '**/a.b+(c)$', EXACT],
  ['a\\ ', '', '**/a[ ]', EXACT],
  ['/ a', '', '[ ]a', EXACT],
  ['a  ', '', '**/a', EXACT],
  ['a\r', '', '**/a', EXACT],
  ['a b', '', '**/a b', EXACT],
  ['a[b/c]d', '', null, EXACT],
  ['a\\/b', '', null, EXACT],
  ['a\tb', '', null, EXACT],
]

const NOTHING = ['', '  ', '# x', '!', '/', '//', 'a//b', './a', 'a/..', '[a', 'a\\', '[[:nope:]]']

describe('translateGitPattern', () => {
  for (const [line, dir, pattern, exact] of ROWS) {
    it(`makes ${JSON.stringify(pattern)} of ${JSON.stringify(line)} in ${JSON.stringify(dir)}`, () => {
      assert.deepEqual(translateGitPattern(line, dir), pattern && {patterns: [pattern], exact})
    })
  }

  for (const line of NOTHING) {
    it(`needs no line for ${JSON.stringify(line)}, which matches nothing`, () => {
      assert.deepEqual(translateGitPattern(line, ''), {patterns: [], exact: true})
    })
  }

  const gitIt = canAskGit ? it : it.skip
  gitIt('matches what Git ignores, on random trees (needs git)', function () {
    this.timeout(60_000)
    const random = createRandom(11)
    const rows = [...ROWS.map(([line, dir]) => ({line, dir})), ...randomLines(random, 160)]
    const exactRows = rows.flatMap(({line, dir}, index) => {
      const translation = translateGitPattern(line, dir)
      // Each line gets a directory of its own for a root, so that Git answers for all of them at once.
      return translation?.exact
        ? {line, dir, ...translation, root: `r${index}`, tree: randomTree(random)}
        : []
    })
    assert.ok(exactRows.length > 120, `only ${exactRows.length} compared`)

    const verdicts = askGit(
      exactRows.map(({line, dir, root}) => ({dir: path.posix.join(root, dir), content: `${line}\n`})),
      exactRows.flatMap(({root, tree}) => tree.map((entry) => `${root}/${entry}`)),
    )
    for (const {line, dir, patterns, tree} of exactRows) {
      const {decide} = createIgnoreMatcher(parseIgnoreFile(patterns.join('\n')))
      const ours = tree.filter((entry) => decide(entry.replace(/\/$/, '')).ignored)
      const theirs = verdicts.splice(0, tree.length)
      const expected = tree.filter((_, index) => theirs[index] !== null)
      assert.deepEqual(ours, expected, `${JSON.stringify(line)} of ${JSON.stringify(dir)} is ${patterns}`)
    }
  })
})

const NAMES = [
  'a',
  'b',
  'ab',
  'axb',
  'x',
  'xy',
  'web',
  '#x',
  '!x',
  'a b',
  'a^b',
  'a]',
  '-',
  'a.log',
  '.a',
  'a*',
  'd',
  'c',
]
const PIECES = [
  'a',
  'b',
  'x',
  '*',
  '**',
  '?',
  '/',
  '/',
  '[ab]',
  '[!a]',
  '[^-b]',
  '[[:alpha:]]',
  '.log',
  '\\x',
  '#',
  '^',
  '|',
  '!',
]

function randomLines(random: (below: number) => number, count: number): {line: string; dir: string}[] {
  return Array.from({length: count}, () => ({
    line: Array.from({length: 1 + random(5)}, () => pick(random, PIECES)).join(''),
    dir: pick(random, ['', '', 'web', 'a/b', 'a^b']),
  }))
}

/** Some thirty paths; a name is a directory in one and a file in none, so that the tree can be written. */
function randomTree(random: (below: number) => number): string[] {
  const files = Array.from({length: 24}, () =>
    Array.from({length: 1 + random(4)}, () => pick(random, NAMES)).join('/'),
  )
  const directories = new Set(['web/', 'a/b/', 'a/', 'a^b/'])
  for (const file of files) {
    for (let at = file.indexOf('/'); at !== -1; at = file.indexOf('/', at + 1))
      directories.add(file.slice(0, at + 1))
  }
  return [...directories, ...new Set(files.filter((file) => !directories.has(`${file}/`)))]
}
