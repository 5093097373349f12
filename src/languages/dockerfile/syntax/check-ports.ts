import {quote} from '../../text/quote.js'
import type {Fail} from './fail.js'

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
