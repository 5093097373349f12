import {DockerfileError} from '../../../errors.js'
import {
  type EvaluateOptions,
  evaluateDockerfile,
} from '../../../languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../languages/dockerfile/syntax/parse-dockerfile.js'
import {standInForArguments} from '../../../plan/stand-in-arguments.js'
import type {BuildGraph} from '../build-graph.js'
import {createBuildGraph} from '../create-build-graph.js'
import {contextsTaken} from '../query-graph.js'
import {listRequestsTo} from './list-requests.js'

/** What a build asks a context for. */
export interface ContextPaths {
  usesContext: boolean
  /** Sorted by bytes, unique; null: everything, or nothing when the context is not used. */
  paths: string[] | null
}

/** What a build asks all its contexts for. */
export interface RequestedPaths extends ContextPaths {
  /** One for each name that was given. */
  namedContexts: Record<string, ContextPaths>
}

/** Tells which paths a build asks its contexts for. @throws DockerfileError when it fails before its first step */
export function requestedPaths(
  dockerfile: string | Uint8Array,
  options: EvaluateOptions = {},
): RequestedPaths {
  const graph = createBuildGraph(evaluateDockerfile(parseDockerfile(dockerfile), options))
  const namedContexts = (options.namedContexts ?? []).map((name) => [name, requestsOf(graph, name)])
  return {...requestsOf(graph, null), namedContexts: Object.fromEntries(namedContexts)}
}

/** The paths that a Dockerfile asks the main context for, the root left out; null if it is broken. */
export function readAskedPaths(dockerfile: string): {paths: string[]; isWhole: boolean} | null {
  try {
    const parsed = parseDockerfile(dockerfile)
    const buildArgs = standInForArguments(parsed.instructions, {})?.values ?? {}
    const graph = createBuildGraph(evaluateDockerfile(parsed, {buildArgs}))
    const requests = listRequestsTo(graph, null)
    const paths = requests.filter(({isRoot}) => !isRoot).map(({path}) => path)
    return {paths: [...new Set(paths)], isWhole: paths.length < requests.length}
  } catch (error) {
    if (error instanceof DockerfileError) return null
    throw error
  }
}

/**
 * Sums up the requests to one context, null for the main one; one for the root makes it everything.
 * @param graph null without a Dockerfile: everything counts as asked for
 */
export function requestsOf(graph: BuildGraph | null, context: string | null): ContextPaths {
  if (graph === null) return {usesContext: true, paths: null}
  if (!contextsTaken(graph).has(context)) return {usesContext: false, paths: null}
  const requests = listRequestsTo(graph, context)
  if (requests.length === 0 || requests.some(({isRoot}) => isRoot)) return {usesContext: true, paths: null}
  const paths = [...new Set(requests.map(({path}) => path))]
  return {usesContext: true, paths: paths.sort(compareAsBytes)}
}

/** The order of the UTF-8 bytes, which is not that of UTF-16: a surrogate stands above all other units. */
function compareAsBytes(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  for (let index = 0; index < length; index++) {
    const difference = rank(one.charCodeAt(index)) - rank(other.charCodeAt(index))
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
