import {sentence} from '../../../languages/text/sentence.js'
import type {ComposeRule} from '../define-compose-rule.js'

/** Tells where no service of a project has a limit of memory. */
const rule: ComposeRule = {
  id: 'compose-no-limits',
  severity: 'info',
  summary: 'Limit the memory of services that share a host',
  reason:
    'Without a limit one service can use all memory of the host, and the kernel then kills a process of its choice.',
  remedy:
    'Watch docker stats while the service works, and set deploy.resources.limits.memory with room to grow.',
  examples: {
    bad: [
      {compose: 'services:\n  a: {build: .}\n  b: {image: example/b}\n', files: {Dockerfile: 'FROM a\n'}},
    ],
    good: [
      {
        compose:
          'services:\n  a: {build: ., deploy: {resources: {limits: {memory: 1G}}}}\n  b: {image: example/b}\n',
        files: {Dockerfile: 'FROM a\n'},
      },
      {compose: 'services:\n  a: {build: ., develop: {watch: []}}\n', files: {Dockerfile: 'FROM a\n'}},
    ],
  },
  check: ({services, development}) => {
    const [first] = services
    const isLimited = services.some(({service}) => service.limits.memory !== null)
    if (first === undefined || isLimited || development !== null) return []
    const count = {count: services.length, one: 'service', many: 'services'}
    return [
      {
        message: sentence`no service limits its memory: ${count}`,
        place: first.service.place,
        fix: 'Set deploy.resources.limits.memory, with the numbers of docker stats',
      },
    ]
  },
}
export default rule
