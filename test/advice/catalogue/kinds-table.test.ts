import assert from 'node:assert/strict'
import {readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {CATALOGUE} from '../../../src/advice/catalogue/catalogue.js'
import type {CatalogueEntry} from '../../../src/advice/catalogue/catalogue-entry.js'
import {projectRoot} from '../../helpers/project.js'

const FILE = path.join(projectRoot, 'docs/kinds.md')
const HEADER = ['| kind | rule | title | names | disposition |', '| --- | --- | --- | --- | --- |']

/** More names than these would make a row that nobody reads. */
const NAMES_SHOWN = 4

describe('docs/kinds.md', () => {
  it('lists the catalogue, row by row', () => {
    const table = [...HEADER, ...CATALOGUE.map(formatRow)].join('\n')
    const text = readFileSync(FILE, 'utf8')
    const start = text.indexOf(HEADER[0]!)
    assert.notEqual(start, -1, 'the table has no header')
    if (process.env.UPDATE_SNAPSHOTS === '1') writeFileSync(FILE, `${text.slice(0, start)}${table}\n`)
    else assert.equal(text.slice(start).trimEnd(), table)
  })
})

function formatRow({kind, rule, title, names, type, disposition, evidence, content}: CatalogueEntry): string {
  const shown = names.slice(0, NAMES_SHOWN).map((name) => `\`${name}${type === 'dir' ? '/' : ''}\``)
  if (names.length > NAMES_SHOWN) shown.push('…')
  const mark = `${evidence ? ' +' : ''}${content ? ' #' : ''}`
  return `| ${kind} | ${rule} | ${title} | ${shown.join(' ')}${mark} | ${disposition} |`
}
