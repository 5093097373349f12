import assert from 'node:assert/strict'
import {closeSync, openSync, truncateSync, writeFileSync, writeSync} from 'node:fs'
import path from 'node:path'
import {IgnoreFileError} from '../../src/errors.js'
import {parseIgnoreFile} from '../../src/languages/ignore/parse-ignore-file.js'
import {analyzeContext} from '../../src/services/context/analyze-context.js'
import {skipUnless} from '../helpers/skip.js'
import {makeTemporaryDirectory, removeTree, writeTree} from '../helpers/tree.js'

const COPY_ALL = 'FROM scratch\nCOPY . /\n'

describe('hostile files', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
    writeTree(root, {Dockerfile: COPY_ALL, 'src/a.js': 'a'})
  })
  afterEach(() => removeTree(root))

  it('more patterns than Docker can send are refused at the line where they become too many', () => {
    // 7,083 patterns of 100 bytes build on Engine 28.5, and 96 bytes more in headers do not.
    const line = `${'z'.repeat(100)}\n`
    assert.equal(parseIgnoreFile(line.repeat(7_083)).patterns.length, 7_083)
    assert.throws(
      () => parseIgnoreFile(line.repeat(7_085)),
      (error) => error instanceof IgnoreFileError && error.line === 7_084,
    )
    assert.equal(parseIgnoreFile(`#${line}`.repeat(20_000)).patterns.length, 0)
  })

  it('more sources than Docker can send are refused, the patterns of the ignore file counted', async () => {
    // 7,331 sources of 100 bytes build on Engine 28.5; the next one is "header list size to send violates the maximum".
    const copy = (count: number): string =>
      Array.from(
        {length: count},
        (_, number) => `COPY ${'z'.repeat(92)}${`${number}`.padStart(7, '0')}* /`,
      ).join('\n')
    const analyze = async (count: number, patterns: number): Promise<unknown> => {
      const ignore = Array.from(
        {length: patterns},
        (_, number) => `${'y'.repeat(94)}${`${number}`.padStart(6, '0')}\n`,
      )
      writeTree(root, {Dockerfile: `FROM scratch\n${copy(count)}\n`, '.dockerignore': ignore.join('')})
      return analyzeContext({contextDir: root})
    }
    await analyze(7_331, 0)
    await assert.rejects(analyze(7_332, 0), {code: 'request-invalid'})
    await assert.rejects(analyze(3_700, 3_600), {code: 'request-invalid'})
  })

  it('an ignore file of 60 MB is read no further than Docker could send it', async () => {
    writeFileSync(path.join(root, '.dockerignore'), 'a\n'.repeat(30_000_000))
    await assert.rejects(analyzeContext({contextDir: root}), {code: 'ignore-file-invalid'})
  })

  const HUGE: readonly (readonly [name: string, code: string | null])[] = [
    ['.dockerignore', 'file-too-large'],
    ['Dockerfile', 'file-too-large'],
    ['.gitignore', null],
    ['package.json', null],
    ['.env', null],
  ]
  for (const [name, code] of HUGE) {
    it(`a ${name} of 100 MB: ${code ?? 'only its beginning is read'}`, async () => {
      const file = openSync(path.join(root, name), 'w')
      writeSync(file, 'a\n')
      closeSync(file)
      truncateSync(path.join(root, name), 100_000_000)
      if (code === null) assert.ok((await analyzeContext({contextDir: root})).before.fileBytes > 100_000_000)
      else await assert.rejects(analyzeContext({contextDir: root}), {code})
    })
  }

  it('sparse files beyond what disks hold are counted to the byte', async function () {
    const files = ['one', 'two', 'three'].map((name) => path.join(root, name))
    skipUnless(this, files.every(makeSparse), 'the file system holds no file of 10 TiB')
    const {before} = await analyzeContext({contextDir: root})
    assert.equal(before.fileBytes, 30 * 2 ** 40 + COPY_ALL.length + 1)
    assert.ok(Number.isSafeInteger(before.transferBytes) && before.transferBytes > before.fileBytes)
  })

  /** Each file holds a quarter of a megabyte of one piece: a search that tries each place anew would not end. */
  const PIECES = ['\n', ' ', ' \n', '~', 'a.', '{', 'docker build ', '<<EOF\n']
  const READ_BY_STEPS =
    'FROM base\nCOPY . .\nRUN npm ci && pip install -r requirements.txt && pip install . && cargo build && bundle install && ' +
    'gradle build && go build ./... && make && mkdocs build && dart compile exe lib/a.dart && perl Makefile.PL && sh run.sh\n'
  const NAMES = [
    ...[
      'package.json',
      'requirements.txt',
      'setup.py',
      'setup.cfg',
      'pyproject.toml',
      'Pipfile',
      'Cargo.toml',
      'Gemfile',
    ],
    ...[
      'build.gradle',
      'settings.gradle',
      'go.mod',
      'Makefile',
      'mkdocs.yml',
      'docs/index.md',
      'lib/a.dart',
      'Makefile.PL',
    ],
    ...['run.sh', '.gitignore', 'a.py'],
  ]
  for (const piece of PIECES) {
    it(`a quarter of a megabyte of ${JSON.stringify(piece)} in each file that a step reads`, async () => {
      const text = `x = 1\n${piece.repeat(250_000 / piece.length)}\ny = 2\n`
      const files = Object.fromEntries(NAMES.map((name) => [name, text]))
      writeTree(root, {...files, Dockerfile: READ_BY_STEPS})
      assert.ok((await analyzeContext({contextDir: root})).before.fileCount > NAMES.length)
    })
  }

  const JSON_BOMB = '['.repeat(100_000)
  const FILES: Record<string, string> = {
    'package.json, nested': `{"scripts": ${JSON_BOMB}`,
    'package.json, __proto__':
      '{"__proto__": {"scripts": 1}, "scripts": {"constructor": 5}, "workspaces": {"packages": 3}}',
    'package.json, odd types':
      '{"name": [], "scripts": "x", "workspaces": {"a": 1}, "files": null, "dependencies": 7}',
    'package.json, binary': '\u0000\u0001\ufffd{',
    'pyproject.toml, nested': `a = ${JSON_BOMB}`,
    '.gitignore, stars': `${'*a'.repeat(5_000)}\n${'**/'.repeat(2_000)}x\n[`,
    '.npmrc, long line': 'x'.repeat(200_000),
    'Makefile, binary': '\u0000'.repeat(1_000),
  }
  for (const [title, text] of Object.entries(FILES)) {
    it(title, async () => {
      writeFileSync(path.join(root, title.split(',')[0]!), text)
      assert.ok((await analyzeContext({contextDir: root})).before.fileCount > 2)
    })
  }

  it('names that every object has are plain names in a Dockerfile', async () => {
    const dockerfile = [
      'ARG constructor\nARG toString\nFROM scratch AS constructor\nARG toString\nCOPY src/$toString/a.js $hasOwnProperty/x',
      'FROM constructor AS hasOwnProperty\nCOPY --from=constructor a /\nCOPY src /',
    ].join('\n')
    writeFileSync(path.join(root, 'Dockerfile'), dockerfile)
    const {plans} = await analyzeContext({
      contextDir: root,
      target: 'hasOwnProperty',
    })
    assert.deepEqual(plans[0]?.requestedPaths, ['src', 'src/a.js'])
  })
})

/** Makes a file of 10 TiB that takes no room. @returns whether the file system allows it */
function makeSparse(file: string): boolean {
  writeFileSync(file, '')
  try {
    truncateSync(file, 10 * 2 ** 40)
    return true
  } catch {
    return false
  }
}
