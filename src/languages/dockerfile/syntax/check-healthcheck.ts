import {quote} from '../../text/quote.js'
import type {Fail} from './fail.js'
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
