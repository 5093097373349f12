import {isWithin} from '../../languages/text/container-path.js'
import type {ServiceMount, ServiceRun} from '../../plan/service-run.js'
import type {Candidate} from './candidate.js'
import type {WayIn} from './find-ways-in.js'

/**
 * The mount that hides what an image has of a path from every service that runs it, of the first of them. Null where one
 * of them sees the image's own files, and where a fresh checkout has the path, too: then the image may be run elsewhere,
 * without the mount. So it may where the whole project is mounted, as in development, or where a step makes the path.
 */
export function findHidingMount(
  {image: {timeline}, landing}: WayIn,
  {entry, isGitIgnored}: Candidate,
): ServiceMount | null {
  const {services, directory} = timeline
  if (landing === null || services.length === 0) return null
  if (isGitIgnored !== true || entry?.disposition === 'regenerated') return null
  const mounts = services.map((service) => findMountAt(service, landing))
  const isHidden = mounts.every(
    (mount) => mount !== null && mount.kind !== 'volume' && !isWithin(directory, mount.target),
  )
  return isHidden ? mounts[0]! : null
}

/** The innermost mount of a service that holds a place. */
function findMountAt({mounts}: ServiceRun, landing: string): ServiceMount | null {
  const around = mounts.filter(({target}) => isWithin(landing, target))
  return around.reduce<ServiceMount | null>(
    (inner, mount) => (inner === null || mount.target.length > inner.target.length ? mount : inner),
    null,
  )
}
