import assert from 'node:assert/strict'
import {CATALOGUE} from '../../../src/advice/catalogue/catalogue.js'
import type {CatalogueEntry} from '../../../src/advice/catalogue/catalogue-entry.js'
import {findEntry} from '../../../src/advice/catalogue/find-entry.js'
import {createNameIndex} from '../../../src/advice/catalogue/name-index.js'
import {ECOSYSTEM_ROWS} from './rows/ecosystems.js'
import {FALSE_FRIEND_ROWS} from './rows/false-friends.js'
import {LITTER_AND_DATA_ROWS} from './rows/litter-and-data.js'
import type {Row} from './rows/parse-rows.js'
import {SECRET_ROWS} from './rows/secrets.js'
import {bare, createTree, viewAt} from './tree-literal.js'

const TABLES = {
  'what tools make': ECOSYSTEM_ROWS,
  'litter and data': LITTER_AND_DATA_ROWS,
  secrets: SECRET_ROWS,
  'false friends': FALSE_FRIEND_ROWS,
}

const INDEX = createNameIndex(CATALOGUE)

function entryOf({path, tree, content}: Row): CatalogueEntry | undefined {
  const view = viewAt(createTree(tree), path)
  return findEntry(INDEX, bare(path), view, ({pattern}) => pattern.test(content))
}

describe('the catalogue', () => {
  for (const [title, rows] of Object.entries(TABLES)) {
    describe(title, () => {
      for (const row of rows) {
        it(`${row.tree.join(' ')} ${row.content} -> ${row.expected}`, () => {
          const entry = entryOf(row)
          assert.equal(entry ? `${entry.disposition} ${entry.kind}` : 'none', row.expected)
        })
      }
    })
  }

  it('has a row for every entry', () => {
    const hit = new Set(Object.values(TABLES).flat().map(entryOf))
    const missed = CATALOGUE.filter((entry) => !hit.has(entry))
    assert.deepEqual(missed, [])
  })

  it('finds the same in a subdirectory, unless the name is anchored', () => {
    for (const row of Object.values(TABLES).flat()) {
      const moved = {...row, path: `apps/web/${row.path}`, tree: row.tree.map((path) => `apps/web/${path}`)}
      const entry = entryOf(row)
      if (entry && !entry.atRoot) assert.equal(entryOf(moved), entry, row.path)
    }
  })

  it('names no kind twice with the same names', () => {
    const keys = CATALOGUE.map(({kind, type, names, disposition}) =>
      [kind, type, disposition, ...names].join(' '),
    )
    assert.deepEqual(
      keys.filter((key, i) => keys.indexOf(key) !== i),
      [],
    )
  })

  it('gives a kind one rule and one title', () => {
    const texts = new Map<string, string>()
    for (const {kind, rule, title} of CATALOGUE) {
      const text = `${rule}: ${title}`
      assert.equal(texts.get(kind) ?? text, text)
      texts.set(kind, text)
    }
  })

  it('writes ids with dashes and titles without a period', () => {
    for (const {kind, rule, title} of CATALOGUE) {
      assert.match(kind, /^[a-z0-9]+(-[a-z0-9]+)*$/)
      assert.match(rule, /^[a-z0-9]+(-[a-z0-9]+)*$/)
      assert.doesNotMatch(title, /^\s|[.\s]$/)
    }
  })

  it('says which step makes again what it calls regenerated', () => {
    for (const entry of CATALOGUE) {
      if (entry.disposition === 'regenerated') assert.ok(entry.producers?.length, entry.kind)
    }
  })

  it('asks for evidence wherever the name is a bare star', () => {
    for (const entry of CATALOGUE) if (entry.names.includes('*')) assert.ok(entry.evidence, entry.kind)
  })
})

describe('content checks', () => {
  const patterns = new Set(CATALOGUE.flatMap(({content}) => content?.pattern ?? []))
  /** Beginnings of what is looked for, each with a word of the one pattern that finds it; null: none does. */
  const texts: [text: string, found: string | null][] = [
    ['\n', null],
    [' ', null],
    ['a', null],
    ['secret', null],
    ['token = ', null],
    ['"http-basic" : {', 'identitytoken'],
    ['https://a:', null],
    ['-----BEGIN A ', null],
    ['<password>', 'passphrase'],
  ]

  it('keep no state from one file to the next', () => {
    for (const {flags} of patterns) assert.doesNotMatch(flags, /[gy]/)
  })

  for (const [text, word] of texts) {
    it(`come to an end with 64 KiB of ${JSON.stringify(text)}`, () => {
      const content = text.repeat(Math.ceil(65536 / text.length))
      const found = [...patterns].filter((pattern) => pattern.test(content))
      assert.equal(found.length, word === null ? 0 : 1)
      assert.ok(word === null || found[0]!.source.includes(word))
    })
  }
})
