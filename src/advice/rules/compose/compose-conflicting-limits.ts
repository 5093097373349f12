import {sentence} from '../../../languages/text/sentence.js'
import type {ComposeRule} from '../define-compose-rule.js'

/** Finds limits that are given twice and differ. */
const rule: ComposeRule = {
  id: 'compose-conflicting-limits',
  severity: 'error',
  summary: 'Set each limit once',
  reason:
    'Compose refuses a project whose older key (mem_limit, cpus, pids_limit) and newer one differ, or whose newer section has other limits only.',
  remedy: 'Keep deploy.resources.limits, which docker compose up obeys, and remove the older key.',
  examples: {
    bad: [
      {
        compose:
          'services:\n  a:\n    image: example/a\n    mem_limit: 100m\n    deploy: {resources: {limits: {memory: 200M}}}\n',
      },
      {
        compose:
          'services:\n  a:\n    image: example/a\n    pids_limit: 100\n    deploy: {resources: {limits: {memory: 200M}}}\n',
      },
    ],
    good: [
      {
        compose:
          'services:\n  a:\n    image: example/a\n    mem_limit: 0\n    deploy: {resources: {limits: {memory: 200M}}}\n',
      },
      {
        compose:
          'services:\n  a:\n    image: example/a\n    mem_limit: 1g\n    deploy: {resources: {limits: {memory: 1024M}}}\n',
      },
    ],
  },
  check: ({services}) =>
    services.flatMap(({service: {name, limits}}) =>
      limits.conflicts.map(({key, other, place, isAbsent}) => ({
        message: isAbsent
          ? sentence`"${name}" has ${other}, and other limits without ${key}: Compose refuses the file`
          : sentence`"${name}" has ${other} and ${key}, which differ: Compose refuses the file`,
        place,
        service: name,
        fix: isAbsent ? `Move it to ${key}` : `Keep ${key}`,
      })),
    ),
}
export default rule
