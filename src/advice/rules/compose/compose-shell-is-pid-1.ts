import path from 'node:path'
import {readShell} from '../../../languages/scripts/read-shell.js'
import {sentence} from '../../../languages/text/sentence.js'
import type {ComposeService} from '../../../plan/compose/service/compose-service.js'
import type {ServiceFacts} from '../../facts/compose/compose-facts.js'
import {isServing} from '../../facts/compose/is-serving.js'
import type {ServiceStart} from '../../facts/compose/service-start.js'
import type {ComposeRule} from '../define-compose-rule.js'

/** Finds services whose program is not told that it should stop. */
const rule: ComposeRule = {
  id: 'compose-shell-is-pid-1',
  severity: 'warning',
  summary: 'Start the last command of a start script with exec',
  reason:
    'A shell that waits for its program does not pass signals on: docker compose stop and every deploy wait ten seconds, then kill the program in the middle of its work. For a list of commands the sh of Debian and Ubuntu waits; bash -c and the sh of Alpine replace themselves with the last command; a script file always keeps its shell. It is a warning where something asks the service for work (a port, a health check, another service, restart), else an info: it may end by itself.',
  remedy: 'Put exec before the last command, or set init: true.',
  examples: {
    bad: [
      {compose: 'services:\n  api: {image: python:3.13, command: sh -c "./migrate && ./api"}\n'},
      {
        compose: 'services:\n  api: {build: .}\n',
        files: {Dockerfile: 'FROM node:22\nCMD npm run migrate && node api.js\n'},
      },
    ],
    good: [
      {compose: 'services:\n  api: {image: python:3.13, command: sh -c "./migrate && exec ./api"}\n'},
      {compose: 'services:\n  api: {image: python:3.13, init: true, command: sh -c "./migrate && ./api"}\n'},
      {compose: 'services:\n  api: {image: python:3.13, command: sh -c "./api --port $$PORT"}\n'},
      {compose: 'services:\n  api: {image: python:3.13, command: bash -c "./migrate && ./api"}\n'},
      {compose: 'services:\n  api: {image: python:3.13-alpine, command: sh -c "./migrate && ./api"}\n'},
      {compose: 'services:\n  api: {image: example/api, command: sh -c "./migrate && ./api"}\n'},
      {
        compose: 'services:\n  load: {image: python:3.13, command: sh -c "./download && cat LICENSE"}\n',
      },
      {
        compose:
          'services:\n  fill: {image: python:3.13, command: sh -c "./fill && ./check"}\n  api:\n    image: example/api\n    depends_on: {fill: {condition: service_completed_successfully}}\n',
      },
      {
        compose: 'services:\n  tables-init: {image: python:3.13, command: sh -c "./wait && ./make-tables"}\n',
      },
      {compose: 'services:\n  migrator: {image: python:3.13, command: sh -c "./wait && ./migrate"}\n'},
      {compose: 'services:\n  download: {image: python:3.13, command: sh -c "./get && ./check"}\n'},
    ],
  },
  check: ({input, services, development}) =>
    services.flatMap(({service, start}) => {
      if (start?.firstProcess !== 'shell' || isJob(service, services)) return []
      const program = nameProgram(start)
      if (ENDS_SOON.test(path.posix.basename(program))) return []
      const {file, line, isService} = start.origin
      const message = sentence`a shell is process 1 in "${service.name}", so "${program}" does not get the signal to stop`
      return [
        {
          message: isService ? message : sentence`${message} (${file}:${String(line)})`,
          place: isService ? {file, line} : (service.build ?? service).place,
          service: service.name,
          // What nothing asks for work may end by itself.
          ...((development !== null || !isServing(service, input.services)) && {severity: 'info' as const}),
          fix: `Put exec before "${program}", or set init: true`,
        },
      ]
    }),
}
export default rule

/** What people call a service that does something once. */
const JOB =
  /(?:^|[-_.])(?:init|initiali[sz]er|setup|seed(?:er)?|migrat(?:e|or|ions?)|bootstrap|download(?:er)?|import(?:er)?|install(?:er)?)$/i

/** It ends by itself. */
function isJob({name}: ComposeService, all: readonly ServiceFacts[]): boolean {
  const isAwaited = all.some(({service: {dependencies}}) =>
    dependencies.some((one) => one.name === name && one.condition === 'service_completed_successfully'),
  )
  return isAwaited || JOB.test(name)
}

/** No program of its own. */
const BUILT_IN = /^(?:exit|:|true|false|return|echo|printf|cd|set|export|unset|wait|test|\[|fi|done|sleep)$/

/** A script that comes to one of these does something once: nothing runs that should be told to stop. */
const ENDS_SOON =
  /^(?:cat|cp|mv|rm|ls|mkdir|rmdir|touch|ln|chmod|chown|chgrp|sed|grep|tee|head|date|sync|id|whoami|env|install|tar|unzip|gzip|psql|mysql|redis-cli|mongosh?|curl|wget|pg_dump|mysqldump|aws|gcloud|az|kubectl|mc|cqlsh|influx|etcdctl)$/

/** The last that it calls, in its script if there is one. */
function nameProgram(start: ServiceStart): string {
  const {script} = start
  const commands = script === null ? start.commands : readShell(script.text, {directory: '/'})
  return (
    commands.findLast(({words: [name = '']}) => name !== '' && !BUILT_IN.test(name))?.words[0] ??
    'the program'
  )
}
