import assert from 'node:assert/strict'
import {readAskedPaths} from '../../../src/build/graph/requests/requested-paths.js'
import {chooseContext, type FoundDockerfile} from '../../../src/plan/discover/choose-context.js'
import {createMemoryFiles} from '../memory-files.js'

const TREE = createMemoryFiles({
  'package.json': '',
  'packages/lib/index.js': '',
  'api/package.json': '',
  'api/src/main.js': '',
  'api/docker/Dockerfile': '',
})

const ROWS: [title: string, dockerfile: string, context: string, reason: RegExp][] = [
  ['its own folder for COPY . .', 'COPY . .', '/p/api/docker', /no COPY names a path/],
  ['its own folder without a COPY', 'RUN true', '/p/api/docker', /no COPY names a path/],
  ['the folder above', 'COPY src ./\nCOPY package.json .', '/p/api', /^2 of 2 COPY sources exist in api$/],
  ['the nearest of two that are as good', 'COPY package.json .', '/p/api', /^1 of 1 .* api$/],
  ['the root', 'COPY api/src packages/lib /x/', '/p', /^2 of 2 COPY sources exist in \.$/],
  ['the one with most of them', 'COPY api/src packages/lib gone /x/', '/p', /^2 of 3 .*in \.$/],
  ['a place that a wildcard finds', 'COPY s*c/*.js /x/', '/p/api', /^1 of 1/],
  ['its own folder when nothing exists', 'COPY gone /x/', '/p/api/docker', /^0 of 1/],
  ['its own folder when it is broken', 'COPY', '/p/api/docker', /cannot be read/],
  ['by bind mounts too', 'RUN --mount=type=bind,source=packages,target=/p true', '/p', /^1 of 1/],
  [
    'the folder with the manifest that a step reads',
    'COPY . .\nRUN npm ci',
    '/p/api',
    /^"package.json", which a RUN step reads, lies in api$/,
  ],
  ['its own folder where no manifest is anywhere', 'COPY . .\nRUN cargo build', '/p/api/docker', /no COPY/],
  ['its own folder where only a part is copied', 'COPY --from=x a /\nRUN npm ci', '/p/api/docker', /no COPY/],
  ['never by other stages', 'COPY --from=alpine src /x', '/p/api/docker', /no COPY names a path/],
]

function found(path: string, content: string): FoundDockerfile {
  return {path, content, asked: readAskedPaths(content)}
}

describe('chooseContext', () => {
  for (const [title, text, context, reason] of ROWS) {
    it(`takes ${title}`, () => {
      const guess = chooseContext(found('/p/api/docker/Dockerfile', `FROM scratch\n${text}\n`), '/p', TREE)
      assert.equal(guess.contextPath, context)
      assert.match(guess.reason, reason)
    })
  }

  it('wonders at nothing where its own folder has all, or nothing is asked for', () => {
    const guess = (text: string) =>
      chooseContext(found('/p/api/Dockerfile', `FROM scratch\n${text}\n`), '/p', TREE)
    assert.equal(guess('COPY src package.json /').isPlain, true)
    assert.equal(guess('RUN true').isPlain, true)
    assert.equal(guess('COPY . /').isPlain, undefined)
    assert.equal(guess('COPY src gone /').isPlain, undefined)
  })

  it('is vague where most is missing', () => {
    const guess = (text: string) =>
      chooseContext(found('/p/api/Dockerfile', `FROM scratch\n${text}\n`), '/p', TREE)
    assert.equal(guess('COPY gone lost src /').isVague, true)
    assert.equal(guess('COPY gone src /').isVague, undefined)
  })

  it('takes the folder of the ignore file for COPY . .', () => {
    const files = createMemoryFiles({'docker/Dockerfile': '', '.dockerignore': '', 'src/a.rs': ''})
    const dockerfile = found('/p/docker/Dockerfile', 'FROM rust\nCOPY . .\nRUN ./build.sh\n')
    const guess = chooseContext(dockerfile, '/p', files)
    assert.equal(guess.contextPath, '/p')
    assert.match(guess.reason, /^the ignore file lies in \.$/)
  })
})
