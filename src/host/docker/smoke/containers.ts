import {type CallOutcome, callDocker} from '../../process/measure/call-docker.js'
import {MEASURE_IMAGE} from '../measure-words.js'

/** How a container is made. */
export interface ContainerWishes {
  image: string
  /** Of `docker run`. */
  network: string
  env: Readonly<Record<string, string>>
  isReadOnly: boolean
}

/** A container that runs. */
export interface ContainerState {
  isRunning: boolean
  exitCode: number
  /** `starting`, `healthy`, `unhealthy`; null: it has no health check. */
  health: string | null
  /** What the last tries of the health check said. */
  healthLog: string
}

/** Longer than a slow engine takes for a small thing. */
const LIMIT_MS = 60_000

/** Makes and removes containers of random names; all are removed in the end, and their anonymous volumes. */
export class SmokeContainers {
  readonly #names = new Set<string>()

  constructor(private readonly signal: AbortSignal) {}

  /** Runs a program of an image to its end. @param words the program and its arguments */
  async run(wishes: ContainerWishes, words: readonly string[], limitMs: number): Promise<CallOutcome> {
    const name = this.#makeName()
    const [program = '', ...rest] = words
    const own = ['run', '--rm', `--name=${name}`, ...listFlags(wishes), `--entrypoint=${program}`]
    const outcome = await this.#call([...own, wishes.image, ...rest], limitMs)
    // A client that was ended leaves its container running.
    if (outcome.status === null) await this.remove(name)
    else this.#names.delete(name)
    return outcome
  }

  /** Starts what the image starts; health checks follow each other quickly. @returns its name, or why it does not start */
  async start(wishes: ContainerWishes, hasHealth: boolean): Promise<{name: string; problem: string | null}> {
    const name = this.#makeName()
    const quick = hasHealth
      ? ['--health-interval=1s', '--health-start-period=0s', '--health-retries=1000']
      : []
    const words = ['run', '--detach', `--name=${name}`, ...listFlags(wishes), ...quick, wishes.image]
    const {status, output} = await this.#call(words, LIMIT_MS)
    return {name, problem: status === 0 ? null : lastLine(output)}
  }

  /** Makes a container that is never started, to look at its files. */
  async create(image: string): Promise<{name: string; problem: string | null}> {
    const name = this.#makeName()
    const words = ['create', `--name=${name}`, '--network=none', '--entrypoint=/none', image]
    const {status, output} = await this.#call(words, LIMIT_MS)
    return {name, problem: status === 0 ? null : lastLine(output)}
  }

  /** Whether something stands at a path; null where the engine does not say. */
  async hasPath(name: string, path: string): Promise<{isThere: boolean | null; output: string}> {
    const options = {limitMs: LIMIT_MS, signal: this.signal, endsAtOutput: true}
    const {status, output} = await callDocker(['cp', `${name}:${path}`, '-'], options)
    if (status === 0) return {isThere: true, output: ''}
    return /could not find the file|no such file|not found/i.test(output)
      ? {isThere: false, output: ''}
      : {isThere: null, output: lastLine(output)}
  }

  /** Runs a program in a container that runs. */
  exec(name: string, words: readonly string[], limitMs: number): Promise<CallOutcome> {
    return this.#call(['exec', name, ...words], limitMs)
  }

  async inspect(name: string): Promise<ContainerState | null> {
    const {status, output} = await this.#call(
      ['container', 'inspect', '--format={{json .State}}', name],
      LIMIT_MS,
    )
    if (status !== 0) return null
    const state = JSON.parse(output) as {
      Running?: boolean
      ExitCode?: number
      Health?: {Status?: string; Log?: {Output?: string}[] | null}
    }
    return {
      isRunning: state.Running ?? false,
      exitCode: state.ExitCode ?? 0,
      health: state.Health?.Status ?? null,
      healthLog: (state.Health?.Log ?? []).map(({Output: text = ''}) => text.trim()).join('\n'),
    }
  }

  /** The last that a container has written. */
  async lastWords(name: string): Promise<string> {
    const {output} = await this.#call(['logs', '--tail=5', name], LIMIT_MS)
    return lastLine(output)
  }

  /** Sends SIGTERM and waits. @returns its exit status as output, and how long it took */
  async stop(name: string, patienceSeconds: number): Promise<CallOutcome> {
    const signalled = await this.#call(['kill', '--signal=SIGTERM', name], LIMIT_MS)
    if (signalled.status !== 0) return signalled
    return this.#call(['wait', name], patienceSeconds * 1000)
  }

  async remove(name: string): Promise<void> {
    // Also after an interrupt.
    const options = {limitMs: LIMIT_MS, signal: new AbortController().signal}
    await callDocker(['rm', '--force', '--volumes', name], options)
    this.#names.delete(name)
  }

  async removeAll(): Promise<void> {
    for (const name of [...this.#names]) await this.remove(name)
  }

  #makeName(): string {
    const name = `${MEASURE_IMAGE}-${Math.random().toString(36).slice(2, 12).padEnd(10, '0')}`
    this.#names.add(name)
    return name
  }

  #call(words: readonly string[], limitMs: number): Promise<CallOutcome> {
    return callDocker(words, {limitMs, signal: this.signal})
  }
}

function listFlags({network, env, isReadOnly}: ContainerWishes): string[] {
  return [
    `--network=${network}`,
    '--pull=never',
    ...(isReadOnly ? ['--read-only', '--tmpfs=/tmp'] : []),
    ...Object.entries(env).map(([name, value]) => `--env=${name}=${value}`),
  ]
}

/** What says most: the last line that is not empty. */
export function lastLine(text: string): string {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^See 'docker .*--help'|^Run 'docker /.test(line))
  return (lines.at(-1) ?? '').trim().slice(0, 300)
}
