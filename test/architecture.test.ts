import assert from 'node:assert/strict'
import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {projectRoot} from './helpers/project.js'

/** What each folder may import besides itself, `errors` and types. Not listed: anything. */
const MAY_IMPORT: Record<string, string[]> = {
  ignore: [],
  dockerfile: [],
  plan: ['dockerfile', 'ignore'],
  context: ['ignore', 'plan'],
  transfer: ['dockerfile', 'ignore', 'plan', 'context'],
  advice: ['dockerfile', 'ignore', 'plan', 'context', 'transfer'],
  edit: ['ignore', 'advice'],
  report: ['context', 'transfer', 'advice'],
  render: ['edit', 'report', 'transfer'],
  budget: [],
  config: ['dockerfile', 'ignore', 'transfer', 'advice', 'budget'],
  system: ['context'],
}

/** Folders that only compute. */
const PURE = [
  'ignore',
  'dockerfile',
  'plan',
  'transfer',
  'advice',
  'edit',
  'report',
  'render',
  'budget',
  'config',
]

interface SourceFile {
  /** Relative to src, `/`-separated. */
  name: string
  folder: string
  text: string
  /** Modules imported as values. */
  imports: string[]
}

describe('the architecture', () => {
  const sources = readSources()

  it('lets data flow one way', () => {
    const wrong = sources.flatMap(({name, folder, imports}) => {
      const allowed = MAY_IMPORT[folder]
      if (allowed === undefined) return []
      const folders = imports
        .filter((module) => module.startsWith('.'))
        .map((module) => folderOf(path.posix.join(path.posix.dirname(name), module)))
      return folders
        .filter((other) => other !== folder && other !== 'errors' && !allowed.includes(other))
        .map((other) => `${name} imports ${other}`)
    })
    assert.deepEqual(wrong, [])
  })

  const modules: [module: RegExp, allowed: RegExp][] = [
    [/^(node:)?fs(\/promises)?$/, /^(system\/|context\/read-(directory|entry)\.ts|launcher\/|cli\.ts)/],
    [/^(node:)?child_process$/, /^system\//],
    [/^@oclif\/core/, /^(commands\/|(cli|own-plugin)\.ts)/],
  ]
  for (const [module, allowed] of modules) {
    it(`imports ${module.source} only where ${allowed.source}`, () => {
      const wrong = sources.filter(
        ({name, imports}) => !allowed.test(name) && imports.some((other) => module.test(other)),
      )
      assert.deepEqual(
        wrong.map(({name}) => name),
        [],
      )
    })
  }

  it('keeps pure folders free of time, environment and output', () => {
    const impure =
      /\b(process\.(env|cwd|stdout|stderr|exit)|console\.|Date\.now|new Date\(\)|Math\.random|async |await )/
    const wrong = sources.filter(
      ({folder, text}) => PURE.includes(folder) && impure.test(stripComments(text)),
    )
    assert.deepEqual(
      wrong.map(({name}) => name),
      [],
    )
  })

  it('never ends the process itself', () => {
    assert.deepEqual(
      sources.filter(({text}) => /process\.exit\(/.test(text)).map(({name}) => name),
      [],
    )
  })
})

function readSources(): SourceFile[] {
  const root = path.join(projectRoot, 'src')
  const names = readdirSync(root, {recursive: true, encoding: 'utf8'}).filter((name) => name.endsWith('.ts'))
  return names.map((hostName) => {
    const name = hostName.split(path.sep).join('/')
    const text = readFileSync(path.join(root, hostName), 'utf8')
    const imports = [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'/gms)].map(
      (match) => match[1]!,
    )
    return {name, folder: folderOf(name), text, imports}
  })
}

function folderOf(name: string): string {
  return name.includes('/') ? name.slice(0, name.indexOf('/')) : name.replace(/\.(ts|js)$/, '')
}

function stripComments(text: string): string {
  return text.replace(/\/\*.*?\*\//gs, '').replace(/(^|\s)\/\/.*$/gm, '')
}
