import {stepsBehind} from '../../../build/graph/query-graph.js'
import {readShell} from '../../../languages/scripts/read-shell.js'
import {baseName, isWithin} from '../../../languages/text/container-path.js'
import {sentence} from '../../../languages/text/sentence.js'
import type {ComposeFacts, ServiceFacts} from '../../facts/compose/compose-facts.js'
import type {ServiceBuild} from '../../facts/compose/service-build.js'
import type {ServiceStart, StartAction} from '../../facts/compose/service-start.js'
import type {ComposeHit, ComposeRule} from '../define-compose-rule.js'

/** Finds services that install packages whenever a container starts. */
const rule: ComposeRule = {
  id: 'compose-start-install',
  severity: 'warning',
  summary: 'Install while the image is built, not when a container starts',
  reason:
    'Each start waits for the network and downloads again, a restart without a network fails, and two containers of one image may differ.',
  remedy: 'Move the install to a RUN of the Dockerfile; keep it at start for development only.',
  examples: {
    bad: [
      {
        compose:
          'services:\n  api:\n    build: .\n    command: sh -c "pip install -r requirements.txt && python api.py"\n',
        files: {
          Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\n',
          'requirements.txt': '',
          'api.py': '',
        },
      },
      {
        compose: 'services:\n  web: {build: .}\n',
        files: {
          Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./start.sh"]\n',
          'start.sh': '#!/bin/sh\nnpm install\nexec node a.js\n',
          'package.json': '{}',
        },
      },
      {
        compose: 'services:\n  web: {build: ., command: [sh, -c, apt-get install -y curl && exec ./web]}\n',
        files: {Dockerfile: 'FROM debian:13\nCOPY web /\n', web: ''},
      },
    ],
    good: [
      {
        compose: 'services:\n  web: {build: .}\n',
        files: {Dockerfile: 'FROM node:22\nRUN npm ci\nCMD ["node", "a.js"]\n', 'package.json': '{}'},
      },
    ],
  },
  check: (facts) => facts.services.flatMap((one) => checkService(facts, one)),
}
export default rule

function checkService(facts: ComposeFacts, one: ServiceFacts): ComposeHit[] {
  const {service, build, start} = one
  const found = findInstall(one)
  if (start === null || found === null) return []
  const earlier = build === null ? null : findEarlier(build, found)
  const isMeant = facts.development !== null || build === null || isMountedOver(one, found)
  const verb = found.isCertain ? 'installs' : 'may install'
  const script = found.script === '' ? '' : `, which "${found.script}" calls`
  const message = sentence`"${service.name}" ${verb} at every start: "${found.text}"${script}${earlier === null ? '' : `, which ${earlier} already did`}`
  const {file, line, isService} = start.origin
  // A place in a Dockerfile is told with the service that builds it.
  const place = isService ? {file, line} : (service.build ?? service).place
  return [
    {
      message: isService ? message : sentence`${message} (${file}:${String(line)})`,
      place,
      service: service.name,
      ...((isMeant || !found.isCertain) && {severity: 'info' as const}),
      fix:
        earlier === null
          ? `Call "${found.text}" in a RUN of ${build?.file ?? 'an image of your own'}`
          : 'Remove it from the start command',
    },
  ]
}

interface FoundInstall {
  text: string
  directory: string
  isCertain: boolean
  /** The file of the context that calls it; empty for none. */
  script: string
}

const INSTALL = /^(?:npm|pip|bundle|composer|bower)-install$|^mix-deps$/
const SYSTEM = /^(?:apt-get|apt|apk|yum|dnf|microdnf)$/

function findInstall({start}: ServiceFacts): FoundInstall | null {
  if (start === null) return null
  const own = start.actions.find(({makes}) => makes?.some((kind) => INSTALL.test(kind)))
  if (own !== undefined) return describeAction(own, start)
  const plain = [
    ...start.commands.map((command) => ({command, script: ''})),
    ...start.actions.flatMap(({script, directory}) =>
      script === undefined
        ? []
        : readShell(script.text, {directory}).map((command) => ({command, script: script.path})),
    ),
  ]
  const system = plain.find(({command: {words}}) => installsPackages(words))
  if (system === undefined) return null
  const {command, script} = system
  const {words, directory} = command
  const isCertain = command.isCertain && isReached(textOf(start, script), words)
  return {text: words.join(' ').slice(0, 60), directory, isCertain, script}
}

function installsPackages(words: readonly string[]): boolean {
  const [program = '', ...rest] = words
  const name = baseName(program)
  return SYSTEM.test(name) && rest.some((word) => word === 'install' || word === 'add')
}

function describeAction(action: StartAction, start: ServiceStart): FoundInstall {
  const {called, text, directory, words} = action
  const around = start.actions.find((one) => one.text === text && one.script)?.script
  const script = called === text ? '' : (around?.path ?? text)
  const isCertain = action.isCertain && isReached(around?.text ?? start.words.join(' '), words)
  return {text: called, directory, isCertain, script}
}

function textOf({actions, words}: ServiceStart, script: string): string {
  return actions.find((one) => one.script?.path === script)?.script?.text ?? words.join(' ')
}

/**
 * Whether nothing around a command of a script decides if it runs: it is neither behind `||` nor inside an `if`, a loop or
 * a function, which are told by how the line is indented.
 */
function isReached(text: string, words: readonly string[]): boolean {
  const at = text.indexOf(words.slice(0, 2).join(' '))
  if (at < 0) return true
  const before = text.slice(0, at).replaceAll(/\\\n/g, ' ')
  const line = before.slice(before.lastIndexOf('\n') + 1)
  return !/\|\|\s*$|\b(?:then|do|else)\s+$|\{\s*$/.test(line) && !/^\s+/.test(line)
}

/** The RUN that has called the same in the same directory: `Dockerfile:4`. */
function findEarlier({graph, timeline}: ServiceBuild, {text, directory}: FoundInstall): string | null {
  const lines = new Set(stepsBehind(graph.target).map(({instruction}) => instruction.line))
  const event = timeline.events.findLast(
    (one) =>
      one.kind === 'run' &&
      !one.isStart &&
      one.commands.some((command) => command.directory === directory && command.words.join(' ') === text),
  )
  return event === undefined || lines.size === 0 ? null : event.where.place
}

/** What a mount hides has to be installed again. */
function isMountedOver({service}: ServiceFacts, {directory}: FoundInstall): boolean {
  return service.mounts.some(({kind, target}) => kind === 'bind' && isWithin(directory, target))
}
