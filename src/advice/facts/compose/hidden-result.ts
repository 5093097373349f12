import path from 'node:path'
import type {Step} from '../../../build/graph/build-graph.js'
import {stepsBehind} from '../../../build/graph/query-graph.js'
import {baseName, isWithin, relativeTo} from '../../../languages/text/container-path.js'
import type {ComposeMount} from '../../../plan/compose/service/read-mounts.js'
import type {ServiceBuild} from './service-build.js'

/** What another stage made, and a mount hides. */
export interface HiddenResult {
  step: Step
  /** In the container. */
  target: string
  /** Where the host would have to have it, absolute. */
  hostPath: string
}

/** People give these to a container on purpose. */
const CONFIGURATION = /^(?:etc|config(?:s|uration)?|conf(?:\.d)?|settings)$/

/** A container writes there, or is given what it needs. */
const DATA = /^(?:data|db|logs?|storage|uploads?|media|cache|tmp|certs?|ssl|secrets?|backups?|var)$/

/** Tells whether a mount is at a place of configuration. */
export function isConfiguration({target}: ComposeMount): boolean {
  return target.startsWith('/etc/') || CONFIGURATION.test(baseName(target))
}

/** Finds what another stage made, below a mount of the context that has nothing at its place; what another mount brings there, left out. */
export function findHiddenResults(
  {graph, contextPath}: ServiceBuild,
  mount: ComposeMount,
  mounts: readonly ComposeMount[],
  isThere: (hostPath: string) => boolean,
): HiddenResult[] {
  const {source, target} = mount
  const isOwn = source !== null && (source === contextPath || source.startsWith(`${contextPath}${path.sep}`))
  if (!isOwn || isConfiguration(mount) || DATA.test(baseName(target))) return []
  const inner = mounts.filter((one) => one.target !== target && isWithin(one.target, target))
  return stepsBehind(graph.target).flatMap((step) =>
    step.reads.flatMap(({how, from, landing}): HiddenResult[] => {
      const isHidden = how === 'copy' && from.kind === 'stage' && isWithin(landing.path, target)
      if (!isHidden || inner.some((one) => isWithin(landing.path, one.target))) return []
      const hostPath = path.join(source, relativeTo(target, landing.path))
      return isThere(hostPath) ? [] : [{step, target: landing.path, hostPath}]
    }),
  )
}
