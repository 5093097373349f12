import type {Location} from '../languages/text/range.js'

/** How a service runs an image that a build makes: what it starts, and what it puts over the image's files. */
export interface ServiceRun {
  service: string
  /** What it says in place of the image's own; empty where it says nothing. */
  starts: readonly ServiceStart[]
  mounts: readonly ServiceMount[]
}

/** Either words or the text of a script. */
export interface ServiceStart {
  keyword: 'entrypoint' | 'command' | 'healthcheck'
  words?: readonly string[]
  text?: string
  place: Location
}

export interface ServiceMount {
  /** A volume takes over what the image holds at its place; the others hide it. */
  kind: 'bind' | 'volume' | 'tmpfs'
  /** As the file has it: `.:/app`. */
  written: string
  /** Absolute in the container. */
  target: string
  /** Absolute; null where it is none of this machine, or not known. */
  source: string | null
  place: Location
}

/** The same with other names for its files. */
export function placeService(service: ServiceRun, rename: (file: string) => string): ServiceRun {
  const move = <Placed extends {place: Location}>(one: Placed): Placed => ({
    ...one,
    place: {...one.place, file: rename(one.place.file)},
  })
  return {...service, starts: service.starts.map(move), mounts: service.mounts.map(move)}
}
