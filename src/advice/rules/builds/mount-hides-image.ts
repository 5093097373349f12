import {joinNames} from '../../../languages/text/sentence.js'
import type {HiddenPath, RuleAcross} from './define-rule-across.js'

const MAX_SHOWN = 4

/** Reports mounts of services over what COPY brought: containers do not see it. */
export const mountHidesImage: RuleAcross = {
  id: 'mount-hides-image',
  severity: 'info',
  summary: 'Know what a mount hides of the image',
  reason:
    'A directory of this machine that a service mounts hides all that the image has there: what COPY brought and what RUN made is not seen at run time, node_modules among it. In development that is meant so; elsewhere the image then holds what nobody runs.',
  remedy: 'Keep such mounts to a file for development (compose.override.yaml), or mount what changes only.',
  isAboutOne: true,
  check({plans}) {
    return groupMounts(plans.flatMap(({hidden = []}) => hidden)).map((same) => {
      const {mount, target, file, line} = same[0]!
      const services = [...new Set(same.map(({service}) => service))]
      const message = `${joinNames(services, MAX_SHOWN)}: the volume "${mount}" hides "${target}" of the image at run time, all that the build puts there`
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
