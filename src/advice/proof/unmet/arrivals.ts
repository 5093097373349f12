import {type Placement, relate, traceBack} from '../../../build/graph/placements.js'
import {type InstructionRef, type StageEvent, traceHandover} from '../../../build/graph/timeline.js'
import {baseName, isWithin, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {Image, SurveyedAction} from '../survey/survey.js'
import {isOutput} from './build-outputs.js'
import type {ContextFacts} from './unmet-need.js'

/** Stages that hand on what they were handed. */
const MAX_HANDOVERS = 8

/** What comes into an image, from the context and from other stages, and when. A time is an index into the events of its timeline. */
export class Arrivals {
  constructor(
    private readonly image: Image,
    private readonly facts: ContextFacts,
    private readonly images: readonly Image[],
  ) {}

  /** Whether another file of the context came to lie where the action looks: `COPY app/package.json .` */
  hasOther({directory, at}: SurveyedAction, contextPath: string): boolean {
    const place = resolveContainerPath(directory, baseName(contextPath))
    return this.image.timeline.events.slice(0, at).some(
      (event) =>
        event.kind === 'arrival' &&
        event.placements.some((placement) => {
          if (placement.containerPath === null) return false
          const path = traceBack(placement, place)
          const entry = path === null || path === contextPath ? -1 : this.facts.tree.find(path)
          return entry >= 0 && this.facts.tree.isFile(entry)
        }),
    )
  }

  /** Whether a COPY, or a mount of the step itself, has brought a path or all that holds it. */
  hasArrived(at: number, contextPath: string): boolean {
    return this.image.timeline.events
      .slice(0, at)
      .some(
        (event, place) =>
          event.kind === 'arrival' &&
          (!event.isMount || place >= firstMountOf(this.image.timeline.events, at)) &&
          brings(event, contextPath),
      )
  }

  /** The first instruction behind a time that brings a path; null where none does. */
  findLater(at: number, contextPath: string): InstructionRef | null {
    const event = this.image.timeline.events
      .slice(at)
      .find((one) => one.kind === 'arrival' && !one.isMount && brings(one, contextPath))
    return event?.where ?? null
  }

  /** Whether another stage or image brings what lies there. */
  isHandedOver(action: SurveyedAction, contextPath: string): boolean {
    const {events} = this.image.timeline
    if (this.isHandedOn(timeOf(action), contextPath)) return true
    const landings = events.slice(0, timeOf(action)).flatMap((event) =>
      event.kind !== 'arrival'
        ? []
        : event.placements.flatMap((placement) => {
            const relation = relate(placement, contextPath)
            return relation?.how === 'carried' && relation.landing !== null ? [relation.landing] : []
          }),
    )
    const places = landings.length > 0 ? landings : [action.directory]
    return events
      .slice(0, timeOf(action))
      .some(
        (event) =>
          event.kind === 'handover' &&
          places.some(
            (place) =>
              isWithin(place, event.destination) ||
              (landings.length === 0 && isWithin(event.destination, place)),
          ),
      )
  }

  /** Whether a stage that got it is taken from. */
  private isHandedOn(at: number, contextPath: string): boolean {
    const {events} = this.image.timeline
    const sources = events
      .slice(0, at)
      .flatMap((event) => (event.kind === 'handover' ? [event.stageIndex] : []))
    return this.images.some(
      ({timeline}) =>
        timeline !== this.image.timeline &&
        sources.includes(timeline.stageIndex) &&
        timeline.events.some((event) => event.kind === 'arrival' && brings(event, contextPath)),
    )
  }

  /** Whether a COPY, of the context or of another stage, puts a file at a place of an image, as far as anybody can tell. */
  comesTo(containerPath: string, at: number): boolean {
    return this.reaches(this.image, containerPath, at, 0)
  }

  private reaches({timeline}: Image, containerPath: string, at: number, depth: number): boolean {
    const {tree, findIgnoring} = this.facts
    return timeline.events.slice(0, at).some((event) => {
      if (event.kind === 'run' && !event.isStart) {
        const name = baseName(containerPath)
        return event.commands.some(({words}) => words.slice(1).some((word) => word.endsWith(name)))
      }
      if (event.kind === 'arrival') {
        return event.placements.some((placement) => {
          if (placement.containerPath === null) return true
          if (isPutInto(placement, containerPath)) return true
          const path = traceBack(placement, containerPath)
          return path !== null && tree.find(path) >= 0 && findIgnoring(path) === null
        })
      }
      if (event.kind !== 'handover') return false
      const traced = traceHandover(event, containerPath)
      if (traced === null) return false
      const source = this.images.find((one) => one.timeline.stageIndex === event.stageIndex)
      if (source === undefined || depth >= MAX_HANDOVERS) return true
      return traced.sources.some(
        (path) =>
          // Next.js packs what it traced, and no other source
          (!/\/\.next\/standalone\//.test(path) && isOutput(path)) ||
          this.reaches(source, path, Number.MAX_SAFE_INTEGER, depth + 1),
      )
    })
  }
}

/** What a container does happens after all that its image is made of. */
export function timeOf({isStart, at}: SurveyedAction): number {
  return isStart ? Number.MAX_SAFE_INTEGER : at
}

/** The mounts of a step stand right before it. */
function firstMountOf(events: readonly StageEvent[], at: number): number {
  let first = Math.min(at, events.length)
  while (first > 0 && isMount(events[first - 1]!)) first--
  return first
}

function isMount(event: StageEvent): boolean {
  return event.kind === 'arrival' && event.isMount
}

function brings({placements}: StageEvent & {kind: 'arrival'}, contextPath: string): boolean {
  return placements.some((placement) => {
    const relation = relate(placement, contextPath)
    // A COPY of something in a directory does not bring the directory.
    return relation !== null && (relation.how === 'carried' || placement.contextPath === contextPath)
  })
}

/** A file that is copied to what may be a directory of the base image, which no name tells. */
function isPutInto({contextPath, containerPath}: Placement, wanted: string): boolean {
  const name = baseName(contextPath)
  return containerPath === parentPath(wanted) && wanted.endsWith(`/${name}`)
}
