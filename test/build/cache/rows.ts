import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {ContextView, keepsOnSameBuilder} from '../../../src/build/cache/context-view.js'
import {ContextNodes} from '../../../src/build/cache/nodes.js'
import {predictCache} from '../../../src/build/cache/predict-cache.js'
import type {CacheBuild} from '../../../src/build/cache/simulate-build.js'
import {createBuildGraph} from '../../../src/build/graph/create-build-graph.js'
import {requestsOf} from '../../../src/build/graph/requests/requested-paths.js'
import {selectEntries} from '../../../src/build/transfer/select-entries.js'
import {evaluateDockerfile} from '../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {IgnoreRules} from '../../../src/languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'
import {MODE} from '../../../src/tree/model/file-mode.js'
import {followLinks} from '../../../src/tree/model/follow-links.js'
import {createFileTree, type PlainEntry} from '../../../src/tree/model/tree-from-entries.js'
import {createTreeLinkReader} from '../../../src/tree/model/tree-link-reader.js'

/** `[type, path, value, mode, mtimeSeconds]`; see test/conformance/README.md. */
export type TreeRow = [
  type: 'file' | 'dir' | 'symlink' | 'hardlink' | 'base64',
  path: string,
  value: string | null,
  mode: number,
  modified: number,
]

/** What a build is told. */
export interface BuildRow {
  dockerfile: string
  ignore: string | null
  tree: TreeRow[]
  buildArgs: Record<string, string>
  target: string
  noCache?: boolean
  noCacheFilter?: string[]
}

export interface CacheRow extends BuildRow {
  name: string
  change: Partial<BuildRow> & {put?: TreeRow[]; remove?: string[]; images?: string[]}
  expect: {
    steps: {
      line: number
      stage: number
      name: string | null
      step: string
      cached: boolean
      depends?: true
    }[]
  }
}

/** A step as rows and the library tell it. */
export interface ToldStep {
  line: number
  stage: number
  name: string | null
  text: string
  state: string
}

const DEFAULT_TIME = 1_700_000_000

/** The base images that the rows were built on. */
const IMAGES = {
  'bb:1': {layers: 'A'},
  'bb:2': {layers: 'B', env: [['BASE', 'two']] as const, workingDir: '/w'},
  'bb:3': {layers: 'A', env: [['BASE', 'three']] as const},
  'bb:on': {layers: 'A', onBuild: ['COPY package.json /on/', 'RUN echo on > /on/x']},
}

/** What is known of the images at the second build: some tags have moved. */
function imagesAfter({change}: CacheRow): typeof IMAGES {
  const moved = Object.entries(IMAGES).map(([name, facts]) => {
    const hasMoved = change.images?.includes(name) ?? false
    return [name, hasMoved ? {...facts, layers: `other than ${facts.layers}`} : facts]
  })
  return Object.fromEntries(moved)
}

export function cacheRows(): CacheRow[] {
  const file = new URL('../../../../test/conformance/cache.jsonl', import.meta.url)
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row))
}

/** Both builds of a row, the change applied; the files that carry the build's text are in the tree. */
export function buildsOf(row: CacheRow): {before: BuildRow; after: BuildRow} {
  const {change, name: _, expect: __, ...before} = row
  const {put = [], remove = [], images: ___, ...values} = change
  const isGone = (path: string) => remove.some((one) => path === one || path.startsWith(`${one}/`))
  const placed = new Set(put.map(([, path]) => path))
  const kept = before.tree.filter(([, path]) => !isGone(path) && !placed.has(path))
  const after = {...before, ...values, tree: [...kept, ...put]}
  return {
    before: withTexts(before, DEFAULT_TIME, DEFAULT_TIME),
    after: withTexts(
      after,
      values.dockerfile === undefined ? DEFAULT_TIME : DEFAULT_TIME + 1,
      values.ignore === undefined ? DEFAULT_TIME : DEFAULT_TIME + 1,
    ),
  }
}

function withTexts(build: BuildRow, dockerfileTime: number, ignoreTime: number): BuildRow {
  const tree: TreeRow[] = [...build.tree, ['file', 'Dockerfile', build.dockerfile, 0o644, dockerfileTime]]
  if (build.ignore !== null) tree.push(['file', '.dockerignore', build.ignore, 0o644, ignoreTime])
  return {...build, tree}
}

/** Predicts a row without touching the disk. @param linksCopies as the containerd store does */
export function predictRow(row: CacheRow, linksCopies = false): ToldStep[] {
  const {before, after} = buildsOf(row)
  const beforeView = viewOf(before)
  const afterView = viewOf(after)
  afterView.alignWith(beforeView, keepsOnSameBuilder)
  const beforeNodes = new ContextNodes(beforeView)
  const {steps, wanted} = predictCache(
    {...buildOf(before, beforeNodes, IMAGES), linksCopies},
    {...buildOf(after, new ContextNodes(afterView, beforeNodes), imagesAfter(row)), linksCopies},
  )
  if (wanted.size > 0) throw new Error('a digest was not known')
  return steps.map(({step, text, state}) => ({
    line: step.line,
    stage: step.stage.index,
    name: step.stage.name,
    text,
    state,
  }))
}

function viewOf(build: BuildRow): ContextView {
  const contents = new Map(
    build.tree.map(([type, path, value]) => [
      path,
      Buffer.from(value ?? '', type === 'base64' ? 'base64' : 'utf8'),
    ]),
  )
  const tree = createFileTree(build.tree.map((row) => toEntry(row, contents, build.tree)))
  const {paths, usesContext} = requestsOf(createBuildGraph(evaluate(build, IMAGES)), null)
  const followed = paths && followLinks(paths, createTreeLinkReader(tree))
  const requested = followed && IgnoreRules.ofRequests(followed)
  const ignore = build.ignore === null ? null : new IgnoreRules(parseIgnoreFile(build.ignore).patterns)
  const selection = usesContext
    ? selectEntries(tree, {ignore, requested})
    : {entries: new Uint32Array(), arrivesEmpty: new Set<number>()}
  const digestOf = (entry: number) => {
    const content = contents.get(targetOf(tree.pathOf(entry), build.tree))!
    return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
  }
  return new ContextView(tree, selection, {digestOf})
}

/** The file that a hard link shares its content with. */
function targetOf(path: string, tree: readonly TreeRow[]): string {
  const row = tree.find(([, one]) => one === path)
  return row?.[0] === 'hardlink' ? targetOf(row[2]!, tree) : path
}

function toEntry(row: TreeRow, contents: ReadonlyMap<string, Buffer>, tree: readonly TreeRow[]): PlainEntry {
  const [type, path, value, mode, modified] = row
  if (type === 'hardlink') {
    const target = tree.find(([, one]) => one === value)!
    return {...toEntry(target, contents, tree), path, hardLinkTo: value!}
  }
  const bits =
    (mode & 0o777) +
    (mode & 0o4000 ? MODE.setuid : 0) +
    (mode & 0o2000 ? MODE.setgid : 0) +
    (mode & 0o1000 ? MODE.sticky : 0)
  const time = {modified: (modified ?? DEFAULT_TIME) * 1000}
  if (type === 'dir') return {path, mode: MODE.dir + bits, size: 0, ...time}
  if (type === 'symlink') return {path, mode: MODE.symlink + 0o777, size: 0, linkTarget: value!, ...time}
  return {path, mode: bits, size: contents.get(path)!.length, ...time}
}

function evaluate({dockerfile, target, buildArgs}: BuildRow, images: typeof IMAGES) {
  return evaluateDockerfile(parseDockerfile(dockerfile), {target, buildArgs, images})
}

function buildOf(
  build: BuildRow,
  nodes: ContextNodes,
  images: typeof IMAGES,
): Omit<CacheBuild, 'linksCopies'> {
  const {buildArgs, noCache = false, noCacheFilter = []} = build
  const filtered = new Set(noCacheFilter.map((name) => name.toLowerCase()))
  return {
    graph: createBuildGraph(evaluate(build, images)),
    settings: {networkMode: 'none', epoch: buildArgs.SOURCE_DATE_EPOCH || null},
    contexts: new Map([[null, nodes]]),
    layersOf: (image) => images[image as keyof typeof images]?.layers ?? image,
    ignoresCache: (stage) => noCache || (stage !== null && filtered.has(stage)),
  }
}

/** What is wrong with a prediction; empty: nothing. */
export function compareSteps(row: CacheRow, steps: readonly ToldStep[]): unknown[] {
  const write = ({line, stage, name, text, state}: ToldStep) => `${line} ${stage} ${name} ${text}: ${state}`
  const mine = steps.map(write)
  const theirs = row.expect.steps.map(({step, cached, depends, ...rest}) =>
    write({...rest, text: step, state: depends ? 'depends' : cached ? 'cached' : 'runs'}),
  )
  const isSame = mine.length === theirs.length && mine.every((one, at) => one === theirs[at])
  if (isSame) return []
  const differing = mine.map((one, at) => (one === theirs[at] ? one : `${one} NOT ${theirs[at]}`))
  return [{row: row.name, differing}]
}
