import assert from 'node:assert/strict'
import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {projectRoot} from './helpers/project.js'

/** The rooms, each with the rooms it may import from besides itself. Types and dynamic imports count. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  report: [],
  languages: ['report'],
  tree: ['report', 'languages'],
  plan: ['report', 'languages'],
  build: ['report', 'languages', 'tree', 'plan'],
  advice: ['report', 'languages', 'tree', 'plan', 'build'],
  config: ['report', 'languages', 'tree', 'plan', 'build', 'advice'],
  measure: ['report', 'languages', 'tree', 'plan', 'build', 'advice', 'config'],
  render: ['report', 'languages', 'measure'],
  host: ['report', 'languages', 'tree', 'plan'],
  services: ['report', 'languages', 'tree', 'plan', 'build', 'advice', 'config', 'measure', 'host'],
  cli: ['report', 'languages', 'plan', 'advice', 'config', 'measure', 'render', 'host', 'services'],
}

/** Files in src itself: everyone may import the errors and exit codes, nobody the library's front door. */
const COMMON = ['errors.ts', 'exit-codes.ts']

/** Rooms that only compute, and the parts of `tree` that do. */
const PURE = /^(report|languages|plan|build|advice|config|measure|render|tree\/(tree|image))\//

/** What may be done only in some places. */
const MODULES: readonly [module: RegExp, allowed: RegExp][] = [
  [/^(node:)?fs(\/promises)?$/, /^(host|tree\/walk)\//],
  [/^(node:)?child_process$/, /^host\/process\//],
  [/^@oclif\/core/, /^cli\//],
]

/** Folders of mechanism hold this many files at most; folders to which one adds files are exempt. */
const MOST_FILES = 15
const GROWING = /^(advice\/(catalogue|rules\/.*)|render\/[a-z]+|host\/hooks|cli\/commands(\/.*)?)$/

interface Import {
  module: string
  /** The imported file, relative to src; null for a package or a module of Node. */
  file: string | null
}

interface SourceFile {
  /** Relative to src, `/`-separated. */
  name: string
  room: string
  text: string
  imports: Import[]
}

describe('the architecture', () => {
  const sources = readSources()

  it('has known rooms only', () => {
    const unknown = sources.filter(({room, name}) => !Object.hasOwn(ROOMS, room) && name.includes('/'))
    assert.deepEqual(namesOf(unknown), [])
  })

  it('lets data flow one way', () => assert.deepEqual(listWrongImports(sources), []))

  it('has no ring of rooms', () => {
    for (const [room, below] of Object.entries(ROOMS)) {
      for (const other of below)
        assert.ok(!ROOMS[other]!.includes(room), `${room} and ${other} import each other`)
    }
  })

  it('has no ring of folders', () => assert.deepEqual(findRing(listFolderEdges(sources)), []))

  it('has no ring of files, types counted', () => assert.deepEqual(findRing(listFileEdges(sources)), []))

  for (const [module, allowed] of MODULES) {
    it(`imports ${module.source} only where ${allowed.source}`, () => {
      const wrong = sources.filter(
        ({name, imports}) => !allowed.test(name) && imports.some((other) => module.test(other.module)),
      )
      assert.deepEqual(namesOf(wrong), [])
    })
  }

  it('keeps pure rooms free of time, environment and output', () => {
    const impure =
      /\b(process\.(env|cwd|stdout|stderr|exit)|console\.|Date\.now|new Date\(\)|Math\.random|async |await )/
    const wrong = sources.filter(({name, text}) => PURE.test(name) && impure.test(stripComments(text)))
    assert.deepEqual(namesOf(wrong), [])
  })

  // Tried anew at each line, `\s*` runs over all blank lines that follow: a file of nothing else takes minutes.
  it('begins no expression of many lines with blanks that run over them', () => {
    const slow = /\/[^/\n]*\^\\s[*+].*\/[a-z]*m[a-z]*[),.;\s]/
    assert.deepEqual(
      namesOf(sources.filter(({text}) => text.split('\n').some((line) => slow.test(line)))),
      [],
    )
  })

  it('never ends the process itself', () => {
    assert.deepEqual(namesOf(sources.filter(({text}) => /process\.exit\(/.test(text))), [])
  })

  it(`keeps at most ${MOST_FILES} files in a folder of mechanism`, () => {
    const counts = new Map<string, number>()
    for (const {name} of sources) {
      const folder = path.posix.dirname(name)
      counts.set(folder, (counts.get(folder) ?? 0) + 1)
    }
    const full = [...counts].filter(([folder, count]) => count > MOST_FILES && !GROWING.test(folder))
    assert.deepEqual(full, [])
  })
})

function listWrongImports(sources: readonly SourceFile[]): string[] {
  return sources.flatMap(({name, room, imports}) => {
    const allowed = ROOMS[room]
    if (allowed === undefined) return []
    return imports
      .filter(({file}) => file !== null && !COMMON.includes(file))
      .filter(({file}) => roomOf(file!) !== room && !allowed.includes(roomOf(file!)))
      .map(({file}) => `${name} imports ${file}`)
  })
}

function listFolderEdges(sources: readonly SourceFile[]): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>()
  for (const {name, imports} of sources) {
    const from = path.posix.dirname(name)
    for (const {file} of imports) {
      const to = file === null ? from : path.posix.dirname(file)
      if (from === '.' || to === '.') continue
      // A folder and its own subfolders are one thing with a front door.
      if (to === from || isWithin(to, from) || isWithin(from, to)) continue
      edges.set(from, (edges.get(from) ?? new Set()).add(to))
    }
  }
  return edges
}

/** A thread's program is named where it is started, and is no import. */
function listFileEdges(sources: readonly SourceFile[]): Map<string, Set<string>> {
  const isImport = (file: string | null) => file !== null && !file.endsWith('-worker.ts')
  return new Map(
    sources.map(({name, imports}) => {
      const files = imports.flatMap(({file}) => (isImport(file) ? [file!] : []))
      return [name, new Set(files)]
    }),
  )
}

/** A ring of things that import each other, as a path that ends where it began; empty if there is none. */
function findRing(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>()
  const visit = (folder: string, trail: readonly string[]): string[] => {
    if (trail.includes(folder)) return [...trail.slice(trail.indexOf(folder)), folder]
    if (done.has(folder)) return []
    for (const next of edges.get(folder) ?? []) {
      const ring = visit(next, [...trail, folder])
      if (ring.length > 0) return ring
    }
    done.add(folder)
    return []
  }
  for (const folder of edges.keys()) {
    const ring = visit(folder, [])
    if (ring.length > 0) return ring
  }
  return []
}

function isWithin(folder: string, other: string): boolean {
  return folder.startsWith(`${other}/`)
}

function readSources(): SourceFile[] {
  const root = path.join(projectRoot, 'src')
  const names = readdirSync(root, {recursive: true, encoding: 'utf8'}).filter((name) => name.endsWith('.ts'))
  return names.map((hostName) => {
    const name = hostName.split(path.sep).join('/')
    const text = readFileSync(path.join(root, hostName), 'utf8')
    return {name, room: roomOf(name), text, imports: listImports(name, text)}
  })
}

function listImports(name: string, text: string): Import[] {
  const statements = [...text.matchAll(/^(?:import|export)\b[^;'"]*?\bfrom '([^']+)'/gm)]
  const plain = [...text.matchAll(/^import '([^']+)'/gm)]
  const calls = [...text.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)]
  const urls = [...text.matchAll(/\bnew URL\(\s*'([^']+\.js)',\s*import\.meta\.url/g)]
  return [...statements, ...plain, ...calls, ...urls].map((match) => {
    const module = match[1]!
    const file = module.startsWith('.')
      ? path.posix.join(path.posix.dirname(name), module).replace(/\.js$/, '.ts')
      : null
    return {module, file}
  })
}

function roomOf(name: string): string {
  return name.includes('/') ? name.slice(0, name.indexOf('/')) : name
}

function namesOf(sources: readonly SourceFile[]): string[] {
  return sources.map(({name}) => name).sort()
}

function stripComments(text: string): string {
  return text.replace(/\/\*.*?\*\//gs, '').replace(/(^|\s)\/\/.*$/gm, '')
}
