import {isIP} from 'node:net'

/** What the text of a scalar must hold. */
export interface ValueFormat {
  /** For messages: `a duration`. */
  name: string
  /** How it is written right. */
  example: string
  isValid(text: string): boolean
}

const BOOLEAN = /^(?:true|false|y|yes|on|n|no|off)$/i
const WHOLE = /^[-+]?\d+$/
const NUMBER = /^[-+]?(?:(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|0x[\da-f]+|inf(?:inity)?|nan)$/i
const DURATION = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:w|d|h|ms|us|µs|μs|ns|m|s))+)$/
/** Newer versions of Compose take `-1`, too. */
const SIZE = /^(?:-\d+|\+?(?:\d+(?:\.\d*)?|\.\d+) ?(?:b|[kmgtp](?:i?b)?)?)$/i
const PORTS = /^(\d{1,5})(?:-(\d{1,5}))?(?:-.*)?$/
const PROTOCOL = /^(?:tcp|udp|sctp)$/i
const PULL = /always|never|build|if_not_present|missing|refresh|daily|weekly|every_(?:\d+[wdhms])+/
const MAX_PORT = 65_535

export const FLAG: ValueFormat = {
  name: 'true or false',
  example: 'true',
  isValid: (text) => BOOLEAN.test(text),
}

export const WHOLE_NUMBER: ValueFormat = {
  name: 'a whole number',
  example: '3',
  isValid: (text) => WHOLE.test(text),
}

export const DECIMAL: ValueFormat = {
  name: 'a number',
  example: '0.5',
  isValid: (text) => NUMBER.test(text),
}

export const DURATION_TEXT: ValueFormat = {
  name: 'a duration',
  example: '1m30s',
  isValid: (text) => DURATION.test(text),
}

export const SIZE_TEXT: ValueFormat = {
  name: 'a size',
  example: '512m',
  isValid: (text) => SIZE.test(text),
}

export const OCTAL: ValueFormat = {
  name: 'a mode in octal',
  example: '0440',
  isValid: (text) => /^[-+]?[0-7]+$/.test(text),
}

export const DEVICE_COUNT: ValueFormat = {
  name: 'a number of devices',
  example: 'all',
  isValid: (text) => /^all$/i.test(text) || WHOLE.test(text),
}

export const ADDRESS: ValueFormat = {
  name: 'an address',
  example: '127.0.0.1',
  isValid: (text) => isIP(text) !== 0,
}

export const PORT_TEXT: ValueFormat = {
  name: 'a port',
  example: '"127.0.0.1:8080:80"',
  isValid: isPort,
}

export const MOUNT_TEXT: ValueFormat = {
  name: 'a mount',
  example: './src:/app/src:ro',
  isValid: isMount,
}

export const DEVICE_TEXT: ValueFormat = {
  name: 'a device',
  example: '/dev/snd:/dev/snd:rw',
  isValid: (text) => text.split(':').length <= 3,
}

export const HOST_TEXT: ValueFormat = {
  name: 'a host with its address',
  example: 'db=10.0.0.5',
  isValid: (text) => /^[^:=]+[:=]/.test(text),
}

export const PAIR_TEXT: ValueFormat = {
  name: 'a name with a value',
  example: 'shared=../shared',
  isValid: (text) => text.includes('='),
}

export const SSH_TEXT: ValueFormat = {
  name: 'an agent or a key',
  example: 'default',
  isValid: (text) => text === 'default' || text.includes('='),
}

export const PULL_POLICY: ValueFormat = {
  name: 'a policy',
  example: 'missing',
  isValid: (text) => PULL.test(text),
}

export const CONTAINER_NAME: ValueFormat = {
  name: 'a name of two letters or more',
  example: 'app-1',
  isValid: (text) => /[A-Za-z\d][\w.-]+/.test(text),
}

/** `[[ADDRESS:]PUBLISHED:]TARGET[/PROTOCOL]` as Docker's library reads it. */
function isPort(text: string): boolean {
  const parts = text.split(':')
  const [target, protocol = ''] = parts.at(-1)!.split('/')
  const published = parts.at(-2) ?? ''
  const address = parts.slice(0, -2).join(':')
  if (address !== '' && isIP(address.replace(/^\[(.*)\]$/, '$1')) === 0) return false
  if (protocol !== '' && !PROTOCOL.test(protocol)) return false
  const [inside, outside] = [countPorts(target!), published === '' ? 1 : countPorts(published)]
  if (inside === null || outside === null) return false
  // One port of the container may get any of several of the host.
  return published === '' || inside === outside || inside === 1
}

/** How many ports a range has; null for what is none. */
function countPorts(text: string): number | null {
  const [, from, to = from] = PORTS.exec(text) ?? []
  const [first, last] = [Number(from), Number(to)]
  return from === undefined || last < first || last > MAX_PORT ? null : last - first + 1
}

/** `[SOURCE:]TARGET[:OPTIONS]`; a drive of Windows keeps its colon. */
function isMount(text: string): boolean {
  if (text.length <= 2) return text !== ''
  const parts = text.split(/(?<!(?:^|:)[A-Za-z]):/)
  return parts.length <= 3 && parts.every((part) => part !== '')
}
