import {
  type ContextView,
  type FileDigests,
  type KeepRule,
  NEW_CONTENT,
  ContextView as View,
} from '../../../build/cache/context-view.js'
import type {CacheBuild} from '../../../build/cache/simulate-build.js'
import type {BuildGraph} from '../../../build/graph/build-graph.js'
import {measureSource, type SourceRequest} from '../../../build/transfer/measure-source.js'
import type {CacheRemark} from '../../../report/cache-report.js'
import {MODE} from '../../../tree/model/file-mode.js'
import type {FileTree} from '../../../tree/model/file-tree.js'
import type {PatchedTree, TreeEntry} from '../../../tree/model/patch-tree.js'
import type {Build} from '../../project.js'
import type {DirectoryDigests} from '../predict/file-digests.js'
import type {ReadDigests, ViewedBuild} from '../predict/forecast.js'

/** Two builds, and what is different between them. */
export interface Scenario {
  /** Stable, for programs. */
  name: string
  /** For people: what happens. */
  title: string
  /** Relative to the context, sorted; those that the build does not send among them. */
  changedPaths: readonly string[]
  /** What is to know of the paths that were given. Default: nothing. */
  remarks?: readonly CacheRemark[]
  before: ViewedBuild
  after: ViewedBuild
  keeps: KeepRule
  read: ReadDigests
}

/** A build as it is now, ready to be compared with others. */
export interface CurrentBuild {
  build: Build
  described: Omit<CacheBuild, 'contexts'>
  digests: DirectoryDigests
}

/**
 * The build as it is, with a new view of its context: a view is compared with one other.
 * @param digests of the context's files
 */
export function viewCurrent({build, described}: CurrentBuild, digests: FileDigests): ViewedBuild {
  return {
    build: described,
    views: viewsOf(build, new View(build.context.tree, build.main.selection, digests)),
  }
}

function viewsOf({named}: Build, main: ContextView): Map<string | null, ContextView> {
  const views = new Map<string | null, ContextView>([[null, main]])
  const nothing: FileDigests = {digestOf: () => undefined}
  // A named context does not change in a scenario: it is the same to both.
  for (const {name, context, measured} of named)
    views.set(name, new View(context.tree, measured.selection, nothing))
  return views
}

/** What a build is at another time: its tree, and its Dockerfile and ignore file if they are others. */
export interface OtherTime {
  tree: FileTree
  digests: FileDigests
  request: SourceRequest
  graph: BuildGraph
}

/** The build at another time. @throws SlimCheckError where Docker's build would fail */
export function viewOther(
  {build, described}: CurrentBuild,
  {tree, digests, request, graph}: OtherTime,
): ViewedBuild {
  const {selection} = measureSource(tree, request)
  return {build: {...described, graph}, views: viewsOf(build, new View(tree, selection, digests))}
}

/** Digests of files of which some are another one's, told by number. */
export class PatchedDigests implements FileDigests {
  /** @param origins by entry: the one of `original` that it is a copy of, -1 for none */
  constructor(
    private readonly original: FileDigests,
    private readonly origins: Int32Array,
    private readonly own: ReadonlyMap<number, string>,
  ) {}

  digestOf(entry: number): string | undefined {
    const own = this.own.get(entry)
    if (own !== undefined) return own
    const origin = this.origins[entry]!
    return origin < 0 ? undefined : this.original.digestOf(origin)
  }
}

/** Some files of a tree with another content each, that no other file has. */
export class EditedDigests implements FileDigests {
  constructor(
    private readonly original: FileDigests,
    private readonly edited: ReadonlySet<number>,
  ) {}

  digestOf(entry: number): string | undefined {
    return this.edited.has(entry) ? `${NEW_CONTENT}${entry}` : this.original.digestOf(entry)
  }
}

/** A file as Git checks it out: 0644 or 0755, a link; a submodule is a directory. */
export function toTreeEntry(mode: number, size: number, linkTarget: string | undefined): TreeEntry {
  const time = {modified: 0}
  if (mode === 0o120000) return {mode: MODE.symlink + 0o777, size, ...time, linkTarget: linkTarget ?? ''}
  if (mode === 0o160000 || mode === 0o040000) return {mode: MODE.dir + 0o755, size: 0, ...time}
  return {mode: mode & 0o100 ? 0o755 : 0o644, size, ...time}
}

/** The entries that both trees have, the one patched from the other: they are the same files. */
export function keepsCopies({origins}: PatchedTree): KeepRule {
  return (_before, old, after, entry) => origins[old] === entry || after.tree.isDirectory(entry)
}
