import assert from 'node:assert/strict'
import {execFileSync, spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import {PROJECTS} from '../advice/suggest/projects.js'
import {suggest} from '../advice/suggest/suggest.js'
import {hasProgram} from '../helpers/docker.js'
import {projectRoot} from '../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {requireEngine} from './engine.js'

/** The image that all bases are: a shell, and stand-ins for the programs of builds. */
const BASE = 'slim-check-standins:test'
const PROGRAMS =
  'npm pnpm yarn bun npx vite webpack tsc astro next vitest jest pytest rspec pip pip3 uv python python3 node ruby cargo go bundle git make sphinx-build apt-get apk corepack'

/** What is in an image: a digest of each file, by path. */
type Content = ReadonlyMap<string, string>

describe('safe lines on the engine', function () {
  this.timeout(600_000)
  let root = ''
  before(function () {
    requireEngine(this)
    if (!hasProgram('busybox')) this.skip()
    root = makeTemporaryDirectory()
    importBase(root)
  })
  after(() => {
    if (root === '') return
    spawnSync('docker', ['image', 'rm', '-f', BASE])
    removeTree(root)
  })

  for (const [number, project] of PROJECTS.entries()) {
    const {title, tree, dockerfiles, expected} = project
    if (dockerfiles === null || !expected.some((row) => row.startsWith('safe '))) continue
    it(`change no image: ${title}`, () => {
      const context = path.join(root, String(number))
      layOut(context, tree)
      const safe = suggest(project).lines.filter(({confidence}) => confidence === 'safe')
      const own = project.ignore ?? ''
      for (const [name, text] of Object.entries(dockerfiles)) {
        const without = build(root, context, text, own)
        for (const {pattern, paths} of safe) {
          const withLine = build(root, context, text, `${own}\n${pattern}\n`)
          assert.equal(withLine === null, without === null, `${name}: ${pattern} decides whether it is built`)
          if (without !== null && withLine !== null) compare(without, withLine, paths, `${name}: ${pattern}`)
        }
      }
    })
  }

  it('sees a line that breaks a build, and one that changes an image', () => {
    const context = path.join(root, 'control')
    layOut(context, {
      'package.json': '{"scripts": {"build": "vite build"}}',
      'src/a.js': 'a',
      '.git/HEAD': 'x',
    })
    const text = 'FROM node\nWORKDIR /app\nCOPY . .\nRUN git rev-parse HEAD\nRUN npm ci && npm run build'
    const without = build(root, context, text, '')
    assert.ok(without !== null)
    assert.equal(build(root, context, text, '.git\n'), null)
    const changed = build(root, context, text, 'src\n')
    assert.ok(changed !== null)
    assert.throws(() => compare(without, changed, ['src'], 'src'), /index\.html/)
  })
})

function importBase(root: string): void {
  const image = path.join(root, 'base')
  mkdirSync(path.join(image, 'bin'), {recursive: true})
  mkdirSync(path.join(image, 'tmp'))
  const busybox = execFileSync('sh', ['-c', 'command -v busybox'], {encoding: 'utf8'}).trim()
  copyFileSync(busybox, path.join(image, 'bin/busybox'))
  copyFileSync(path.join(projectRoot, 'test/fixtures/standin.sh'), path.join(image, 'bin/standin'))
  chmodSync(path.join(image, 'bin/standin'), 0o755)
  const applets = execFileSync(busybox, ['--list'], {encoding: 'utf8'}).split('\n').filter(Boolean)
  const programs = PROGRAMS.split(' ')
  for (const name of applets)
    if (!programs.includes(name) && name !== 'busybox') symlinkSync('busybox', path.join(image, 'bin', name))
  for (const name of programs) symlinkSync('standin', path.join(image, 'bin', name))
  const tar = execFileSync('tar', ['-C', image, '-cf', '-', '.'], {maxBuffer: 2 ** 28})
  execFileSync('docker', ['import', '--change', 'ENV PATH=/bin', '-', BASE], {
    input: tar,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

/** Numbers are sizes: as many bytes of any content. */
function layOut(context: string, tree: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(tree)) {
    const file = path.join(context, name)
    mkdirSync(path.dirname(file), {recursive: true})
    writeFileSync(file, typeof value === 'number' ? Buffer.alloc(value, 'x') : value)
    if (/\.sh$|^bin\//.test(name)) chmodSync(file, 0o755)
  }
}

/** Builds with the stand-in as every base, its ignore file outside the context; null where the build fails. */
function build(root: string, context: string, text: string, ignore: string): Content | null {
  const dockerfile = path.join(root, 'Dockerfile')
  const stages = new Set([...text.matchAll(/^FROM .* AS (\S+)$/gim)].map(([, name = '']) => name))
  const based = text
    .replace(/^FROM (\S+)/gim, (line, name: string) => (stages.has(name) ? line : `FROM ${BASE}`))
    .replace(/--from=(\S+)/g, (flag, name: string) =>
      stages.has(name) || /^\d+$/.test(name) ? flag : `--from=${BASE}`,
    )
  writeFileSync(dockerfile, based)
  writeFileSync(`${dockerfile}.dockerignore`, ignore)
  const dest = path.join(root, 'out')
  rmSync(dest, {recursive: true, force: true})
  const args = ['build', '--network=none', '-q', '-f', dockerfile, '-o', `type=local,dest=${dest}`, context]
  return spawnSync('docker', args, {encoding: 'utf8'}).status === 0 ? readContent(dest) : null
}

function readContent(root: string): Content {
  const content = new Map<string, string>()
  const read = (directory: string) => {
    for (const name of readdirSync(path.join(root, directory))) {
      const relative = `${directory}/${name}`
      const file = path.join(root, relative)
      const stats = lstatSync(file)
      if (stats.isDirectory()) read(relative)
      else if (stats.isFile())
        content.set(relative, createHash('sha256').update(readFileSync(file)).digest('hex'))
    }
  }
  read('')
  return content
}

/** Nothing differs but what the line is about, and that is gone. */
function compare(without: Content, withLine: Content, paths: readonly string[], line: string): void {
  const names = paths.map((one) => one.slice(one.lastIndexOf('/') + 1))
  const isAbout = (file: string) => names.some((name) => `${file}/`.includes(`/${name}/`))
  for (const [file, digest] of without) {
    if (isAbout(file)) continue
    assert.equal(withLine.get(file), digest, `${line} changes ${file}`)
  }
  for (const file of withLine.keys()) assert.ok(without.has(file) || isAbout(file), `${line} brings ${file}`)
}
