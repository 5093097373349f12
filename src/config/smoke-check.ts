import {parseDuration} from './parse-amounts.js'
import type {ConfigSmoke} from './slim-check-config.js'

/** One thing that must hold in an image. */
export type SmokeCheck = SmokeSurroundings & SmokeExpectation

/** Where a check takes place. */
interface SmokeSurroundings {
  /** The name in reports; the same in the baseline and now. */
  name: string
  /** How long it may take, or a start. */
  withinSeconds: number
  /** Of `docker run`; default: none. */
  network: string
  env: Readonly<Record<string, string>>
  isReadOnly: boolean
}

/** What must hold. A command as text is for the image's shell. */
type SmokeExpectation =
  | {kind: 'run'; command: string | readonly string[]; status: number; output: string | null}
  | {kind: 'files'; path: string; isThere: boolean}
  | {kind: 'user'; user: string}
  | {kind: 'ports'; port: number}
  /** null: by the image's own HEALTHCHECK. */
  | {kind: 'health'; command: string | readonly string[] | null}
  | {kind: 'stop'; seconds: number}

const DEFAULT_WITHIN = 30

/** Takes an entry of a configuration apart: each of its keys that says something is a check of its own. */
export function readSmokeChecks(given: ConfigSmoke): SmokeCheck[] {
  const expectations = listExpectations(given)
  const around = {
    withinSeconds: secondsOf(given.within) ?? DEFAULT_WITHIN,
    network: given.network ?? 'none',
    env: Object.fromEntries(Object.entries(given.env ?? {}).map(([key, value]) => [key, String(value)])),
    isReadOnly: given['read-only'] ?? false,
  }
  return expectations.map((one) => {
    const own = describeExpectation(one)
    const name =
      given.name === undefined ? own : expectations.length === 1 ? given.name : `${given.name}: ${own}`
    return {name, ...around, ...one}
  })
}

function listExpectations(given: ConfigSmoke): SmokeExpectation[] {
  const {run, status = 0, output = null, files = [], absent = [], user, ports = [], health, stop} = given
  const stopSeconds = secondsOf(stop)
  return [
    ...(run === undefined ? [] : [{kind: 'run', command: run, status, output} as const]),
    ...files.map((path) => ({kind: 'files', path, isThere: true}) as const),
    ...absent.map((path) => ({kind: 'files', path, isThere: false}) as const),
    ...(user === undefined ? [] : [{kind: 'user', user} as const]),
    ...ports.map((port) => ({kind: 'ports', port}) as const),
    ...(health === undefined || health === false
      ? []
      : [{kind: 'health', command: health === true ? null : health} as const]),
    ...(stopSeconds === null ? [] : [{kind: 'stop', seconds: stopSeconds} as const]),
  ]
}

function secondsOf(given: string | number | undefined): number | null {
  return given === undefined ? null : parseDuration(String(given))
}

/** What a check is called that has no name. */
function describeExpectation(one: SmokeExpectation): string {
  switch (one.kind) {
    case 'run':
      return `run ${writeCommand(one.command)}`
    case 'files':
      return `${one.path} is ${one.isThere ? 'there' : 'not there'}`
    case 'user':
      return `runs as ${one.user}`
    case 'ports':
      return `listens on port ${one.port}`
    case 'health':
      return one.command === null ? 'becomes healthy' : `answers ${writeCommand(one.command)}`
    case 'stop':
      return `stops within ${one.seconds} s of SIGTERM`
  }
}

function writeCommand(command: string | readonly string[]): string {
  return typeof command === 'string' ? command : command.join(' ')
}
