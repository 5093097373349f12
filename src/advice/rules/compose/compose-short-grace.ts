import {joinNames, sentence} from '../../../languages/text/sentence.js'
import type {ServiceFacts} from '../../facts/compose/compose-facts.js'
import {mainCommand} from '../../facts/compose/service-start.js'
import type {ComposeRule} from '../define-compose-rule.js'

const WORKER =
  /^(?:\S*\/)?(?:celery\b.*\sworker\b|sidekiq\b|rq\s+worker\b|dramatiq\b|resque\b|arq\s|huey_consumer|good_job\b|delayed_job\b|php\s+artisan\s+(?:queue:work|horizon)|(?:bundle\s+exec\s+)?sidekiq\b)/

const ENOUGH_SECONDS = 10
const MAX_NAMES = 4

/** Tells where a worker may have less time to finish its task than it takes. */
const rule: ComposeRule = {
  id: 'compose-short-grace',
  severity: 'info',
  summary: 'Give workers time to finish their task',
  reason:
    'A worker that should stop first finishes its task. Docker kills it after ten seconds, or after stop_grace_period, and the task is lost or done twice.',
  remedy: 'Set stop_grace_period to the time of the longest task.',
  examples: {
    bad: [{compose: 'services:\n  worker: {image: example/app, command: celery -A app worker}\n'}],
    good: [
      {
        compose:
          'services:\n  worker: {image: example/app, command: celery -A app worker, stop_grace_period: 60s}\n',
      },
      {compose: 'services:\n  api: {image: example/app, command: uvicorn app}\n'},
    ],
  },
  check: ({services, development}) => {
    const found = development === null ? services.filter(isShort) : []
    const [first] = found
    if (first === undefined) return []
    const names = found.map(({service}) => service.name)
    return [
      {
        message: sentence`${joinNames(names, MAX_NAMES)} ${names.length === 1 ? 'has' : 'have'} only ${describeGrace(found)} to finish a task when stopped`,
        place: first.service.command?.node.place ?? first.service.place,
        ...(names.length === 1 && {service: names[0]!}),
        fix: 'Set stop_grace_period to the time of the longest task',
      },
    ]
  },
}
export default rule

/** Of several services the longest that one has. */
function describeGrace(found: readonly ServiceFacts[]): string {
  const seconds = Math.max(...found.map(({service}) => service.graceSeconds ?? ENOUGH_SECONDS))
  if (seconds === ENOUGH_SECONDS) return 'ten seconds'
  return seconds === 1 ? 'a second' : `${seconds} seconds`
}

function isShort({service, start}: ServiceFacts): boolean {
  const command = start === null ? null : mainCommand(start)
  if (command === null || !WORKER.test(command.words.join(' '))) return false
  return service.graceSeconds === null || service.graceSeconds <= ENOUGH_SECONDS
}
