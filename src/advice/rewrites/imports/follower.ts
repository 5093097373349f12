import {readLoaders, type SourceString} from '../../../languages/sources/source-strings.js'
import {
  type ClosureInput,
  createNameTest,
  type ImportedPackage,
  MAX_SOURCES,
  type ProgramClosure,
  type ProgramStart,
  type SourcePlace,
} from './closure.js'

/** Follows what the sources of a program load; a language says how its imports and its strings are read. */
export abstract class Follower {
  private readonly files = new Set<string>()
  private readonly named = new Map<string, SourcePlace>()
  private readonly packages = new Map<string, ImportedPackage>()
  private readonly reasons = new Map<string, SourcePlace>()
  private readonly doubts: SourcePlace[] = []
  private unread: string | null = null
  /** Directories in which modules are looked for, in order. */
  protected readonly roots: readonly string[]
  protected readonly isName: (name: string) => boolean

  /** @param strict imports alone count; otherwise a string that names a module or a path of the project does, too */
  constructor(
    protected readonly input: ClosureInput,
    private readonly start: ProgramStart,
    protected readonly strict: boolean,
  ) {
    this.roots = start.roots
    this.isName = createNameTest(input.tree)
  }

  run(): ProgramClosure {
    for (const path of this.start.files) this.files.add(path)
    // A set is visited in order of insertion, what is added on the way too.
    for (const path of this.files) {
      const text = this.input.evidence.get(path)
      if (text === undefined || this.files.size > MAX_SOURCES) this.unread ??= path
      else this.readSource(path, text)
    }
    const {files, named, packages, reasons, doubts, unread} = this
    return {files, named, packages, reasons, doubts, unread}
  }

  protected readSource(path: string, text: string): void {
    this.takeImports(path, text)
    for (const {text: call, line} of readLoaders(text)) this.doubt({path, line, text: call})
    if (this.strict) return
    for (const one of this.readStrings(text)) this.takeString(path, one)
  }

  protected abstract takeImports(path: string, text: string): void

  protected abstract readStrings(text: string): readonly SourceString[]

  protected abstract takeString(path: string, one: SourceString): void

  /** A source that is loaded. */
  protected add(file: string, place: SourcePlace): void {
    if (this.files.has(file)) return
    this.files.add(file)
    this.reasons.set(file, place)
  }

  /** Another path of the context. */
  protected name(path: string, place: SourcePlace): void {
    if (!this.named.has(path)) this.named.set(path, place)
  }

  protected addPackage(one: ImportedPackage): void {
    const known = this.packages.get(one.name)
    if (known === undefined || (!known.isCertain && one.isCertain)) this.packages.set(one.name, one)
  }

  protected doubt(place: SourcePlace): void {
    this.doubts.push(place)
  }

  protected has(path: string): boolean {
    return this.input.tree.find(path) >= 0
  }

  protected isFile(path: string): boolean {
    const entry = this.input.tree.find(path)
    return entry >= 0 && this.input.tree.isFile(entry)
  }
}
