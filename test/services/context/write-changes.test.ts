import assert from 'node:assert/strict'
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import type {Analysis} from '../../../src/services/analysis/analysis.js'
import type {IgnoreFileChange} from '../../../src/services/analysis/ignore-file-change.js'
import {analyzeInDepth} from '../../../src/services/context/analyze-context.js'
import {writeChanges} from '../../../src/services/context/write-changes.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../../helpers/tree.js'

const DOCKERFILE = 'FROM scratch\nCOPY src /src\nCOPY . .\n'

describe('writeChanges', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))

  const ignoreFile = (): string => path.join(root, '.dockerignore')

  /** An analysis that wants these ignore lines, whatever the proof says. */
  async function analyze(files: Record<string, string>, text: string): Promise<Analysis> {
    writeTree(root, {'src/a.js': 'a', 'lib/b.js': 'b', ...files})
    const analysis = await analyzeInDepth({contextDir: root})
    const before = files['.dockerignore']
    const change: IgnoreFileChange = {
      path: '.dockerignore',
      contextPath: '.dockerignore',
      hostPath: ignoreFile(),
      root,
      before: before === undefined ? null : Buffer.from(before),
      after: Buffer.from(text),
    }
    return {...analysis, changes: [change]}
  }

  const rows: [title: string, files: Record<string, string>, text: string, lost: string[]][] = [
    ['keeps what breaks nothing', {Dockerfile: DOCKERFILE}, 'lib\n', []],
    ['takes a new file away again', {Dockerfile: DOCKERFILE}, 'src\n', ['Dockerfile:2 COPY src /src']],
    [
      'puts the old file back',
      {Dockerfile: DOCKERFILE, '.dockerignore': '# mine\r\n'},
      'src/*.js\n',
      ['Dockerfile:2 COPY src /src'],
    ],
    [
      'keeps another Dockerfile of the context whole',
      {Dockerfile: 'FROM scratch\nCOPY . .\n', 'Dockerfile.dev': 'FROM scratch\nCOPY lib /lib\n'},
      'lib\n',
      ['Dockerfile.dev:2 COPY lib /lib'],
    ],
    ['does not mind what had nothing before', {Dockerfile: `${DOCKERFILE}COPY li[x] /\n`}, 'lib\n', []],
  ]
  for (const [title, files, text, lost] of rows) {
    it(title, async () => {
      const outcome = await writeChanges(await analyze(files, text))
      assert.deepEqual(
        outcome.lost.map(({file, line, text: instruction}) => `${file}:${line} ${instruction}`),
        lost,
      )
      const expected = lost.length === 0 ? text : files['.dockerignore']
      assert.equal(existsSync(ignoreFile()) ? readFileSync(ignoreFile(), 'utf8') : undefined, expected)
    })
  }

  it('puts everything back when the new file cannot be read any more', async () => {
    const analysis = await analyze({Dockerfile: DOCKERFILE}, '[a\n')
    await assert.rejects(writeChanges(analysis), {code: 'ignore-file-invalid'})
    assert.ok(!existsSync(ignoreFile()))
  })

  it('refuses to overwrite what somebody else wrote meanwhile', async () => {
    const analysis = await analyze({Dockerfile: DOCKERFILE, '.dockerignore': 'a\n'}, 'b\n')
    writeFileSync(ignoreFile(), 'theirs\n')
    await assert.rejects(writeChanges(analysis), {code: 'cannot-edit'})
    assert.equal(readFileSync(ignoreFile(), 'utf8'), 'theirs\n')
  })

  it('puts the first of two files back when the second cannot be written', async () => {
    const analysis = await analyze({Dockerfile: DOCKERFILE}, 'lib\n')
    const second = {...analysis.changes[0]!, path: 'x', hostPath: path.join(root, 'gone/x')}
    await assert.rejects(writeChanges({...analysis, changes: [...analysis.changes, second]}))
    rmSync(path.join(root, 'gone'), {recursive: true, force: true})
    assert.ok(!existsSync(ignoreFile()))
  })
})
