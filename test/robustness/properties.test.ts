import assert from 'node:assert/strict'
import fc from 'fast-check'
import {requestedPaths} from '../../src/build/graph/requests/requested-paths.js'
import {DockerfileError, IgnoreFileError} from '../../src/errors.js'
import {editIgnoreFile} from '../../src/languages/ignore/edit/edit-ignore-file.js'
import {parseIgnoreFile} from '../../src/languages/ignore/parse-ignore-file.js'
import {PatternMatcher} from '../../src/languages/ignore/pattern-matcher.js'
import {createPruning} from '../../src/languages/ignore/pruning.js'
import {cleanGoPath} from '../../src/languages/text/clean-path.js'
import {isIgnoredByReference, isPlainGlob} from './reference-matcher.js'

const name = fc.constantFrom('a', 'b', 'ab', 'a.b', '.c', 'dist', 'x-y')
const path = fc.array(name, {minLength: 1, maxLength: 5}).map((parts) => parts.join('/'))
const piece = fc.constantFrom('a', 'b', '.', '*', '**', '?', 'dist', 'a*', '*.b', '.c')
const glob = fc.array(piece, {minLength: 1, maxLength: 4}).map((parts) => parts.join('/'))
const line = fc.tuple(fc.constantFrom('', '', '!'), glob).map((parts) => parts.join(''))
const ignoreText = fc.array(line, {maxLength: 6}).map((lines) => lines.join('\n'))
/** Lines as people and programs leave them: comments, blank ones, white space, any text, either ending. */
const wildText = fc
  .array(
    fc.tuple(
      fc.oneof(line, fc.string(), fc.constantFrom('', '# note', ' \t', '\ufeff')),
      fc.constantFrom('\n', '\r\n'),
    ),
  )
  .map((lines) => lines.flat().join(''))

describe('properties', () => {
  it('matching agrees with the slow reference', () => {
    fc.assert(
      fc.property(ignoreText, fc.array(path, {minLength: 1, maxLength: 8}), (text, paths) => {
        const {patterns} = parseIgnoreFile(text)
        fc.pre(patterns.every((pattern) => isPlainGlob(pattern.glob)))
        const matcher = new PatternMatcher(patterns)
        for (const at of paths)
          assert.equal(matcher.matchPath(at).matched, isIgnoredByReference(patterns, at), at)
      }),
      {numRuns: 2_000},
    )
  })

  it('nothing that comes back was pruned with its directory', () => {
    fc.assert(
      fc.property(ignoreText, path, (text, at) => {
        const {patterns} = parseIgnoreFile(text)
        const matcher = new PatternMatcher(patterns)
        const negations = patterns.filter(({negated}) => negated)
        // Docker drops both wildcards before it looks at the prefix, so that it prunes what the negation matches.
        fc.pre(negations.every((pattern) => !pattern.glob.endsWith('/*/**')))
        const pruning = createPruning(negations)
        if (matcher.matchPath(at).matched || !pruning.isPossible) return
        const parts = at.split('/')
        for (let depth = 1; depth < parts.length; depth++) {
          const directory = parts.slice(0, depth).join('/')
          assert.ok(!matcher.matchPath(directory).matched || pruning.mayHoldMatch(directory), directory)
        }
      }),
      {numRuns: 2_000},
    )
  })

  it('reading an ignore file gives patterns or names its lines', () => {
    fc.assert(
      fc.property(fc.oneof(wildText, fc.uint8Array({maxLength: 200})), (content) => {
        try {
          const {patterns} = parseIgnoreFile(content)
          const numbers = patterns.map(({line: number}) => number)
          assert.deepEqual(
            numbers,
            [...new Set(numbers)].sort((a, b) => a - b),
          )
        } catch (error) {
          assert.ok(error instanceof IgnoreFileError && error.line > 0 && error.problems.length > 0)
        }
      }),
      {numRuns: 1_000},
    )
  })

  it('cleaning a path twice is cleaning it once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '.', '..', '/', 'b')), (parts) => {
        const cleaned = cleanGoPath(parts.join('/'))
        assert.equal(cleanGoPath(cleaned), cleaned)
      }),
    )
  })

  it('an edit keeps every line, adds its own, and changes nothing a second time', () => {
    const placement = fc.constantFrom('end' as const, 'before-negations' as const)
    fc.assert(
      fc.property(
        wildText,
        fc.uniqueArray(glob, {minLength: 1, maxLength: 3}),
        placement,
        (text, globs, place) => {
          const edit = {add: globs.map((pattern) => ({pattern})), placement: place}
          const once = editIgnoreFile(Buffer.from(text), edit)
          assert.deepEqual(Buffer.from(editIgnoreFile(once, edit)), Buffer.from(once))
          const after = splitLines(Buffer.from(once).toString())
          let at = 0
          for (const kept of splitLines(Buffer.from(text).toString())) {
            at = after.indexOf(kept, at) + 1
            assert.ok(at > 0, JSON.stringify(kept))
          }
        },
      ),
      {numRuns: 1_000},
    )
  })

  it('what is put in and taken out again leaves the file as it was', () => {
    fc.assert(
      fc.property(
        ignoreText,
        fc.uniqueArray(fc.constantFrom('one', 'two', 'three'), {minLength: 1}),
        (text, globs) => {
          const before = Buffer.from(text === '' ? '' : `${text}\n`)
          const edited = editIgnoreFile(before, {add: globs.map((pattern) => ({pattern}))})
          const back = editIgnoreFile(edited, {add: [], remove: globs})
          assert.equal(Buffer.from(back).toString(), before.toString())
        },
      ),
      {numRuns: 500},
    )
  })

  it('expanding any word ends, with a value or an error at a line', () => {
    const word = fc
      .array(
        fc.constantFrom(
          '$',
          '{',
          '}',
          'A',
          ':-',
          ':+',
          ':?',
          '#',
          '%%',
          '/',
          '\\',
          '"',
          "'",
          '*',
          'x',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a Dockerfile's variable
          '${A}',
          '$A',
        ),
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(word, word, (value, source) => {
        const dockerfile = `FROM scratch\nARG A=${value}\nCOPY a${source} /\n`
        try {
          const {paths} = requestedPaths(dockerfile, {buildArgs: {A: value}})
          for (const at of paths ?? []) assert.ok(!at.startsWith('/') && !at.split('/').includes('..'), at)
        } catch (error) {
          assert.ok(error instanceof DockerfileError && error.line > 0 && error.line <= 4, String(error))
        }
      }),
      {numRuns: 3_000},
    )
  })
})

/** A byte-order mark stays in front of whatever comes first; a last line may get the ending of the others. */
function splitLines(text: string): string[] {
  const lines = text.replace(/^\ufeff/, '').split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map((each) => each.replace(/\r+$/, ''))
}
