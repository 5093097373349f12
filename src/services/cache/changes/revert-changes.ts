import {requestsOf} from '../../../build/graph/requests/requested-paths.js'
import type {PathChange, TreeFile} from '../../../languages/git/parse-raw-diff.js'
import type {BuildOptions} from '../../../plan/build-options.js'
import type {BuildPlan, PlanIgnoreFile} from '../../../plan/build-plan.js'
import {followLinks} from '../../../tree/model/follow-links.js'
import {type PatchedTree, patchTree, type TreeEntry} from '../../../tree/model/patch-tree.js'
import {createTreeLinkReader} from '../../../tree/model/tree-link-reader.js'
import type {GitDirectory} from '../../load/git-repository.js'
import {IGNORE_FILE, readIgnoreText} from '../../load/load-ignore-file.js'
import {changeTexts} from '../../load/load-plan.js'
import {graphOf} from '../../load/load-project.js'
import {type OtherTime, PatchedDigests, toTreeEntry} from './scenario.js'

/** A context at one time, and what the build's texts are then. */
export interface Moment extends OtherTime {
  plan: BuildPlan
  /** The ignore files there are, by path. */
  texts: BuildTexts
}

/** The texts of a build that a change may touch; null: there is no such file. */
export interface BuildTexts {
  dockerfile: Uint8Array
  ownIgnore: Uint8Array | null
  rootIgnore: Uint8Array | null
}

/** The moment before some changes, and how its tree comes from the later one. */
export interface EarlierMoment extends Moment {
  patched: PatchedTree
}

/** Objects of Git that taking changes back needs, fetched in one go. */
export interface GitObjects {
  /** Bytes, by blob. */
  sizes: ReadonlyMap<string, number>
  /** Contents of links and of the build's texts, by blob. */
  contents: ReadonlyMap<string, Buffer>
}

/** Fetches what taking back all of some changes needs. @throws SlimCheckError `git-failed` */
export async function fetchObjects(
  git: GitDirectory,
  plan: BuildPlan,
  changes: readonly PathChange[],
): Promise<GitObjects> {
  const texts = new Set<string>(Object.values(textPathsOf(plan)))
  const files = changes.flatMap(({path, before}) =>
    before?.blob ? [{path, ...before, blob: before.blob}] : [],
  )
  const isRead = ({path, mode}: {path: Buffer; mode: number}) => mode === LINK || texts.has(path.toString())
  const [sizes, contents] = await Promise.all([
    git.measureBlobs(files.filter(({mode}) => mode !== SUBMODULE).map(({blob}) => blob)),
    git.readBlobs(files.filter(isRead).map(({blob}) => blob)),
  ])
  return {sizes, contents}
}

/**
 * Takes changes back.
 * @param after the moment that they led to
 * @throws SlimCheckError where the texts of before are broken
 */
export function revertChanges(
  after: Moment,
  changes: readonly PathChange[],
  {sizes, contents}: GitObjects,
  options: BuildOptions,
): EarlierMoment {
  const files = changes.map(({path, before}): [string, TreeFile | null] => [path.toString(), before])
  const entries = files.map(([path, file]): [string, TreeEntry | null] => {
    if (file === null) return [path, null]
    const target = file.mode === LINK ? contents.get(file.blob ?? '')?.toString() : undefined
    return [path, toTreeEntry(file.mode, sizes.get(file.blob ?? '') ?? 0, target)]
  })
  const patched = patchTree(after.tree, entries)
  const own = new Map<number, string>()
  for (const [path, file] of files) {
    const entry = file?.blob ? patched.tree.find(path) : -1
    if (entry >= 0) own.set(entry, file!.blob!)
  }
  const digests = new PatchedDigests(after.digests, patched.origins, own)
  const texts = findTexts(after, files, contents)
  return {patched, ...makeMoment(after, {tree: patched.tree, digests, texts}, options)}
}

const LINK = 0o120000
const SUBMODULE = 0o160000

/** What a build asks of a tree with these texts. @throws SlimCheckError where they are broken */
export function makeMoment(
  {plan, graph: oldGraph, texts: oldTexts, request}: Pick<Moment, 'plan' | 'graph' | 'texts' | 'request'>,
  {tree, digests, texts}: Pick<Moment, 'tree' | 'digests' | 'texts'>,
  options: BuildOptions,
): Moment {
  const isSame = isSameBytes(texts.dockerfile, oldTexts.dockerfile) && hasSameIgnore(texts, oldTexts)
  const current = isSame ? plan : changeTexts(plan, options, texts.dockerfile, chooseIgnoreFile(plan, texts))
  const graph = isSame ? oldGraph : graphOf(current)!
  const requests = requestsOf(graph, null)
  const followedPaths = requests.paths && followLinks(requests.paths, createTreeLinkReader(tree))
  return {
    plan: current,
    graph,
    tree,
    digests,
    texts,
    request: {...request, source: current.context, requests, followedPaths},
  }
}

/** The texts of a build as they are now. */
export function textsOf({dockerfile, context: {ignoreFile}}: BuildPlan): BuildTexts {
  const isRoot = ignoreFile?.path === IGNORE_FILE
  return {
    dockerfile: dockerfile!.content,
    ownIgnore: ignoreFile && !isRoot ? ignoreFile.content : null,
    rootIgnore: ignoreFile && isRoot ? ignoreFile.content : null,
  }
}

/** The paths of a build's texts, relative to the context. */
export function textPathsOf({dockerfile}: BuildPlan): Record<keyof BuildTexts, string> {
  const path = dockerfile!.path
  return {dockerfile: path, ownIgnore: `${path}${IGNORE_FILE}`, rootIgnore: IGNORE_FILE}
}

/** The build's texts, those that change as they were. */
function findTexts(
  {plan, texts}: Moment,
  files: readonly [string, TreeFile | null][],
  contents: GitObjects['contents'],
): BuildTexts {
  const found: BuildTexts = {...texts}
  const changed = new Map(files)
  for (const [key, path] of Object.entries(textPathsOf(plan)) as [keyof BuildTexts, string][]) {
    const file = changed.get(path)
    if (file === undefined) continue
    const content = file === null ? null : (contents.get(file.blob ?? '') ?? null)
    if (key === 'dockerfile') found.dockerfile = content ?? new Uint8Array()
    else found[key] = content
  }
  return found
}

function chooseIgnoreFile(plan: BuildPlan, {ownIgnore, rootIgnore}: BuildTexts): PlanIgnoreFile | null {
  const paths = textPathsOf(plan)
  if (ownIgnore !== null) return readIgnoreText(ownIgnore, paths.ownIgnore)
  return rootIgnore && readIgnoreText(rootIgnore, paths.rootIgnore)
}

function hasSameIgnore(one: BuildTexts, other: BuildTexts): boolean {
  return isSameBytes(one.ownIgnore, other.ownIgnore) && isSameBytes(one.rootIgnore, other.rootIgnore)
}

function isSameBytes(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one === null || other === null ? one === other : Buffer.compare(one, other) === 0
}
