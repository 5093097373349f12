import assert from 'node:assert/strict'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {projectRoot} from './helpers/project.js'

/** `docs/buildkit.md 3`, `docs/buildkit.md 4 and 5`. */
const CITATION = /\bdocs\/([\w-]+)\.md (\d+)(?:(?:, | and )(\d+))*/g
const FOLDERS = ['src', 'test', 'scripts', 'bin']

interface Citation {
  /** Where it stands, relative to the project. */
  file: string
  document: string
  section: string
}

describe('citations of the facts', () => {
  const citations = FOLDERS.flatMap(listCitations)

  it('are there', () => assert.ok(citations.length > 15))

  for (const document of new Set(citations.map((citation) => citation.document))) {
    it(`have their sections in ${document}`, () => {
      const sections = listSections(document)
      const wrong = citations.filter(
        (citation) => citation.document === document && !sections.has(citation.section),
      )
      assert.deepEqual(wrong, [])
    })
  }
})

function listCitations(folder: string): Citation[] {
  const names = readdirSync(path.join(projectRoot, folder), {recursive: true, encoding: 'utf8'})
  return names
    .filter((name) => /\.(ts|js)$/.test(name) && name !== 'citations.test.ts')
    .flatMap((name) => {
      const file = path.join(folder, name)
      const text = readFileSync(path.join(projectRoot, file), 'utf8')
      return [...text.matchAll(CITATION)].flatMap(([words, document]) =>
        [...words.replace(/^.*\.md/, '').matchAll(/\d+/g)].map(([section]) => ({
          file,
          document: `docs/${document}.md`,
          section,
        })),
      )
    })
}

/** The numbers of a document's headings; empty for no document. */
function listSections(document: string): ReadonlySet<string> {
  const hostPath = path.join(projectRoot, document)
  if (!existsSync(hostPath)) return new Set()
  return new Set([...readFileSync(hostPath, 'utf8').matchAll(/^## (\d+)\b/gm)].map((match) => match[1]!))
}
