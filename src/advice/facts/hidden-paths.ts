import type {PlannedGraph} from '../../build/graph/proof-input.js'
import {createTimelines} from '../../build/graph/timeline.js'
import {isWithin} from '../../languages/text/container-path.js'
import type {ServiceMount} from '../../plan/service-run.js'
import type {FileTree} from '../../tree/model/file-tree.js'

/** A mount that hides something of an image from a service. */
export interface HidingMount {
  service: string
  mount: ServiceMount
}

/** The mounts of a build's services over a place where an instruction puts something; none where compose does not run it. */
export function listHidingMounts({plan, graph}: PlannedGraph, tree: FileTree): HidingMount[] {
  const {dockerfile, services = []} = plan
  if (dockerfile === null || graph === null || services.every(({mounts}) => mounts.length === 0)) return []
  const timelines = createTimelines(dockerfile.path, graph, tree)
  const events = timelines.find(({isTarget}) => isTarget)?.events ?? []
  const places = events.flatMap((event) => {
    if (event.kind === 'handover') return [event.destination]
    if (event.kind !== 'arrival' || event.isMount) return []
    return event.placements.flatMap(({containerPath}) => containerPath ?? [])
  })
  return services.flatMap(({service, mounts}) =>
    mounts
      .filter(({kind, target}) => kind !== 'volume' && places.some((place) => isWithin(place, target)))
      .map((mount) => ({service, mount})),
  )
}
