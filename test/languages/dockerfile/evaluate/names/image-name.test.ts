import assert from 'node:assert/strict'
import {shortImageName} from '../../../../../src/languages/dockerfile/evaluate/names/image-name.js'

describe('shortImageName', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const rows: [reference: string, short: string | null][] = [
    ['lib', 'lib'],
    ['lib:latest', 'lib'],
    ['lib:1', 'lib:1'],
    ['docker.io/library/lib:latest', 'lib'],
    ['index.docker.io/lib', 'lib'],
    ['docker.io/me/lib', 'me/lib'],
    ['localhost/lib', 'localhost/lib'],
    ['localhost:5000/a/b:t', 'localhost:5000/a/b:t'],
    ['ghcr.io/a/b', 'ghcr.io/a/b'],
    [`lib@${digest}`, `lib@${digest}`],
    ['Lib', null],
    ['me/Lib', null],
    ['lib-', null],
    ['a..b', null],
    ['a__b.c-d', 'a__b.c-d'],
    ['lib:', null],
    ['lib@x', null],
    ['', null],
    ['a'.repeat(64), null],
    [`${'a-'.repeat(20_000)}!`, null],
  ]
  for (const [reference, short] of rows) {
    it(`shortens ${JSON.stringify(reference.slice(0, 40))}`, () =>
      assert.equal(shortImageName(reference), short))
  }
})
