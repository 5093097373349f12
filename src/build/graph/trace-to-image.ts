/** How far an instruction takes a path of the context: into the final image, into a stage, or nowhere. */

import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {createIgnorePattern, findPatternProblem} from '../../languages/ignore/parse-ignore-file.js'
import {resolvePath} from '../../languages/text/clean-path.js'
import {baseName, isWithin, relativeTo} from '../../languages/text/container-path.js'
import type {BuildGraph, GraphStage, Read, Step} from './build-graph.js'
import {stepsBehind} from './query-graph.js'
import type {ContextRequest} from './requests/list-requests.js'

export type Destiny =
  /** It is in a layer of the final image. `through`: the line of the COPY --from that takes it there, if any. */
  | {kind: 'image'; through: number | null}
  /** It is in a stage, and nothing shows that it goes further. The stage's name, or its number. */
  | {kind: 'stage'; stage: string}
  /** A RUN step can read it. */
  | {kind: 'mount'}
  /** It is only sent: the instruction excludes it from the copy, or copies nothing. */
  | {kind: 'excluded'}

/** Traces a path that a request asks for. Where a copy puts it is followed only as far as the Dockerfile shows it. */
export function traceToImage(graph: BuildGraph, {take, stage}: ContextRequest, path: string): Destiny {
  if (take?.step.instruction.keyword === 'RUN') return {kind: 'mount'}
  if (take?.read.from.kind !== 'context') return describeStage(stage)
  const {step, read} = take
  const absolute = `/${path}`
  if (isExcluded(read, absolute)) return {kind: 'excluded'}
  const final = new Set(stepsBehind(graph.target))
  if (final.has(step)) return {kind: 'image', through: null}
  const places = placesOf(read, absolute).map((place) => ({step, place}))
  const through = followCopies(graph, final, places)
  return through === null ? describeStage(stage) : {kind: 'image', through}
}

/** A path in the file system that a step leaves. */
interface HeldPath {
  step: Step
  place: string
}

/** Follows places through COPY --from; returns the line that takes one of them into the final image. */
function followCopies(
  graph: BuildGraph,
  final: ReadonlySet<Step>,
  start: readonly HeldPath[],
): number | null {
  const seen = new Set<string>()
  const holds = createHolding()
  const pending = [...start]
  for (let here = pending.pop(); here !== undefined; here = pending.pop()) {
    const key = `${here.step.index} ${here.place}`
    if (seen.has(key)) continue
    seen.add(key)
    for (const taken of copiesOf(graph, here, holds)) {
      if (final.has(taken.step)) return taken.step.instruction.line
      pending.push(taken)
    }
  }
  return null
}

/** Tells whether what a step makes is in the outcome of a stage. */
type Holding = (stage: GraphStage, step: Step) => boolean

function createHolding(): Holding {
  const chains = new Map<GraphStage, ReadonlySet<Step>>()
  return (stage, step) => {
    const chain = chains.get(stage) ?? new Set(stepsBehind(stage))
    chains.set(stage, chain)
    return chain.has(step)
  }
}

/** Where other steps put a place that they copy from a stage that holds it. */
function copiesOf({steps}: BuildGraph, {step: maker, place}: HeldPath, holds: Holding): HeldPath[] {
  return steps.flatMap((step) =>
    step.reads.flatMap((read) => {
      if (read.how !== 'copy' || read.from.kind !== 'stage' || !isWithin(place, read.path)) return []
      if (!holds(read.from.stage, maker)) return []
      return placesOf(read, place).map((taken) => ({step, place: taken}))
    }),
  )
}

/**
 * Where a copy puts a path: below the destination if the source is a directory around it; a file goes to the
 * destination or into it, which the Dockerfile alone does not always tell. None if the working directory is unknown.
 */
function placesOf({path: source, landing}: Read, path: string): string[] {
  if (!landing.path.startsWith('/')) return []
  const below = (rest: string) => resolvePath(landing.path, rest)
  if (path !== source && isWithin(path, source)) return [below(relativeTo(source, path))]
  const name = baseName(path)
  return landing.isDirectory ? [below(name)] : [landing.path, below(name)]
}

/** `--exclude` keeps a path out of the copy, though not out of the transfer. */
function isExcluded({exclude, path: source}: Read, path: string): boolean {
  const patterns = exclude
    .map((glob) => createIgnorePattern(glob))
    .filter((pattern) => findPatternProblem(pattern) === null)
  if (patterns.length === 0) return false
  const isBelow = path !== source && isWithin(path, source)
  return new IgnoreRules(patterns).matchesPath(isBelow ? relativeTo(source, path) : path.slice(1)) ?? false
}

function describeStage({index, name, isTarget}: GraphStage): Destiny {
  return isTarget ? {kind: 'image', through: null} : {kind: 'stage', stage: name ?? String(index)}
}
