import assert from 'node:assert/strict'
import {type CacheRow, predictRow} from './rows.js'

/** What Engine 28.5 with the containerd image store did after an edit of the Dockerfile, or of `a`. */
const SEEN: [before: string, after: string | null, steps: string[]][] = [
  [
    'FROM bb:1\nRUN a\nCOPY --link a /d/\nRUN b',
    'FROM bb:1\nRUN c\nCOPY --link a /d/\nRUN b',
    ['RUN c: runs', 'COPY --link a /d/: cached', 'LINK COPY --link a /d/: runs', 'RUN b: runs'],
  ],
  [
    'FROM bb:1\nCOPY --link a /d/\nRUN b',
    null,
    ['COPY --link a /d/: runs', 'LINK COPY --link a /d/: runs', 'RUN b: runs'],
  ],
  [
    'FROM bb:1\nCOPY a /d/',
    'FROM bb:1\nCOPY --link a /d/',
    ['COPY --link a /d/: runs', 'LINK COPY --link a /d/: runs'],
  ],
  ['FROM bb:1\nCOPY --link a /d/', 'FROM bb:1\nCOPY a /d/', ['COPY a /d/: runs']],
  [
    'FROM bb:1\nRUN a\nCOPY --link --chmod=755 a /d/',
    'FROM bb:1\nRUN c\nCOPY --link --chmod=755 a /d/',
    ['RUN c: runs', 'COPY --link --chmod=755 a /d/: runs'],
  ],
  ['FROM scratch\nCOPY --link a /d/', 'FROM scratch\nCOPY a /d/', ['COPY a /d/: cached']],
  [
    'FROM bb:1\nCOPY --link a /d/',
    'FROM bb:2\nCOPY --link a /d/',
    ['COPY --link a /d/: cached', 'LINK COPY --link a /d/: runs'],
  ],
]

describe('COPY --link with the containerd image store, as seen on an engine', () => {
  for (const [before, after, steps] of SEEN) {
    it(`${toLine(before)} → ${after === null ? 'an edit' : toLine(after)}`, () => {
      const edit: CacheRow['change'] = {put: [['file', 'a', 'edited', 0o644, 1_700_000_005]]}
      const row: CacheRow = {
        name: '',
        dockerfile: `${before}\n`,
        ignore: 'Dockerfile\n',
        tree: [['file', 'a', 'one', 0o644, 1_700_000_000]],
        buildArgs: {},
        target: '',
        change: after === null ? edit : {dockerfile: `${after}\n`},
        expect: {steps: []},
      }
      const told = predictRow(row, true).map(
        ({text, state}) => `${text.replace(/^\[[^\]]*\] /, '')}: ${state}`,
      )
      assert.deepEqual(told, steps)
    })
  }
})

function toLine(text: string): string {
  return text.replaceAll('\n', '; ')
}
