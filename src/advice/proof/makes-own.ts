import {namesPath} from '../../build/graph/names-path.js'
import {parentPath} from '../../languages/text/container-path.js'
import type {Candidate} from './candidate.js'
import type {Image} from './find-producer.js'

/** Tells whether a build that does not send a path makes one of its own, from files of its project that it names. */
export function makesOwn(images: readonly Image[], {path, entry}: Candidate): boolean {
  const owner = parentPath(path)
  const producers = entry?.producers ?? []
  if (owner === '') return false
  return images.some(
    ({timeline, actions}) =>
      timeline.events.some((event) => event.kind === 'arrival' && namesPath(event.where.text, owner)) &&
      actions.some(({makes, isStart}) => !isStart && makes?.some((step) => producers.includes(step))),
  )
}
