import type {SmokeCheck} from '../../config/smoke-check.js'
import type {SmokeResult} from '../../report/measure/measure-report.js'

/** What became of a check. */
export type SmokeVerdict = Pick<SmokeResult, 'status' | 'detail'>

/** What a call of docker gave. */
export interface SmokeOutcome {
  status: number | null
  output: string
  seconds: number
  isLate: boolean
}

const MAX_SHOWN = 120

/** A command that ran in the image. */
export function judgeRun(check: SmokeCheck & {kind: 'run'}, outcome: SmokeOutcome): SmokeVerdict {
  const {status, output, isLate} = outcome
  if (isLate) return failed(`it was still running after ${check.withinSeconds} s`)
  if (status === null) return failed(`it could not run: ${showLast(output)}`)
  if (status === 125) return failed(`docker could not start it: ${showLast(output)}`)
  if (status !== check.status)
    return failed(`its exit status was ${status}, not ${check.status}: ${showLast(output)}`)
  if (check.output === null || new RegExp(check.output, 'm').test(output)) return passed(showLast(output))
  return failed(`it printed ${JSON.stringify(showLast(output))}, which does not match ${check.output}`)
}

/** @param isThere null: the engine does not say */
export function judgePath(
  check: SmokeCheck & {kind: 'files'},
  isThere: boolean | null,
  reason: string,
): SmokeVerdict {
  if (isThere === null) return skipped(`the engine could not check it: ${reason}`)
  if (isThere === check.isThere) return passed('')
  return failed(isThere ? 'it exists' : 'it does not exist')
}

/** Root has three names; a user counts without its group if the check names none. */
export function judgeUser(check: SmokeCheck & {kind: 'user'}, actual: string): SmokeVerdict {
  const normalize = (user: string): string => (/^(?:|0|root)(?::.*)?$/.test(user) ? 'root' : user)
  const given = check.user.includes(':') ? actual : actual.replace(/:.*$/, '')
  return normalize(given) === normalize(check.user) ? passed('') : failed(`it runs as ${actual || 'root'}`)
}

/** Lists the TCP ports that something listens on, from `/proc/net/tcp` and `/proc/net/tcp6`. */
export function readListeningPorts(table: string): Set<number> {
  const ports = new Set<number>()
  for (const line of table.split('\n')) {
    const match = /^\s*\d+:\s+[0-9A-F]+:([0-9A-F]{4})\s+[0-9A-F]+:[0-9A-F]{4}\s+0A\s/i.exec(line)
    if (match) ports.add(Number.parseInt(match[1]!, 16))
  }
  return ports
}

/** An engine inside a container cannot start programs in its own: nothing is known of what would have run. */
export function isExecImpossible(output: string): boolean {
  return /OCI runtime exec failed|chdir to cwd|exec failed: unable to start|cannot exec in a stopped/i.test(
    output,
  )
}

/** How a container ended after SIGTERM. @param exitCode of the container; null: it had to be killed */
export function judgeStop(
  check: SmokeCheck & {kind: 'stop'},
  seconds: number,
  exitCode: number | null,
): SmokeVerdict {
  if (exitCode === null) return failed(`it was still running ${seconds.toFixed(1)} s after SIGTERM`)
  if (seconds > check.seconds) return failed(`it took ${seconds.toFixed(1)} s`)
  if (exitCode !== 0 && exitCode !== 143)
    return failed(`its exit status was ${exitCode} after ${seconds.toFixed(1)} s`)
  return passed(`${seconds.toFixed(1)} s, status ${exitCode}`)
}

export function passed(detail: string): SmokeVerdict {
  return {status: 'passed', detail}
}

export function failed(detail: string): SmokeVerdict {
  return {status: 'failed', detail}
}

export function skipped(detail: string): SmokeVerdict {
  return {status: 'skipped', detail}
}

function showLast(output: string): string {
  const last = output.trimEnd().split('\n').at(-1)?.trim() ?? ''
  return last.length > MAX_SHOWN ? `${last.slice(0, MAX_SHOWN)}…` : last
}
