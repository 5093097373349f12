import path from 'node:path'
import type {Read, Step} from '../../../build/graph/build-graph.js'
import {placeRead, traceBack} from '../../../build/graph/placements.js'
import {stagesBehind, stepsBehind} from '../../../build/graph/query-graph.js'
import {listActions} from '../../../languages/scripts/list-actions.js'
import {isWithin, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {ComposeMount} from '../../../plan/compose/service/read-mounts.js'
import type {FileTree} from '../../../tree/model/file-tree.js'
import type {ServiceBuild} from './service-build.js'

/** What a mount hides of what a copy brings. */
export interface HiddenCopy {
  step: Step
  /** In the context, empty for all of it; null for what another stage made. */
  contextPath: string | null
  /** In the container. */
  target: string
  /** The mount brings the same path of the same context. */
  isRepeated: boolean
  holdsCode: boolean
  /** Bytes of regular files that the copy brings there; null for what is not in the context. */
  bytes: number | null
}

/** What a mount hides of what a step installs. */
export interface HiddenInstall {
  step: Step
  command: string
  /** The directory with the packages. */
  target: string
}

/** Finds what copies bring to a place that a mount covers. */
export function findHiddenCopies(build: ServiceBuild, mount: ComposeMount): HiddenCopy[] {
  return stepsBehind(build.graph.target).flatMap((step) =>
    step.reads.filter(({how}) => how === 'copy').flatMap((read) => hideRead(build, mount, step, read)),
  )
}

/**
 * Tells whether the image has most of the code that a mount brings, so that it would run without. An image that is given
 * its code by the mount alone has no other.
 */
export function hasMountedCode(
  build: ServiceBuild,
  {source}: ComposeMount,
  copies: readonly HiddenCopy[],
): boolean {
  const mounted = path
    .relative(build.contextPath, source ?? '')
    .split(path.sep)
    .join('/')
  const own = copies.flatMap(({contextPath, isRepeated}) =>
    isRepeated && contextPath !== null ? [contextPath] : [],
  )
  if (own.some((one) => one === '' || one === mounted || mounted.startsWith(`${one}/`))) return true
  const all = listCode(build, mounted)
  const brought = new Set(own.flatMap((one) => listCode(build, one)))
  return brought.size * 2 > all.length
}

/** The files with code below a path that are sent. */
function listCode({tree, plan}: ServiceBuild, contextPath: string): number[] {
  const start = contextPath === '' ? 0 : tree.find(contextPath)
  if (start < 0) return []
  const end = Math.min(contextPath === '' ? tree.length : tree.endOf(start), start + MAX_ENTRIES)
  const rules = plan.context.ignoreFile?.rules
  const code: number[] = []
  for (let entry = start; entry < end; entry++) {
    const isCode = tree.isFile(entry) && CODE.test(tree.nameOf(entry))
    if (isCode && rules?.matchesPath(tree.pathOf(entry)) !== true) code.push(entry)
  }
  return code
}

function hideRead(build: ServiceBuild, mount: ComposeMount, step: Step, read: Read): HiddenCopy[] {
  const {from, landing} = read
  const base = {step, isRepeated: false, holdsCode: true, bytes: null}
  if (from.kind === 'stage') {
    return isWithin(landing.path, mount.target) ? [{...base, contextPath: null, target: landing.path}] : []
  }
  if (from.kind !== 'context' || from.name !== null) return []
  return placeRead(build.tree, read).flatMap((placement): HiddenCopy[] => {
    const {contextPath, containerPath} = placement
    if (containerPath === null) return []
    const isBelow = isWithin(containerPath, mount.target)
    const found = isBelow ? contextPath : traceBack(placement, mount.target)
    if (found === null || !isSent(build, found)) return []
    const target = isBelow ? containerPath : mount.target
    const figures = measure(build.tree, found)
    return [
      {...base, contextPath: found, target, isRepeated: repeats(build, mount, found, target), ...figures},
    ]
  })
}

function isSent({tree, plan}: ServiceBuild, contextPath: string): boolean {
  if (contextPath === '') return true
  return tree.find(contextPath) >= 0 && plan.context.ignoreFile?.rules.matchesPath(contextPath) !== true
}

/** Tells whether the mount shows at a place what the copy brought there. */
function repeats(
  {contextPath: root}: ServiceBuild,
  {source, target}: ComposeMount,
  found: string,
  at: string,
): boolean {
  if (source === null || (source !== root && !source.startsWith(`${root}${path.sep}`))) return false
  const mounted = path.relative(root, source).split(path.sep).join('/')
  return traceBack({contextPath: mounted, containerPath: target, isSwept: false}, at) === found
}

const CODE =
  /\.(?:py|js|jsx|mjs|cjs|ts|tsx|mts|vue|svelte|rb|php|go|java|kt|scala|rs|cs|fs|ex|exs|erl|clj|pl|lua|jar|c|cc|cpp|h|hpp|swift|dart|sh)$/

/** More entries than these are not looked at. */
const MAX_ENTRIES = 200_000

/** What lies at a path, whatever the ignore file leaves of it. */
function measure(tree: FileTree, contextPath: string): {holdsCode: boolean; bytes: number} {
  const start = contextPath === '' ? 0 : tree.find(contextPath)
  const end = contextPath === '' ? tree.length : tree.endOf(start)
  let holdsCode = false
  let bytes = 0
  for (let entry = start; entry < Math.min(end, start + MAX_ENTRIES); entry++) {
    if (!tree.isFile(entry)) continue
    bytes += tree.sizeOf(entry)
    holdsCode ||= CODE.test(tree.nameOf(entry))
  }
  return {holdsCode, bytes}
}

/** Finds the packages that steps install below a mount, and that no other mount keeps. */
export function findHiddenInstalls(
  build: ServiceBuild,
  mount: ComposeMount,
  mounts: readonly ComposeMount[],
): HiddenInstall[] {
  const others = mounts.filter(({target}) => target !== mount.target && isWithin(target, mount.target))
  const found = stepsBehind(build.graph.target).flatMap((step) => listInstalls(build, step))
  return found.filter(
    ({target}) => isWithin(target, mount.target) && !others.some((other) => isWithin(target, other.target)),
  )
}

/** Where each kind of install puts packages, below the directory that it works in. */
const PACKAGES: Readonly<Record<string, string>> = {
  'npm-install': 'node_modules',
  'composer-install': 'vendor',
  'mix-deps': 'deps',
}

/**
 * Packages of Node may be put elsewhere by a file such as .yarnrc: then PATH names their programs there, and not below the
 * directory where the install works.
 */
function arePackagesElsewhere({target: outcome}: ServiceBuild['graph'], target: string): boolean {
  const places = stagesBehind(outcome)
    .flatMap(({instructions}) => instructions)
    .flatMap((one) => (one.keyword === 'ENV' ? one.pairs : []))
    .flatMap(([name, value]) => (name === 'PATH' ? value.split(':') : []))
    .filter((place) => /^\/.*\bnode_modules\/\.bin\/?$/.test(place))
  return places.length > 0 && !places.some((place) => isWithin(place, target))
}

function listInstalls({timeline, graph}: ServiceBuild, step: Step): HiddenInstall[] {
  if (step.instruction.keyword !== 'RUN') return []
  const event = timeline.events.find(
    (one) => one.kind === 'run' && !one.isStart && one.where.place.endsWith(`:${step.instruction.line}`),
  )
  if (event?.kind !== 'run') return []
  return listActions(event.commands).flatMap((action) => {
    const {makes = [], makesEnvironment, directory, env, text, isPartial, words} = action
    if (words.some((word) => /^(?:-g|--global|global|--(?:modules-folder|prefix)(?:=.*)?)$/.test(word)))
      return []
    const own = makes.map((kind) => PACKAGES[kind]).find((name) => name !== undefined)
    const isElsewhere = env.has('UV_PROJECT_ENVIRONMENT') || env.has('npm_config_prefix')
    const name = own ?? (isElsewhere || isPartial ? undefined : makesEnvironment)
    if (name === undefined || directory.startsWith('/?')) return []
    const target = resolveContainerPath(directory, name)
    return arePackagesElsewhere(graph, target) ? [] : [{step, command: text, target}]
  })
}
