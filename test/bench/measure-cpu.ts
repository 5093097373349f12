import {spawnSync} from 'node:child_process'

/** A program with its arguments, where it runs, and variables besides those that are there. */
export interface MeasuredCall {
  command: readonly string[]
  cwd?: string
  env?: NodeJS.ProcessEnv
}

/** Prints user and system seconds of what it runs as the last line of standard error; the program's own output is dropped. */
const TIMED = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1'

/**
 * Runs each program some times, in turn; the median milliseconds of user and system time of each, its threads and
 * children included. A busy machine changes that less than the time on the clock.
 */
export function measureCpu<Name extends string>(
  calls: Readonly<Record<Name, MeasuredCall>>,
  rounds: number,
): Record<Name, number> {
  const names = Object.keys(calls) as Name[]
  const times = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times.get(name)!.push(measureOnce(calls[name]))
  }
  return Object.fromEntries(names.map((name) => [name, medianOf(times.get(name)!)])) as Record<Name, number>
}

function measureOnce({command, cwd, env}: MeasuredCall): number {
  const {stderr} = spawnSync('bash', ['-c', TIMED, 'bash', ...command], {
    encoding: 'utf8',
    cwd,
    env: {...process.env, ...env},
  })
  const [user = 0, system = 0] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number)
  return (user + system) * 1000
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1]!
}
