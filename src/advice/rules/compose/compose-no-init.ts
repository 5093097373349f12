import path from 'node:path'
import {joinNames, sentence} from '../../../languages/text/sentence.js'
import type {ComposeRule} from '../define-compose-rule.js'

/** They do nothing on SIGTERM as process 1 unless the program handles it. */
const SILENT = /^(?:node|nodejs|python[\d.]*|ruby|php|sleep|tail)$/

const MAX_NAMES = 4

/** Tells which services have a language's interpreter as process 1 and no init. */
const rule: ComposeRule = {
  id: 'compose-no-init',
  severity: 'info',
  summary: 'Start an init process for a program that does not handle signals',
  reason:
    'Process 1 has no default action for SIGTERM: a program without its own handler is killed after the grace period, and its ended child processes stay as zombies.',
  remedy: 'Set init: true, or handle SIGTERM in the program.',
  examples: {
    bad: [{compose: 'services:\n  api: {image: example/app, command: node server.js}\n'}],
    good: [
      {compose: 'services:\n  api: {image: example/app, command: node server.js, init: true}\n'},
      {compose: 'services:\n  api: {image: example/app, command: uvicorn app}\n'},
    ],
  },
  check: ({services, development}) => {
    if (development !== null) return []
    const found = services.filter(({start}) => {
      const [program = ''] = start?.firstProcess === 'program' ? start.words : []
      return SILENT.test(path.posix.basename(program))
    })
    const [first] = found
    if (first === undefined) return []
    const names = found.map(({service}) => service.name)
    return [
      {
        message: sentence`${joinNames(names, MAX_NAMES)} ${names.length === 1 ? 'stops' : 'stop'} at once only if the program handles SIGTERM: it is process 1, without an init process`,
        place: first.service.place,
        ...(names.length === 1 && {service: names[0]!}),
        fix: 'Set init: true if it does not',
      },
    ]
  },
}
export default rule
