import {parseDockerfile} from '../syntax/parse-dockerfile.js'
import {type EvaluateOptions, evaluateDockerfile} from './evaluate-dockerfile.js'
import type {EvaluatedDockerfile} from './evaluated-dockerfile.js'

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
  const evaluated = evaluateDockerfile(parseDockerfile(dockerfile), options)
  const namedContexts = (options.namedContexts ?? []).map((name) => [name, requestsOf(evaluated, name)])
  return {...requestsOf(evaluated, null), namedContexts: Object.fromEntries(namedContexts)}
}

/** Sums up the requests to one context, null for the main one; one for the root makes it everything. */
export function requestsOf(evaluated: EvaluatedDockerfile, context: string | null): ContextPaths {
  if (!evaluated.usedContexts.has(context)) return {usesContext: false, paths: null}
  const requests = evaluated.requests.filter((request) => request.context === context)
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
