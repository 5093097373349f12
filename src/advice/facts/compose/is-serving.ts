import path from 'node:path'
import {childOf, itemsAt} from '../../../languages/documents/document-node.js'
import type {ComposeService} from '../../../plan/compose/service/compose-service.js'
import {mainCommand, type ServiceStart} from './service-start.js'

/** Keys of `deploy` that tell how a server runs a service, not how much it takes of the machine. */
const OF_SERVER = ['restart_policy', 'replicas', 'placement', 'update_config'] as const

/** Tells whether a service is said to go on by itself: Docker starts it again, or it is for a server. */
export function isKeptRunning({node}: ComposeService): boolean {
  const restart = childOf(node, 'restart')
  const policy = restart?.kind === 'scalar' ? restart.text : 'no'
  const deploy = childOf(node, 'deploy')
  return (
    /^(?:always|unless-stopped|on-failure)/.test(policy) ||
    OF_SERVER.some((key) => childOf(deploy, key) !== undefined)
  )
}

/** Servers and workers that can watch the code, and are asked to for work on it: started without that, they serve. */
const SERVER =
  /^(?:gunicorn|uvicorn|hypercorn|daphne|granian|uwsgi|waitress-serve|celery|dramatiq|puma|unicorn|sidekiq|php-fpm\S*)$/

/** Tells whether a service starts a server that does not see what somebody edits. */
export function startsServer(start: ServiceStart | null): boolean {
  const command = start === null ? null : mainCommand(start)
  return command !== null && SERVER.test(path.posix.basename(command.words[0] ?? ''))
}

/** Tells whether something asks a service for work: it does not end by itself. */
export function isServing(service: ComposeService, all: readonly ComposeService[]): boolean {
  const {name, node, ports, health} = service
  const isNeeded = all.some(({dependencies}) =>
    dependencies.some((one) => one.name === name && one.condition !== 'service_completed_successfully'),
  )
  const isOpen = ports.length > 0 || itemsAt(node, 'ports').length + itemsAt(node, 'expose').length > 0
  return isNeeded || isOpen || health === 'set' || isKeptRunning(service)
}
