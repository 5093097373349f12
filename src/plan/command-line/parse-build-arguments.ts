/** Reads the command line of `docker build` as buildx does. Pure, and careful: what it is not sure of, it refuses. */

import {isRemoteContext} from '../build-location.js'

/** A build whose context is a directory here. */
export interface BuildRequest {
  contextDir: string
  dockerfile?: string
  target?: string
  platform?: string
  /** `NAME=VALUE` or `NAME`. */
  buildArgs: string[]
  /** `NAME=PATH`. */
  buildContexts: string[]
}

const VALUE_FLAGS = new Set(
  `add-host allow annotation attest build-arg build-context builder cache-from cache-to call cgroup-parent file iidfile
  label metadata-file network no-cache-filter output platform progress provenance sbom secret shm-size ssh tag target
  ulimit isolation security-opt memory memory-swap cpu-shares cpu-period cpu-quota cpuset-cpus cpuset-mems print root
  server-config invoke policy`.split(/\s+/),
)
const SWITCHES = new Set(
  'check debug load no-cache pull push quiet compress squash force-rm rm detach help tls tlsverify'.split(
    ' ',
  ),
)
const SHORT_NAMES: Record<string, string> = {
  D: 'debug',
  f: 'file',
  o: 'output',
  q: 'quiet',
  t: 'tag',
  m: 'memory',
  c: 'cpu-shares',
  h: 'help',
}
/** With these nothing is built, or not from files alone. */
const NO_BUILD = new Set(['help', 'check', 'call', 'print', 'invoke'])

interface Flag {
  name: string
  value: string
}

/**
 * Reads what stands after `build`.
 * @returns null for what sends no directory of this machine (a URL, standard input, `--help`) and for a line with
 *   anything unknown in it: a check of the wrong build is worse than none
 */
export function parseBuildArguments(words: readonly string[]): BuildRequest | null {
  const parsed = splitFlags(words)
  if (parsed === null || parsed.positionals.length !== 1) return null
  const contextDir = parsed.positionals[0]!
  if (!isLocal(contextDir)) return null
  const request: BuildRequest = {contextDir, buildArgs: [], buildContexts: []}
  for (const {name, value} of parsed.flags) {
    if (NO_BUILD.has(name) && value !== 'false' && value !== 'build') return null
    if (name === 'file') request.dockerfile = value
    else if (name === 'target') request.target = value
    else if (name === 'platform') request.platform ??= value.split(',')[0]!
    else if (name === 'build-arg') request.buildArgs.push(value)
    else if (name === 'build-context') request.buildContexts.push(value)
  }
  const {dockerfile} = request
  return dockerfile !== undefined && !isLocal(dockerfile) ? null : request
}

/** Lists the flags' names as written, without dashes and values, sorted. */
export function listFlagNames(words: readonly string[]): string[] {
  const names = words
    .filter((word) => word.startsWith('-'))
    .map((word) => word.replace(/^-+/, '').split('=')[0]!)
  return [...new Set(names)].sort()
}

function splitFlags(words: readonly string[]): {flags: Flag[]; positionals: string[]} | null {
  const flags: Flag[] = []
  const positionals: string[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!
    if (word === '--') return {flags, positionals: [...positionals, ...words.slice(index + 1)]}
    if (!word.startsWith('-') || word === '-') {
      positionals.push(word)
      continue
    }
    const read = word.startsWith('--') ? readLongFlag(word) : readShortFlags(word)
    if (read === null) return null
    flags.push(...read.switches)
    if (read.open === undefined) continue
    const value = words[++index]
    if (value === undefined) return null
    flags.push({name: read.open, value})
  }
  return {flags, positionals}
}

/** What one word says; `open` is a flag that takes the next word. */
interface FlagWord {
  switches: Flag[]
  open?: string
}

function readLongFlag(word: string): FlagWord | null {
  const at = word.indexOf('=')
  const name = at < 0 ? word.slice(2) : word.slice(2, at)
  if (!VALUE_FLAGS.has(name) && !SWITCHES.has(name)) return null
  if (at >= 0) return {switches: [{name, value: word.slice(at + 1)}]}
  return SWITCHES.has(name) ? {switches: [{name, value: 'true'}]} : {switches: [], open: name}
}

/** `-qt app`, `-fpath`, `-f=path`. */
function readShortFlags(word: string): FlagWord | null {
  const switches: Flag[] = []
  for (let index = 1; index < word.length; index++) {
    const name = SHORT_NAMES[word[index]!]
    if (name === undefined) return null
    const rest = word.slice(index + 1)
    if (SWITCHES.has(name)) {
      if (rest.startsWith('=')) return {switches: [...switches, {name, value: rest.slice(1)}]}
      switches.push({name, value: 'true'})
      continue
    }
    if (rest === '') return {switches, open: name}
    return {switches: [...switches, {name, value: rest.replace(/^=/, '')}]}
  }
  return {switches}
}

/** `-` is standard input; the rest Docker fetches itself. */
function isLocal(given: string): boolean {
  return given !== '' && given !== '-' && !isRemoteContext(given)
}
