import {joinNames} from '../../../languages/text/sentence.js'
import type {HiddenPath, RuleAcross} from './define-rule-across.js'

const MAX_SHOWN = 4

/** Reports mounts of services over what COPY brought: containers do not see it. */
export const mountHidesImage: RuleAcross = {
  id: 'mount-hides-image',
  severity: 'info',
  summary: 'Know which files of the image a mount hides',
  reason:
    'A directory of this machine that a service mounts hides everything that the image has there: at run time the container does not see what COPY copied and RUN created, such as node_modules. In development that is intended; elsewhere the image then has files that nothing uses.',
  remedy: 'Move such mounts to a file for development (compose.override.yaml), or mount only what changes.',
  isAboutOne: true,
  check({plans}) {
    return groupMounts(plans.flatMap(({hidden = []}) => hidden)).map((same) => {
      const {mount, target, file, line} = same[0]!
      const services = [...new Set(same.map(({service}) => service))]
      const message = `${joinNames(services, MAX_SHOWN)}: the volume "${mount}" hides "${target}" of the image at run time, with everything that the build puts there`
      return {message, file, line}
    })
  },
}

/** The same mount in several services is one finding. */
function groupMounts(hidden: readonly HiddenPath[]): HiddenPath[][] {
  const groups = new Map<string, HiddenPath[]>()
  for (const one of hidden) {
    const key = `${one.file} ${one.mount}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
}
