import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {readsOfInstall} from '../../../../src/advice/rewrites/installs/install-reads.js'
import type {ProjectFiles} from '../../../../src/advice/rewrites/installs/project-files.js'
import {skipUnless} from '../../../helpers/skip.js'
import {writeTree} from '../../../helpers/tree.js'
import '../../../helpers/starts-programs.js'

const MANIFEST = {
  name: 'root',
  version: '1.0.0',
  private: true,
  workspaces: ['packages/*'],
  dependencies: {a: '1.0.0'},
}

const PROJECT: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify(MANIFEST),
  'packages/a/package.json': '{"name": "a", "version": "1.0.0", "dependencies": {"b": "2.0.0"}}',
  'packages/a/index.js': 'module.exports = 1\n',
  'packages/b/package.json': '{"name": "b", "version": "2.0.0", "main": "lib/b.js"}',
  'packages/b/lib/b.js': 'module.exports = 2\n',
  '.npmrc': 'fund=false\naudit=false\n',
  'src/app.js': 'require("a")\n',
  '.gitignore': 'node_modules\n',
}

describe('npm ci behind its manifests and behind the whole source', () => {
  let root: string
  before(function () {
    skipUnless(this, npm(['--version'], tmpdir()).status === 0, 'needs npm')
    root = mkdtempSync(path.join(tmpdir(), 'slim-check-npm-'))
    writeTree(path.join(root, 'context'), PROJECT)
    const {status, stderr} = npm(['install', '--package-lock-only', '--offline'], path.join(root, 'context'))
    assert.equal(status, 0, stderr)
  })
  after(() => root && rmSync(root, {recursive: true}))

  it('leaves the same files', () => {
    const context = path.join(root, 'context')
    const [asWritten, rewritten] = ['one', 'two'].map((name) => path.join(root, name))
    cpSync(context, asWritten!, {recursive: true})
    install(asWritten!)

    const read = readsOfInstall({words: ['npm', 'ci', '--offline']}, '', filesOf(context))
    assert.deepEqual([read?.blocker, read?.questions], [undefined, []])
    for (const file of read!.files) {
      mkdirSync(path.dirname(path.join(rewritten!, file)), {recursive: true})
      cpSync(path.join(context, file), path.join(rewritten!, file))
    }
    install(rewritten!)
    cpSync(context, rewritten!, {recursive: true})

    const expected = outline(asWritten!)
    assert.ok(expected.some((line) => line.startsWith('node_modules/a ')))
    assert.deepEqual(outline(rewritten!), expected)
  })
})

function install(directory: string): void {
  const {status, stderr} = npm(['ci', '--offline'], directory)
  assert.equal(status, 0, stderr)
}

function npm(words: readonly string[], cwd: string) {
  return spawnSync('npm', words, {cwd, encoding: 'utf8', shell: process.platform === 'win32'})
}

function filesOf(directory: string): ProjectFiles {
  const names = readdirSync(directory, {recursive: true, encoding: 'utf8'}).map((name) =>
    name.split(path.sep).join('/'),
  )
  const isFile = (name: string) => names.includes(name) && lstatSync(path.join(directory, name)).isFile()
  return {
    isSent: isFile,
    evidence: new Map(
      names.filter(isFile).map((name) => [name, readFileSync(path.join(directory, name), 'utf8')]),
    ),
    findLink: () => null,
    findFiles: () => [],
    locate: (written) => written,
    findDirectories: (glob) =>
      names.filter((name) => path.posix.dirname(name) === path.posix.dirname(glob) && !isFile(name)),
  }
}

/** Each path with its mode and content; what npm notes of times is left out. */
function outline(directory: string): string[] {
  return readdirSync(directory, {recursive: true, encoding: 'utf8'})
    .map((name) => {
      const stats = lstatSync(path.join(directory, name))
      const mode = (stats.mode & 0o7777).toString(8)
      if (stats.isSymbolicLink()) return `${name} -> ${readlinkSync(path.join(directory, name))}`
      if (stats.isDirectory()) return `${name} ${mode}`
      return `${name} ${mode} ${createHash('sha256')
        .update(readFileSync(path.join(directory, name)))
        .digest('hex')}`
    })
    .sort()
}
