import {quote} from '../../text/quote.js'
import type {Fail} from '../words/word-scope.js'
import type {Instruction} from './instruction.js'

const DURATION = /^([+-]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/
const DURATION_PART = /([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g
const MILLISECONDS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

/** Fails for a HEALTHCHECK that BuildKit refuses: its type, its command, its times. */
export function checkHealthcheck({args, flags}: Instruction, fail: Fail): void {
  const [type = '', ...command] = args
  if (type.toUpperCase() === 'NONE') {
    if (command.length > 0) fail('HEALTHCHECK NONE takes no arguments')
    return
  }
  if (type.toUpperCase() !== 'CMD') fail(`unknown HEALTHCHECK type ${quote(type)}: write CMD or NONE`)
  if (command.length === 0) fail('HEALTHCHECK CMD needs a command')
  for (const {name, value} of flags) {
    if (name === 'retries') checkRetries(value ?? '', fail)
    else checkDuration(name, value ?? '', fail)
  }
}

function checkRetries(value: string, fail: Fail): void {
  const isCount = value === '' || (/^[+-]?\d+$/.test(value) && Number(value) >= 0 && Number(value) < 2 ** 31)
  if (!isCount) fail(`flag "--retries" is not a count: ${quote(value)}`)
}

/** Empty and zero mean the default. */
function checkDuration(name: string, value: string, fail: Fail): void {
  if (value === '' || /^[+-]?0$/.test(value)) return
  const [, sign, parts] = DURATION.exec(value) ?? []
  if (parts === undefined) fail(`flag "--${name}" is not a duration such as 30s: ${quote(value)}`)
  let milliseconds = 0
  for (const [, number, unit = ''] of parts.matchAll(DURATION_PART)) {
    milliseconds += Number(number) * (MILLISECONDS[unit] ?? 0)
  }
  if (milliseconds !== 0 && (sign === '-' || milliseconds < 1)) fail(`flag "--${name}" is shorter than 1ms`)
}

const PROTOCOLS: readonly string[] = ['', 'tcp', 'udp', 'sctp']
const MAX_PORT = 65_535

/** Fails for a port of EXPOSE, `[ip:][host:]container[/protocol]`, that BuildKit refuses. */
export function checkPort(port: string, fail: Fail): void {
  const [container = '', host = ''] = port.split(':').reverse()
  const slash = container.indexOf('/')
  const range = slash < 0 ? container : container.slice(0, slash)
  const protocol = slash < 0 ? '' : container.slice(slash + 1)
  const isValid =
    isRange(range) && PROTOCOLS.includes(protocol.toLowerCase()) && (host === '' || isRange(host))
  if (!isValid) fail(`bad port ${quote(port)}: write 8080, 8080-8090 or 8080/udp`)
}

function isRange(range: string): boolean {
  const [start = '', end = start, ...more] = range.split('-')
  return more.length === 0 && isPort(start) && isPort(end) && Number(start) <= Number(end)
}

function isPort(text: string): boolean {
  return /^\+?\d+$/.test(text) && Number(text) <= MAX_PORT
}

const NAMES: readonly string[] = [
  ...['ABRT', 'ALRM', 'BUS', 'CHLD', 'CLD', 'CONT', 'FPE', 'HUP', 'ILL', 'INT', 'IO', 'IOT', 'KILL', 'PIPE'],
  ...['POLL', 'PROF', 'PWR', 'QUIT', 'SEGV', 'STKFLT', 'STOP', 'SYS', 'TERM', 'TRAP', 'TSTP', 'TTIN', 'TTOU'],
  ...['URG', 'USR1', 'USR2', 'VTALRM', 'WINCH', 'XCPU', 'XFSZ', 'RTMIN', 'RTMAX'],
]

const REAL_TIME = /^(?:RTMIN\+(?:[1-9]|1[0-5])|RTMAX-(?:[1-9]|1[0-4]))$/

/** Tells whether a STOPSIGNAL is a number other than 0 or the name of a Linux signal. */
export function isSignal(signal: string): boolean {
  if (/^[+-]?\d+$/.test(signal)) return Number(signal) !== 0
  const name = signal.toUpperCase().replace(/^SIG/, '')
  return NAMES.includes(name) || REAL_TIME.test(name)
}
