import {
  describeImport,
  type PythonImport,
  readLoaders,
  readPythonImports,
  readStrings,
  type SourceString,
} from '../../../languages/sources/python-source.js'
import {joinPath, parentPath} from '../../../languages/text/container-path.js'
import {
  type ClosureInput,
  createNameTest,
  type ImportedPackage,
  MAX_SOURCES,
  type ProgramClosure,
  type ProgramStart,
  resolveBelow,
  type SourcePlace,
} from './closure.js'

/**
 * Follows the imports of a program through its project. A string that names a module or a path of the project counts as
 * one that is loaded, unless `strict` says that imports alone do.
 */
export function followImports(input: ClosureInput, start: ProgramStart, strict = false): ProgramClosure {
  return new Follower(input, start.roots, strict).run(start.files)
}

class Follower {
  private readonly files = new Set<string>()
  private readonly named = new Map<string, SourcePlace>()
  private readonly packages = new Map<string, ImportedPackage>()
  private readonly reasons = new Map<string, SourcePlace>()
  private readonly doubts: SourcePlace[] = []
  private readonly isName: (name: string) => boolean
  /** What modules were found to be: sources name the same ones again and again. */
  private readonly found = new Map<string, readonly string[]>()
  private unread: string | null = null

  constructor(
    private readonly input: ClosureInput,
    private readonly roots: readonly string[],
    private readonly strict: boolean,
  ) {
    this.isName = createNameTest(input.tree)
  }

  run(starts: readonly string[]): ProgramClosure {
    for (const path of starts) this.files.add(path)
    // A set is visited in order of insertion, what is added on the way too.
    for (const path of this.files) {
      const text = this.input.evidence.get(path)
      if (text === undefined || this.files.size > MAX_SOURCES) this.unread ??= path
      else this.readSource(path, text)
    }
    const {files, named, packages, reasons, doubts, unread} = this
    return {files, named, packages, reasons, doubts, unread}
  }

  private readSource(path: string, text: string): void {
    for (const one of readPythonImports(text)) this.takeImport(path, one)
    for (const {text: call, line} of readLoaders(text)) this.doubts.push({path, line, text: call})
    if (this.strict) return
    for (const one of readStrings(text)) this.takeString(path, one)
  }

  private takeImport(path: string, one: PythonImport): void {
    const place = {path, line: one.line, text: describeImport(one)}
    const found = one.level > 0 ? this.findRelative(path, one) : this.findAbsolute(one.module, one.names)
    for (const file of found) this.add(file, place)
    const [name = ''] = one.module.split('.')
    if (found.length > 0 || one.level > 0 || name === '') return
    const known = this.packages.get(name)
    if (known === undefined || (!known.isCertain && one.isCertain))
      this.packages.set(name, {...place, name, isCertain: one.isCertain})
  }

  private add(file: string, place: SourcePlace): void {
    if (this.files.has(file)) return
    this.files.add(file)
    this.reasons.set(file, place)
  }

  private findRelative(path: string, {module, level, names}: PythonImport): string[] {
    let base = parentPath(path)
    for (let up = 1; up < level; up++) base = parentPath(base)
    return this.findModule(base, module === '' ? [] : module.split('.'), names)
  }

  private findAbsolute(module: string, names: readonly string[]): readonly string[] {
    const key = `${module} ${names.join(' ')}`
    let found = this.found.get(key)
    if (found === undefined) {
      found = this.searchRoots(module.split('.'), names)
      this.found.set(key, found)
    }
    return found
  }

  private searchRoots(parts: readonly string[], names: readonly string[]): string[] {
    const [first = ''] = parts
    if (!this.isName(first) && !this.isName(`${first}.py`)) return []
    for (const root of this.roots) {
      const found = this.findModule(root, parts, names)
      if (found.length > 0) return found
    }
    return []
  }

  /** The sources that loading a module runs; none where it is not in the directory. */
  private findModule(base: string, parts: readonly string[], names: readonly string[]): string[] {
    const packages = parts.map((_, at) => joinPath(base, parts.slice(0, at + 1).join('/')))
    const whole = packages.at(-1) ?? base
    const ways = [...packages, ...names.map((name) => joinPath(whole, name))]
    const found = ways
      .flatMap((way) => [joinPath(way, '__init__.py'), `${way}.py`])
      .filter((one) => this.has(one))
    const isThere = parts.length === 0 || this.has(`${packages[0]!}.py`) || this.isPackage(packages[0]!)
    return isThere ? found : []
  }

  /** A directory with sources; with nothing but other files it is no module. */
  private isPackage(path: string): boolean {
    const {tree} = this.input
    const entry = tree.find(path)
    if (entry < 0 || !tree.isDirectory(entry)) return false
    for (let index = entry; index < tree.endOf(entry); index++) {
      if (tree.isFile(index) && tree.nameOf(index).endsWith('.py')) return true
    }
    return false
  }

  private has(path: string): boolean {
    const entry = this.input.tree.find(path)
    return entry >= 0 && this.input.tree.isFile(entry)
  }

  /** A string may be the name of a module, or of a path beside the source, above it or in a root. */
  private takeString(path: string, {text, line}: SourceString): void {
    const place = {path, line, text: JSON.stringify(text)}
    const [module = ''] = text.split(':')
    if (/^[A-Za-z_][\w.]*$/.test(module)) {
      for (const file of this.findAbsolute(module, [])) this.add(file, place)
      const up = module.slice(0, Math.max(module.lastIndexOf('.'), 0))
      if (up !== '')
        for (const file of this.findAbsolute(up, [module.slice(up.length + 1)])) this.add(file, place)
    }
    for (const found of this.findPaths(path, text)) {
      if (found.endsWith('.py') && this.has(found)) this.add(found, place)
      else if (!this.named.has(found)) this.named.set(found, place)
    }
  }

  private findPaths(path: string, text: string): string[] {
    const bare = text.replace(/^\/+/, '').replace(/\/+$/, '')
    if (bare === '' || bare === '.' || bare === '..') return []
    const [first = ''] = bare.split('/')
    if (!/^\.{0,2}$/.test(first) && !this.isName(first)) return []
    const places = new Set(this.roots)
    for (let at = parentPath(path); ; at = parentPath(at)) {
      places.add(at)
      if (at === '') break
    }
    return [...places].flatMap((place) => {
      const found = resolveBelow(place, bare)
      return found !== null && found !== '' && this.input.tree.find(found) >= 0 ? [found] : []
    })
  }
}
