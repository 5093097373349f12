import {
  describeImport,
  type PythonImport,
  readPythonImports,
} from '../../../languages/sources/python-source.js'
import {readStrings, type SourceString} from '../../../languages/sources/source-strings.js'
import {joinPath, parentPath} from '../../../languages/text/container-path.js'
import {type ClosureInput, type ProgramClosure, type ProgramStart, resolveBelow} from './closure.js'
import {Follower} from './follower.js'

/**
 * Follows the imports of a program of Python through its project. A string that names a module or a path of the project
 * counts as one that is loaded, unless `strict` says that imports alone do.
 */
export function followPython(input: ClosureInput, start: ProgramStart, strict = false): ProgramClosure {
  return new PythonFollower(input, start, strict).run()
}

class PythonFollower extends Follower {
  /** What modules were found to be: sources name the same ones again and again. On 900 sources that is a twentieth of `dockerfile`. */
  private readonly found = new Map<string, readonly string[]>()

  protected override readonly readStrings = readStrings

  protected override takeImports(path: string, text: string): void {
    for (const one of readPythonImports(text)) this.takeImport(path, one)
  }

  private takeImport(path: string, one: PythonImport): void {
    const place = {path, line: one.line, text: describeImport(one)}
    const found = one.level > 0 ? this.findRelative(path, one) : this.findAbsolute(one.module, one.names)
    for (const file of found) this.add(file, place)
    const [name = ''] = one.module.split('.')
    if (found.length > 0 || one.level > 0 || name === '') return
    this.addPackage({...place, name, isCertain: one.isCertain})
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
      .filter((one) => this.isFile(one))
    const isThere = parts.length === 0 || this.isFile(`${packages[0]!}.py`) || this.isPackage(packages[0]!)
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

  /** A string may be the name of a module, or of a path beside the source, above it or in a root. */
  protected override takeString(path: string, {text, line}: SourceString): void {
    const place = {path, line, text: JSON.stringify(text)}
    const [module = ''] = text.split(':')
    if (/^[A-Za-z_][\w.]*$/.test(module)) {
      for (const file of this.findAbsolute(module, [])) this.add(file, place)
      const up = module.slice(0, Math.max(module.lastIndexOf('.'), 0))
      if (up !== '')
        for (const file of this.findAbsolute(up, [module.slice(up.length + 1)])) this.add(file, place)
    }
    for (const found of this.findPaths(path, text)) {
      if (found.endsWith('.py') && this.isFile(found)) this.add(found, place)
      else this.name(found, place)
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
