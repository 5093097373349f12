import assert from 'node:assert/strict'
import {CATALOGUE} from '../../../src/advice/catalogue/catalogue.js'
import type {CatalogueEntry} from '../../../src/advice/catalogue/catalogue-entry.js'
import type {PathType} from '../../../src/advice/catalogue/check-evidence.js'
import {createNameIndex} from '../../../src/advice/catalogue/name-index.js'
import {matchesGlob} from '../../../src/languages/text/matches-glob.js'
import {createRandom, pick} from '../../helpers/random.js'

const TYPES: readonly PathType[] = ['dir', 'file', 'symlink', 'other']
const INDEX = createNameIndex(CATALOGUE)

describe('createNameIndex', () => {
  it('finds what trying every entry finds', () => {
    for (const path of randomPaths(1500)) {
      for (const type of TYPES) {
        const expected = CATALOGUE.filter((entry) => couldMean(entry, path, type))
        assert.deepEqual(INDEX.candidates(path, type), expected, path)
      }
    }
  })

  it('keeps the order of the entries and names each once', () => {
    const entries = [entryFor('b', ['*.x', 'a*']), entryFor('a', ['a.x', '*'])]
    assert.deepEqual(kindsAt(entries, 'a.x'), ['b', 'a'])
  })

  it('holds an anchored name to the root', () => {
    const entries = [
      {...entryFor('top', ['build']), atRoot: true},
      {...entryFor('deep', ['var/cache']), atRoot: true},
    ]
    assert.deepEqual(kindsAt(entries, 'build'), ['top'])
    assert.deepEqual(kindsAt(entries, 'src/build'), [])
    assert.deepEqual(kindsAt(entries, 'var/cache'), ['deep'])
    assert.deepEqual(kindsAt(entries, 'app/var/cache'), [])
  })

  it('compares the components before the last', () => {
    const entries = [entryFor('bundle', ['vendor/*/gems'])]
    assert.deepEqual(kindsAt(entries, 'a/vendor/x/gems'), ['bundle'])
    assert.deepEqual(kindsAt(entries, 'vendor/gems'), [])
    assert.deepEqual(kindsAt(entries, 'gems'), [])
  })

  it('leaves excepted names out', () => {
    const entries = [{...entryFor('env', ['.env.*']), except: ['*.example']}]
    assert.deepEqual(kindsAt(entries, '.env.local'), ['env'])
    assert.deepEqual(kindsAt(entries, '.env.example'), [])
  })

  const hostile = [
    '__proto__',
    'constructor',
    'toString',
    '',
    '.',
    '...',
    '\n',
    '\0',
    '\ud800',
    '[',
    '*',
    '\\',
    '~~',
  ]
  for (const name of hostile) {
    it(`takes ${JSON.stringify(name)} for a name like any other`, () => {
      const expected = CATALOGUE.filter((entry) => couldMean(entry, `a/${name}`, 'file'))
      assert.deepEqual(INDEX.candidates(`a/${name}`, 'file'), expected)
    })
  }

  for (const part of ['a', '.', '.log', '*', '[', 'a/', '.env.', '~']) {
    it(`finds the same for ${JSON.stringify(part)} ten thousand times over`, () => {
      const path = part.repeat(10_000)
      const expected = CATALOGUE.filter((entry) => couldMean(entry, path, 'file'))
      assert.deepEqual(INDEX.candidates(path, 'file'), expected)
    })
  }
})

function entryFor(kind: string, names: string[]): CatalogueEntry {
  return {kind, rule: kind, title: kind, names, type: 'any', disposition: 'junk'}
}

function kindsAt(entries: readonly CatalogueEntry[], path: string): string[] {
  return createNameIndex(entries)
    .candidates(path, 'file')
    .map(({kind}) => kind)
}

/** The definition that the index has to agree with. */
function couldMean(entry: CatalogueEntry, path: string, type: PathType): boolean {
  if (entry.type !== 'any' && entry.type !== type) return false
  const components = path.split('/')
  if (entry.except?.some((glob) => matchesGlob(glob, components.at(-1) ?? ''))) return false
  return entry.names.some((name) => {
    const globs = name.split('/')
    const from = components.length - globs.length
    if (from < 0 || (entry.atRoot && from > 0)) return false
    return globs.every((glob, i) => matchesGlob(glob, components[from + i] ?? ''))
  })
}

/** Paths made of the catalogue's own names, whole and mangled, always the same ones. */
function randomPaths(count: number): string[] {
  const random = createRandom(1)
  const names = CATALOGUE.flatMap((entry) => entry.names)
  const pieces = ['', '', '', 'a', '.', '.log', '1', '-', '~', 'x/', 'src/', '.env', '.git/', '/']
  return Array.from({length: count}, () => {
    const name = pick(random, names).replace(/\*/g, () => pick(random, ['', 'a', '.b', '12']))
    return `${pick(random, pieces)}${name.replace(/\[(.).*?\]/g, '$1')}${pick(random, pieces)}`
  })
}
