import assert from 'node:assert/strict'
import {placeRead, relate} from '../../../src/build/graph/placements.js'
import {buildFileTree} from '../../advice/suggest/build-file-tree.js'

const MODEL = buildFileTree({
  'dist/app.js': 1,
  'web/dist/a.js': 1,
  'web/package.json': 1,
  'packages/a/package.json': 1,
  'packages/a/dist/x': 1,
  current: '-> web/dist',
})

/** Source, destination, path: how it comes in, and where it comes to lie. */
const ROWS: readonly (readonly [source: string, destination: string, path: string, expected: string])[] = [
  ['.', '/app', 'dist', 'carried /app/dist'],
  ['.', '?/', 'dist', 'carried ?/dist'],
  ['web', '/app', 'web/dist', 'carried /app/dist'],
  ['web', '/app', 'dist', 'not'],
  ['dist', '/app', 'dist', 'named'],
  ['dist/app.js', '/app', 'dist', 'named'],
  ['dist/none.js', '/app', 'dist', 'named'],
  ['d*', '/app/', 'dist', 'named'],
  ['*', '/app/', 'dist', 'carried null'],
  ['*', '/app/', 'web/package.json', 'carried null'],
  // what a link among the sources leads to is asked for as well
  ['*', '/app/', 'web/dist', 'named'],
  ['pack*', '/app/', 'packages/a/dist', 'carried /app/a/dist'],
  ['packages/*/package.json', '/app/', 'packages/a/dist', 'not'],
  ['packages/*/dist', '/app/', 'packages/a/dist', 'named'],
  ['**/dist', '/app/', 'packages/a/dist', 'named'],
  ['dist/*', '/app/', 'dist', 'named'],
  ['current', '/app', 'web/dist', 'named'],
]

describe('how a source brings a path', () => {
  for (const [source, destination, path, expected] of ROWS) {
    it(`COPY ${source} ${destination}: ${path} is ${expected}`, () => {
      const landing = {path: destination.replace(/(?<=.)\/$/, ''), isDirectory: destination.endsWith('/')}
      const read = {path: source === '.' ? '/' : `/${source}`, landing}
      const relations = placeRead(MODEL, read).flatMap((one) => relate(one, path) ?? [])
      const shown = relations.map((one) => (one.how === 'named' ? 'named' : `carried ${one.landing}`))
      assert.equal(shown.find((one) => one === 'named') ?? shown[0] ?? 'not', expected)
    })
  }
})
