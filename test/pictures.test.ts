import assert from 'node:assert/strict'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {projectRoot} from './helpers/project.js'
import './helpers/starts-programs.js'

const FOLDER = path.join(projectRoot, 'docs/pictures')
const SCRIPT = path.join(projectRoot, 'scripts/pictures.js')

describe('the pictures in README and docs', () => {
  it('show what the program prints', async () => {
    const {PICTURES, drawPicture} = (await import(SCRIPT)) as {
      PICTURES: Record<string, string[]>
      drawPicture(words: string[]): string
    }
    for (const [name, words] of Object.entries(PICTURES)) {
      const [old, now] = [readFileSync(path.join(FOLDER, `${name}.svg`), 'utf8'), drawPicture(words)]
      assert.equal(old, now, `${name}: run npm run docs`)
      assert.ok(now.split('<text').length > 6, name)
    }
  })

  it('are all there, and each is shown', () => {
    const documents = ['README.md', 'docs/quick-start.md', 'docs/dockerfile.md', 'docs/rebuilds.md']
    const shown = documents.flatMap((name) => {
      const text = readFileSync(path.join(projectRoot, name), 'utf8')
      return [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file]) =>
        path.join(projectRoot, path.dirname(name), file!),
      )
    })
    assert.ok(shown.length >= 4, String(shown.length))
    for (const file of shown) assert.ok(existsSync(file), file)
    assert.deepEqual(
      readdirSync(FOLDER).filter((name) => !shown.includes(path.join(FOLDER, name))),
      [],
    )
  })
})
