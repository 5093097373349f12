import assert from 'node:assert/strict'
import {createGitIgnore, type GitIgnoreFile} from '../../../src/languages/gitignore/create-git-ignore.js'
import {skipUnless} from '../../helpers/skip.js'
import {askGit, canAskGit, findSource} from './git-repository.js'
import {createRandom, pick} from './random.js'

/** Directories end in a slash. */
const TREE = [
  ...[
    'a/',
    'a/b/',
    'a/b/c',
    'a/x.log',
    'a/b/x.log',
    'x.log',
    'X.LOG',
    'b/',
    'b/a/',
    'b/a/f',
    'f',
    '#x',
    '!x',
    ' x',
  ],
  ...[
    'x ',
    'x',
    'a b',
    'a/node_modules/',
    'a/node_modules/m',
    'node_modules/',
    'node_modules/m/f',
    'dist/',
    'dist/f',
  ],
  ...[
    'web/',
    'web/dist/',
    'web/dist/f',
    'web/dist/keep',
    'web/x.tmp',
    'web/src/x.tmp',
    'web/src/dist',
    'web/f',
    'é',
    'üx',
  ],
  ...[
    '[a]',
    '[s]/',
    '[s]/f',
    '[s]/x.tmp',
    's/f',
    'a-b',
    'a.b',
    'a+b',
    '*',
    'a*',
    'a?',
    'a\\b',
    'tab\t',
    '..a',
    'a]',
    '^',
    '-',
  ],
]

const root = (content: string): GitIgnoreFile[] => [{dir: '', content}]

const SKIPPED = canAskGit ? '' : ' (skipped: needs git and a POSIX file system)'

const CASES: [title: string, files: GitIgnoreFile[]][] = [
  ['names at every depth', root('node_modules\n*.log\ndist/\n')],
  ['anchored by a slash in front or inside', root('/f\na/b\ndist/f\n/web/dist/\n')],
  ['directories only', root('f/\nx/\na/\n')],
  ['negations', root('*.log\n!a/x.log\n!/x.log\n')],
  ['nothing comes back below an ignored directory', root('dist\n!dist/f\n!web/dist/\n')],
  ['all but one', root('/*\n!/web\n/web/*\n!/web/src\n')],
  ['trailing spaces', root('x \nx\\ \nf   \na b\\  \n')],
  ['a tab is no space', root('tab\t\nf\t\n')],
  ['escapes', root('\\#x\n\\!x\na\\*\na\\?\n\\[a]\na\\\\b\n\\f\n\\ x\n')],
  ['comments and blank lines', root('# f\n#x\n\n   \n f\n!\n')],
  ['slashes only', root('/\n//\n!/\n/ \n')],
  ['a last line without an end', root('x\nf')],
  ['CRLF', root('f\r\n*.log\r\n!a/x.log\r\nx \r\n\r\n')],
  ['a lone CR', root('f\r\r\nx\r')],
  ['a byte-order mark', root('\uFEFFf\n\uFEFFx\n')],
  ['a byte-order mark before a comment', root('\uFEFF#x\nx\n')],
  ['classes', root('[ab]\n[!a]-b\n[^x]+b\n[[:digit:]]\n[]]\na[]]\n[]-a]\n[\\^-]\n')],
  ['broken patterns', root('[a\nf\\\n[[:nope:]]\n[z-a]\n')],
  ['dots are not cleaned', root('./f\na/../f\na//b\n..a\n')],
  ['two stars', root('**/f\na/**\nb/**/f\n**\n!**\n')],
  ['glued stars', root('a**b\n**b\na**\nweb/**/***\n')],
  ['a byte is not a character', root('?\n?x\n[é]\n??\n')],
  [
    'deeper wins',
    [...root('f\n!*.tmp\n'), {dir: 'web', content: '!f\n*.tmp\n'}, {dir: 'web/src', content: '!x.tmp\n'}],
  ],
  ['the deeper file is given first', [{dir: 'web', content: '!f\n'}, ...root('f\n')]],
  ['nested anchors', [{dir: 'web', content: '/f\ndist/f\nsrc/\n'}]],
  ['nested names, stars and directories', [{dir: 'web', content: '*.tmp\ndist/\n**/keep\n**\n!src\n'}]],
  ['nested oddities', [{dir: 'web', content: '\uFEFF/ \n//\n/\n#f\n!\n\\f\n\\!x\n[f]\nx.tmp  \r\ndist/ \n'}]],
  ['a nested file in an oddly named directory', [{dir: '[s]', content: 'f\n*.tmp\n!x.tmp\n'}]],
  ['a nested file below an ignored directory', [...root('web/\n'), {dir: 'web', content: '!f\n!dist\n'}]],
  ['a nested file brings a directory back', [...root('dist\n'), {dir: 'web', content: '!dist\n'}]],
  [
    'exclude and global are the weakest',
    [
      {dir: '', content: '!f\nx\n', source: 'exclude'},
      {dir: '', content: 'f\n!x\n*.log\na\n', source: 'global'},
      {dir: '', content: '!a/x.log\n!/a\n'},
      {dir: 'web', content: 'f\n'},
    ],
  ],
]

describe('createGitIgnore', () => {
  it('names the line, the file and its directory', () => {
    const {isIgnored} = createGitIgnore([...root('# c\n'), {dir: 'web', content: 'x\r\n/dist/ \r\n'}])
    assert.deepEqual(isIgnored('web/dist/f', false), {
      ignored: true,
      by: {file: 1, dir: 'web', source: 'gitignore', text: '/dist/ ', line: 2},
    })
    assert.deepEqual(isIgnored('dist', true), {ignored: false})
  })

  it('is asked for paths below the prefix', () => {
    const {isIgnored} = createGitIgnore([...root('/app/f\n*.log\n'), {dir: 'app', content: 'dist\n'}], {
      prefix: 'app',
    })
    const ignored = ['f', 'x.log', 'dist', 'app/f', 'src/f'].filter((path) => isIgnored(path, false).ignored)
    assert.deepEqual(ignored, ['f', 'x.log', 'dist'])
    assert.equal(isIgnored('', true).ignored, false)
  })

  it('ignores everything when the prefix is ignored', () => {
    const {isIgnored} = createGitIgnore(root('build/\n!f\n'), {prefix: 'build/context'})
    assert.equal(isIgnored('', true).ignored, true)
    assert.equal(isIgnored('f', false).by?.text, 'build/')
  })

  it('answers the same after very many questions', () => {
    const {isIgnored} = createGitIgnore(root('*.log\n'))
    for (let index = 0; index < 120_000; index++) isIgnored(`d/${index}`, false)
    assert.equal(isIgnored('d/x.log', false).ignored, true)
  })
})

describe(`createGitIgnore beside git check-ignore${SKIPPED}`, () => {
  before(function () {
    skipUnless(this, canAskGit, 'needs git')
  })

  for (const [title, files] of CASES) {
    it(title, () => compare(files, TREE))
  }

  it('case-insensitive', () => compare(root('x.log\nWEB/DIST\n[A-Z]\n'), TREE, true))

  it('random files on random trees', () => {
    const random = createRandom(3)
    for (let round = 0; round < 40; round++) compare(randomFiles(random), TREE)
  })
})

function compare(files: GitIgnoreFile[], tree: readonly string[], ignoreCase = false): void {
  const {isIgnored} = createGitIgnore(files, {ignoreCase})
  const expected = askGit(files, tree, ignoreCase)
  for (const [index, entry] of tree.entries()) {
    const {ignored, by} = isIgnored(entry.replace(/\/$/, ''), entry.endsWith('/'))
    const verdict = expected[index]!
    const context = `${JSON.stringify(entry)} under ${JSON.stringify(files)}`
    assert.equal(ignored, verdict !== null, context)
    if (verdict === null) assert.equal(by, undefined, context)
    else assert.deepEqual([by?.file, by?.line], [findSource(files, verdict.source), verdict.line], context)
  }
}

const PIECES = [
  'a',
  'b',
  'f',
  'x',
  'web',
  'dist',
  '*',
  '**',
  '?',
  '/',
  '/',
  '/',
  '[ab]',
  '[!a]',
  '.log',
  '\\',
  '#',
  ' ',
  '-',
]

function randomFiles(random: (below: number) => number): GitIgnoreFile[] {
  const content = () => Array.from({length: 1 + random(5)}, () => randomLine(random)).join('')
  return ['', 'web', 'a/b', '[s]']
    .filter((dir) => dir === '' || random(2) === 0)
    .map((dir) => ({dir, content: content()}))
}

function randomLine(random: (below: number) => number): string {
  const body = Array.from({length: 1 + random(5)}, () => pick(random, PIECES)).join('')
  return pick(random, ['', '', '', '!']) + body + pick(random, ['\n', '\n', '/\n', '\r\n', ' \n'])
}
