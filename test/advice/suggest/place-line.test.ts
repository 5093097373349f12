import assert from 'node:assert/strict'
import {placeLine} from '../../../src/advice/suggest/place-line.js'
import {editIgnoreFile} from '../../../src/languages/ignore/edit/edit-ignore-file.js'
import {parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'
import {buildFileTree} from './build-file-tree.js'
import {loadProject, suggest} from './suggest.js'

const MODEL = buildFileTree({'src/build/a.js': 10, 'src/build/keep.txt': 10, 'src/a.js': 10})

const ROWS: readonly (readonly [ignore: string, placement: string, isWhole: boolean])[] = [
  ['', 'before-negations', true],
  ['dist\n', 'before-negations', true],
  ['dist\n!dist/x\n', 'before-negations', true],
  ['*\n!src\n', 'end', true],
  ['*\n!src/**\n', 'end', true],
  ['*\n!src\n!src/build\n', 'before-negations', false],
  ['*\n!src\n!src/build/keep.txt\n', 'before-negations', false],
  ['src/build\n!**/keep.txt\n', 'before-negations', false],
  // Ignored there, it would reach a negation that Docker only then finds broken.
  ['dist\n!src/bui*[\n', 'end', true],
]

describe('placeLine', () => {
  for (const [ignore, placement, isWhole] of ROWS) {
    it(`${JSON.stringify(ignore)}: ${placement}, ${isWhole ? 'whole' : 'in part'}`, () => {
      const {patterns} = parseIgnoreFile(ignore)
      const placed = placeLine(MODEL, patterns, 'src/build', [MODEL.find('src/build')])
      assert.deepEqual([placed.placement, placed.isWhole], [placement, isWhole])
    })
  }
})

it('suggests no line that makes Docker meet a broken pattern', () => {
  const dockerfiles = {Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci'}
  const tree = {'coverage/lcov.info': 90_000, 'node_modules/a/index.js': 90_000, 'package.json': '{}'}
  const ignore = 'dist\n!node_m*[\n!node_modules/a\n'
  const {lines} = suggest({tree, dockerfiles, ignore})
  assert.ok(lines.length > 0)
  for (const {pattern, placement} of lines) {
    const edited = editIgnoreFile(Buffer.from(ignore), {add: [{pattern}], placement})
    assert.doesNotThrow(() => loadProject({tree, dockerfiles, ignore: Buffer.from(edited).toString()}))
  }
})

describe('lines and the figures around them', () => {
  const dockerfiles = {Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci'}

  it('leaves alone what the user keeps', () => {
    const tree = {'coverage/lcov.info': 90_000, 'logs/a.log': 90_000, 'package.json': '{}'}
    const {lines} = suggest({tree, dockerfiles, keep: ['coverage/lcov.info']})
    assert.deepEqual(
      lines.map(({pattern}) => pattern),
      ['**/*.log'],
    )
  })

  it('counts a hard link whose first name leaves', () => {
    const tree = {'coverage/lcov.info': '= 7', 'src/copy': '= 7', 'package.json': '{}', 'coverage/x': 90_000}
    const [line] = suggest({tree, dockerfiles}).lines
    assert.ok(line!.savedBytes > 90_000 && line!.savedBytes < 95_000, String(line!.savedBytes))
  })

  it('says nothing about a handful of small settings', () => {
    const {lines} = suggest({
      tree: {'.editorconfig': 10, 'src/a.js': 90_000, 'package.json': '{}'},
      dockerfiles,
    })
    assert.deepEqual(lines, [])
  })
})
