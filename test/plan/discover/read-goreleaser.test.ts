import assert from 'node:assert/strict'
import path from 'node:path'
import {readGoReleaser} from '../../../src/plan/discover/read-goreleaser.js'

/** A file, and the line, the Dockerfile and the extra files of each image that it tells of. */
const ROWS: readonly [what: string, text: string, expected: readonly string[]][] = [
  [
    'two images, one with files',
    'builds:\n  - binary: a\ndockers:\n  - image_templates: [a]\n    dockerfile: Dockerfile.release\n    extra_files:\n      - config.yml\n      - ./web/\n  - image_templates:\n      - b\n',
    ['4 Dockerfile.release config.yml,web', '9 Dockerfile '],
  ],
  [
    'files in a row, in the newer form, without an indent',
    'dockers_v2:\n- images: [a]\n  extra_files: ["a.txt", b]\nrelease:\n  - x: 1\n',
    ['2 Dockerfile a.txt,b'],
  ],
  ['a template', 'dockers:\n  - image_templates: [a]\n    dockerfile: "{{ .Env.F }}"\n', []],
  ['a broken file', 'dockers: [\n', []],
  ['no images', 'builds:\n  - binary: a\n', []],
]

describe('readGoReleaser', () => {
  for (const [what, text, expected] of ROWS) {
    it(what, () => {
      const found = readGoReleaser(text, '/p/.goreleaser.yaml').map(
        ({place, dockerfilePath, extraFiles}) =>
          `${place.line} ${path.relative('/p', dockerfilePath)} ${extraFiles.join()}`,
      )
      assert.deepEqual(found, expected)
    })
  }
})
