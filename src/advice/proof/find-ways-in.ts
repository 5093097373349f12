import type {PlacedAction} from '../../build/graph/expand-actions.js'
import {relate} from '../../build/graph/placements.js'
import type {InstructionRef, StageEvent} from '../../build/graph/timeline.js'
import {isWithin, relativeTo, resolveContainerPath} from '../../languages/text/container-path.js'
import type {Image} from './survey/survey.js'
import {takesAlong} from './takes-along.js'

/** One way into an image: carried along with a directory around it. */
export interface WayIn {
  image: Image
  where: InstructionRef
  /** A container path; null where that is not known. */
  landing: string | null
  /** The place of the event that brings it. */
  since: number
  /** Of a mount: the place of the one step that has it. No layer keeps it, and nothing hands it on. */
  only?: number
}

/** Tells whether the path is there when an action runs. */
export function isThereFor({since, only}: WayIn, {at, isStart}: PlacedAction): boolean {
  return only === undefined ? isStart || at >= since : !isStart && at === only
}

/** How a path of the context comes into the images of a build. */
export interface WaysIn {
  /** The instruction that asks for it, or for something in it, by name; null: it is only carried along. */
  naming: InstructionRef | null
  carried: readonly WayIn[]
}

/** Follows a path of the context into every image that gets it. */
export function findWaysIn(images: readonly Image[], path: string): WaysIn {
  const carried: WayIn[] = []
  for (const image of images) {
    for (const [since, event] of image.timeline.events.entries()) {
      if (event.kind !== 'arrival') continue
      for (const placement of event.placements) {
        const relation = relate(placement, path)
        if (relation?.how === 'named') return {naming: event.where, carried}
        if (relation === null) continue
        const way = {image, where: event.where, landing: relation.landing, since}
        const step = stepAfter(image, since)
        carried.push(event.isMount && !mayKeep(image, step, way.landing) ? {...way, only: step} : way)
      }
    }
  }
  return {naming: null, carried}
}

/** A step copies what it mounts, or runs what may: a script, or a program that is not understood. */
function mayKeep({timeline, actions}: Image, step: number, landing: string | null): boolean {
  const event = timeline.events[step]
  if (landing === null || event?.kind !== 'run') return true
  return (
    event.commands.some((command) => takesAlong(command, landing)) ||
    actions.some(({at, isStart, script, runsFile, runsMake, use}) => {
      const isUnknown = script !== undefined || runsFile !== undefined || runsMake || use === null
      return at === step && !isStart && isUnknown
    })
  )
}

/** The mounts of a step stand before it. */
function stepAfter({timeline}: Image, since: number): number {
  return timeline.events.findIndex(({kind}, place) => place > since && kind === 'run')
}

/** The further images that a way in leads to, through COPY --from and mounts; what each of them hands on, too. */
export function followHandovers(images: readonly Image[], start: WayIn): WayIn[] {
  const found: WayIn[] = []
  const seen = new Set<string>()
  const pending = [start]
  for (let way = pending.pop(); way !== undefined; way = pending.pop()) {
    for (const next of listNext(images, way)) {
      const key = `${next.image.timeline.stageIndex} ${next.since} ${next.landing}`
      if (seen.has(key)) continue
      seen.add(key)
      found.push(next)
      pending.push(next)
    }
  }
  return found
}

/** Where other images take a path from here. */
function listNext(images: readonly Image[], {image: source, landing, only}: WayIn): WayIn[] {
  if (only !== undefined) return []
  return images.flatMap((image) =>
    [...image.timeline.events.entries()].flatMap(([since, event]) => {
      if (image === source || event.kind !== 'handover' || event.stageIndex !== source.timeline.stageIndex)
        return []
      const landings = landing === null ? [null] : handedTo(event, landing)
      return landings.map((next) => ({image, where: event.where, landing: next, since}))
    }),
  )
}

type Handover = Extract<StageEvent, {kind: 'handover'}>

/** Where a handover of a directory around a path puts it. */
function handedTo({sources, destination}: Handover, landing: string): string[] {
  return sources
    .filter((source) => source !== landing && isWithin(landing, source))
    .map((source) => resolveContainerPath(destination, relativeTo(source, landing)))
}

/** The instruction of another image that takes a path, or something in it, by name. */
export function findHandoverOf(
  images: readonly Image[],
  {image, landing, only}: WayIn,
): InstructionRef | null {
  if (landing === null || only !== undefined) return null
  for (const other of images) {
    for (const event of other.timeline.events) {
      if (event.kind !== 'handover' || event.stageIndex !== image.timeline.stageIndex) continue
      if (event.sources.some((source) => isWithin(source, landing))) return event.where
    }
  }
  return null
}
