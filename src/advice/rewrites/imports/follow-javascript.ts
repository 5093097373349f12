import {
  isBuiltIn,
  type JavaScriptImport,
  listModuleFiles,
  packageOf,
  readCompilerPaths,
  readJavaScriptImports,
  readJavaScriptStrings,
} from '../../../languages/sources/javascript-source.js'
import type {SourceString} from '../../../languages/sources/source-strings.js'
import {joinPath, parentPath} from '../../../languages/text/container-path.js'
import {
  type ClosureInput,
  type ImportedPackage,
  type ProgramClosure,
  type ProgramStart,
  resolveBelow,
  type SourcePlace,
} from './closure.js'
import {Follower} from './follower.js'

const SOURCE = /\.[cm]?[jt]sx?$/
const COMPILER_SETTINGS = ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json']

/** Directories and files that packages read by custom, where no source names them. */
const BY_CUSTOM: Readonly<Record<string, readonly string[]>> = {
  config: ['config'],
  dotenv: ['.env'],
  ejs: ['views'],
  'express-handlebars': ['views'],
  hbs: ['views'],
  pug: ['views'],
  nunjucks: ['views', 'templates'],
  i18n: ['locales'],
  '@prisma/client': ['prisma'],
  sequelize: ['.sequelizerc', 'migrations', 'models', 'config'],
  knex: ['knexfile.js', 'knexfile.ts', 'migrations', 'seeds'],
}

/**
 * Follows the imports of a program of Node.js through its project: relative ones, those by an alias of the compiler, and
 * packages of the workspace, which count as a whole. A string that names a path of the project counts as one that is
 * read, unless `strict` says that imports alone do.
 */
export function followJavaScript(input: ClosureInput, start: ProgramStart, strict = false): ProgramClosure {
  return new JavaScriptFollower(input, start, strict).run()
}

class JavaScriptFollower extends Follower {
  private readonly workspace = listWorkspacePackages(this.input)

  protected override readonly readStrings = readJavaScriptStrings

  protected override takeImports(path: string, text: string): void {
    for (const one of readJavaScriptImports(text)) this.takeImport(path, one)
  }

  protected override readSource(path: string, text: string): void {
    super.readSource(path, text)
    if (!this.strict && /['"]view engine['"]/.test(text))
      this.takeCustom('pug', {path, line: 1, text: 'view engine'})
  }

  private takeImport(path: string, {name, line, isCertain}: JavaScriptImport): void {
    const place = {path, line, text: `import of ${name}`}
    if (/^\.{1,2}(?:\/|$)/.test(name)) this.takeModule([resolveBelow(parentPath(path), name)], place)
    else if (isBuiltIn(name)) return
    else if (!this.takeAlias(path, name, place) && !this.takeWorkspace(name, place))
      this.takePackage({...place, name: packageOf(name), isCertain})
  }

  /** What some paths of modules stand for: a source that is followed, or another file. */
  private takeModule(paths: readonly (string | null)[], place: SourcePlace): boolean {
    const found = paths
      .flatMap((one) => (one === null ? [] : listModuleFiles(one)))
      .find((one) => this.isFile(one))
    if (found === undefined) return false
    if (!SOURCE.test(found)) this.name(found, place)
    else this.add(found, place)
    return true
  }

  private takeAlias(path: string, name: string, place: SourcePlace): boolean {
    if (name.startsWith('#')) return this.takeOwnName(path, name, place)
    const folders = this.aliasesOf(path).flatMap(({prefix, folder}) =>
      name.startsWith(prefix) ? [resolveBelow(folder, name.slice(prefix.length))] : [],
    )
    const byCustom = /^[@~]\//.test(name)
      ? this.roots.flatMap((root) =>
          ['src', ''].map((one) => resolveBelow(joinPath(root, one), name.slice(2))),
        )
      : []
    return this.takeModule([...folders, ...byCustom], place)
  }

  /** `imports` of package.json; one that is not found is a doubt. */
  private takeOwnName(path: string, name: string, place: SourcePlace): boolean {
    for (const root of this.listAround(path)) {
      const text = this.input.evidence.get(joinPath(root, 'package.json'))
      const targets = Array.from(text?.matchAll(/"(#[^"]*)"\s*:\s*(?:\{[^}]*?)?"(\.\/[^"]+)"/g) ?? [])
      for (const [, key = '', target = ''] of targets) {
        const [prefix = '', suffix] = key.split('*', 2)
        const fits = suffix === undefined ? name === key : name.startsWith(prefix)
        const filled = target.replace('*', suffix === undefined ? '' : name.slice(prefix.length))
        if (fits && this.takeModule([resolveBelow(root, filled)], place)) return true
      }
    }
    this.doubt(place)
    return true
  }

  private takeWorkspace(name: string, place: SourcePlace): boolean {
    const directory = this.workspace.get(packageOf(name))
    if (directory === undefined || this.roots.includes(directory)) return directory !== undefined
    this.name(directory, place)
    return true
  }

  private takePackage(one: ImportedPackage): void {
    this.addPackage(one)
    if (!this.strict) this.takeCustom(one.name, one)
  }

  private takeCustom(name: string, {path, line, text}: SourcePlace): void {
    const found = Object.hasOwn(BY_CUSTOM, name) ? BY_CUSTOM[name]! : []
    for (const one of found)
      for (const root of this.roots)
        if (this.has(joinPath(root, one))) this.name(joinPath(root, one), {path, line, text})
  }

  /** A string may be the path of a source or of data, beside the source, above it or in a root. */
  protected override takeString(path: string, {text, line}: SourceString): void {
    const bare = text.replace(/^\/+/, '').replace(/\/+$/, '')
    if (/^\.{0,2}$/.test(bare)) return
    const [first = '', ...rest] = bare.split('/')
    // A module may be written with the ending of what is made of it.
    const isModule = rest.length === 0 && first.includes('.')
    if (!/^\.{0,2}$/.test(first) && !isModule && !this.isName(first)) return
    const place = {path, line, text: JSON.stringify(text)}
    for (const around of this.listAround(path)) {
      const found = resolveBelow(around, bare)
      if (found === null || found === '') continue
      if (this.has(found) && !this.isFile(found)) this.name(found, place)
      else if (/[./]/.test(bare)) this.takeModule([found], place)
    }
  }

  private aliasesOf(path: string): {prefix: string; folder: string}[] {
    return this.listAround(path).flatMap((root) =>
      COMPILER_SETTINGS.flatMap((name) =>
        readCompilerPaths(this.input.evidence.get(joinPath(root, name)) ?? '').flatMap(({prefix, folder}) => {
          const found = resolveBelow(root, folder)
          return found === null ? [] : [{prefix, folder: found}]
        }),
      ),
    )
  }

  /** The directories around a source, the nearest first. */
  private listAround(path: string): string[] {
    const found: string[] = []
    for (let at = parentPath(path); ; at = parentPath(at)) {
      found.push(at)
      if (at === '') return found
    }
  }
}

/** The directories of the packages of a project, by name. */
function listWorkspacePackages({evidence}: ClosureInput): Map<string, string> {
  const found = new Map<string, string>()
  for (const [path, text] of evidence) {
    if (!path.endsWith('package.json') || /(?:^|\/)node_modules\//.test(path)) continue
    const [, name] = /"name"\s*:\s*"([^"]+)"/.exec(text) ?? []
    if (name !== undefined && !found.has(name)) found.set(name, parentPath(path))
  }
  return found
}
