import assert from 'node:assert/strict'
import {editIgnoreFile, type IgnoreFileEdit} from '../../../../src/languages/ignore/edit/edit-ignore-file.js'
import {createIgnoreMatcher} from '../../../../src/languages/ignore/ignore-matcher.js'
import {parseIgnoreFile} from '../../../../src/languages/ignore/parse-ignore-file.js'

const START = '# >>> docker slim-check: paths the build does not need\n'
const END = '# <<< docker slim-check\n'

/** Bytes as they would be written in a file: one character each. */
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const text = (content: Uint8Array) => Buffer.from(content).toString('latin1')
const add = (...patterns: string[]): IgnoreFileEdit => ({add: patterns.map((pattern) => ({pattern}))})

interface Case {
  title: string
  before: string | null
  edit: IgnoreFileEdit
  after: string
}

const CASES: Case[] = [
  {title: 'makes a file', before: null, edit: add('a', 'b'), after: `${START}a\nb\n${END}`},
  {title: 'fills an empty file', before: '', edit: add('a'), after: `${START}a\n${END}`},
  {title: 'adds nothing to no file', before: null, edit: add(), after: ''},
  {
    title: 'stands at the end without a negation',
    before: 'x\n',
    edit: add('a'),
    after: `x\n${START}a\n${END}`,
  },
  {
    title: 'stands above the first negation',
    before: 'x\n!x/y\nz\n!z/y\n',
    edit: add('a'),
    after: `x\n${START}a\n${END}!x/y\nz\n!z/y\n`,
  },
  {
    title: 'stands above the comments of the first negation',
    before: 'x\n\n# keep\n#  these\n!x/y\n',
    edit: add('a'),
    after: `x\n\n${START}a\n${END}# keep\n#  these\n!x/y\n`,
  },
  {
    title: 'takes an indented hash for the pattern it is',
    before: 'x\n # no comment\n!x/y\n',
    edit: add('a'),
    after: `x\n # no comment\n${START}a\n${END}!x/y\n`,
  },
  {
    title: 'stands at the end of an allow-list on demand',
    before: '*\n!src\n',
    edit: {...add('**/node_modules'), placement: 'end'},
    after: `*\n!src\n${START}**/node_modules\n${END}`,
  },
  {
    title: 'ends the last line of the user first',
    before: 'x\r\ny',
    edit: add('a'),
    after: `x\r\ny\r\n${`${START}a\n${END}`.replaceAll('\n', '\r\n')}`,
  },
  {
    title: 'takes the ending of most lines and leaves the others',
    before: 'x\r\ny\nz\r\n',
    edit: add('a'),
    after: `x\r\ny\nz\r\n${`${START}a\n${END}`.replaceAll('\n', '\r\n')}`,
  },
  {
    title: 'leaves a byte-order mark first',
    before: '\xef\xbb\xbf!x\n',
    edit: add('a'),
    after: `\xef\xbb\xbf${START}a\n${END}!x\n`,
  },
  {
    title: 'keeps bytes that are not UTF-8',
    before: '# caf\xe9\nx\xff\n',
    edit: add('a'),
    after: `# caf\xe9\nx\xff\n${START}a\n${END}`,
  },
  {title: 'writes UTF-8', before: null, edit: add('é'), after: `${START}\xc3\xa9\n${END}`},
  {
    title: 'writes a comment above its line, on one line',
    before: null,
    edit: {add: [{pattern: 'a', comment: 'saves 1 MB: no\n!COPY needs it'}, {pattern: 'b'}]},
    after: `${START}# saves 1 MB: no !COPY needs it\na\nb\n${END}`,
  },
  {
    title: 'appends to its block and leaves what is there',
    before: `x\n${START}# mine\na\n\nb\n${END}y\n!y/z\n`,
    edit: add('c', 'a'),
    after: `x\n${START}# mine\na\n\nb\nc\n${END}y\n!y/z\n`,
  },
  {
    title: 'knows its block by the start of its marks',
    before: '# >>> docker slim-check (old words)\na\n# <<< docker slim-check, end\n',
    edit: add('b'),
    after: '# >>> docker slim-check (old words)\na\nb\n# <<< docker slim-check, end\n',
  },
  {
    title: "stays above a negation of the user's inside the block",
    before: `${START}a\n# keep\n!a/b\n${END}`,
    edit: add('c'),
    after: `${START}a\nc\n# keep\n!a/b\n${END}`,
  },
  {
    title: 'adds no line twice',
    before: `/x/\n${START}a\n${END}./y\n`,
    edit: add('x', 'a', 'y', 'b', '/b/'),
    after: `/x/\n${START}a\nb\n${END}./y\n`,
  },
  {
    title: "repeats a user's line that a negation has overruled",
    before: 'a\n!src\n',
    edit: {...add('a'), placement: 'end'},
    after: `a\n!src\n${START}a\n${END}`,
  },
  {
    title: 'takes a line out with its comment',
    before: `${START}# one\na\n# two\nb\n${END}`,
    edit: {add: [], remove: ['a']},
    after: `${START}# two\nb\n${END}`,
  },
  {
    title: 'takes no line out that stands outside the block',
    before: `a\n${START}b\n${END}`,
    edit: {add: [], remove: ['a']},
    after: `a\n${START}b\n${END}`,
  },
  {
    title: 'takes an empty block out whole',
    before: `x\n${START}# one\na\n${END}y\n`,
    edit: {add: [], remove: ['a']},
    after: 'x\ny\n',
  },
  {
    title: 'swaps the only line in place',
    before: `x\n${START}a\n${END}y\n`,
    edit: {...add('b'), remove: ['a']},
    after: `x\n${START}b\n${END}y\n`,
  },
  {
    title: 'leaves a comment that was alone in the block',
    before: `${START}# mine\n\n# one\na\n${END}`,
    edit: {add: [], remove: ['a']},
    after: '# mine\n\n',
  },
  {
    title: 'takes a start mark without an end for a comment',
    before: `${START}a\nx\n`,
    edit: add('a', 'b'),
    after: `${START}a\nx\n${START}b\n${END}`,
  },
  {
    title: 'takes an end mark without a start for a comment',
    before: `a\n${END}x\n`,
    edit: add('b'),
    after: `a\n${END}x\n${START}b\n${END}`,
  },
  {
    title: 'pairs an end with the nearest start',
    before: `${START}a\n${START}b\n${END}${END}`,
    edit: {...add('c'), remove: ['a', 'b']},
    after: `${START}a\n${START}c\n${END}${END}`,
  },
  {
    title: 'fills the first of two blocks',
    before: `${START}a\n${END}x\n${START}b\n${END}`,
    edit: add('a', 'b', 'c'),
    after: `${START}a\nc\n${END}x\n${START}b\n${END}`,
  },
  {
    title: 'makes a second block when the user negates above the first',
    before: `!x\n${START}a\n${END}`,
    edit: add('b'),
    after: `${START}b\n${END}!x\n${START}a\n${END}`,
  },
  {
    title: 'makes a second block at the end on demand',
    before: `${START}a\n${END}!src\n`,
    edit: {...add('b'), placement: 'end'},
    after: `${START}a\n${END}!src\n${START}b\n${END}`,
  },
  {
    title: 'leaves a line alone that fails the build',
    before: '[a\n!\n',
    edit: add('b'),
    after: `[a\n!\n${START}b\n${END}`,
  },
]

describe('editIgnoreFile', () => {
  for (const {title, before, edit, after} of CASES) {
    it(title, () => {
      const content = before === null ? null : bytes(before)
      const once = editIgnoreFile(content, edit)
      assert.equal(text(once), after)
      assert.equal(editIgnoreFile(once, edit), once, 'the same edit again changes nothing')
      if (before !== null) assert.equal(text(content!), before, 'the argument stays as it was')
    })
  }

  it('takes out what it added, and leaves the file as it was', () => {
    for (const before of ['x\n!x/y\n', '', '\xef\xbb\xbf# c\r\n\r\nx\r\n', 'x\n\n\n']) {
      const edited = editIgnoreFile(bytes(before), {add: [{pattern: 'a', comment: 'why'}, {pattern: 'b'}]})
      assert.equal(text(editIgnoreFile(edited, {add: [], remove: ['b', './a/']})), before)
    }
  })

  it('lets the negations of the user win', () => {
    const content = editIgnoreFile(bytes('*.log\n!dist/keep.txt\n'), add('dist'))
    const {decide} = createIgnoreMatcher(parseIgnoreFile(content))
    assert.deepEqual(
      ['dist/app.js', 'dist/keep.txt'].map((path) => decide(path).ignored),
      [true, false],
    )
  })

  for (const pattern of ['', '  ', '# a', 'a\nb', '!', '[a']) {
    it(`refuses ${JSON.stringify(pattern)}, which is not one pattern`, () => {
      assert.throws(() => editIgnoreFile(null, add(pattern)), {code: 'internal'})
    })
  }

  it('is stable and loses no line, however the parts of a file are shuffled', () => {
    const parts = ['x\n', '!x/y\n', START, 'a\n', '# c\n', END, 'b\n', '\n', START, END, '!a/b\n']
    const random = createRandom(7)
    for (let round = 0; round < 2000; round++) {
      const before = shuffle(parts, random).join('')
      for (const placement of ['before-negations', 'end'] as const) {
        const edit = {...add('a', '!n', 'n', '!x/y', 'x'), placement}
        const once = editIgnoreFile(bytes(before), edit)
        assert.equal(text(editIgnoreFile(once, edit)), text(once), before)
        const isOwn = (line: string) => line !== '' && !START.includes(line) && !END.includes(line)
        const left = text(once).split('\n').filter(isOwn)
        const lost = before.split('\n').filter((line) => isOwn(line) && !left.includes(line))
        assert.deepEqual(lost, [], before)
      }
    }
  })
})

function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({item, key: random()}))
    .toSorted((left, right) => left.key - right.key)
    .map(({item}) => item)
}

/** A small linear congruential generator: the same rows in every run. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
