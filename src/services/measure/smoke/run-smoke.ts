import {setTimeout as wait} from 'node:timers/promises'
import type {SmokeCheck} from '../../../config/smoke-check.js'
import {type InspectedImage, inspectImage} from '../../../host/docker/measured-images.js'
import {type ContainerWishes, lastLine, SmokeContainers} from '../../../host/docker/smoke/containers.js'
import {
  failed,
  isExecImpossible,
  judgePath,
  judgeRun,
  judgeStop,
  judgeUser,
  passed,
  readListeningPorts,
  type SmokeVerdict,
  skipped,
} from '../../../measure/smoke/judge-smoke.js'
import type {SmokeResult} from '../../../report/measure/measure-report.js'

/** Tries checks in an image, in the order in which they are given; what needs it started shares one start. */
export async function runSmoke(
  ref: string,
  checks: readonly SmokeCheck[],
  signal: AbortSignal,
): Promise<SmokeResult[]> {
  const image = await inspectImage(ref)
  if (image === null) return checks.map((check) => tell(check, failed(`there is no image ${ref}`), 0))
  const containers = new SmokeContainers(signal)
  try {
    return await new ImageSmoke(ref, image, containers).run(checks)
  } finally {
    await containers.removeAll()
  }
}

function tell({name}: SmokeCheck, verdict: SmokeVerdict, seconds: number): SmokeResult {
  return {name, before: null, seconds, ...verdict}
}

/** A start of the image. */
interface Started {
  name: string
  problem: string | null
}

const PAUSE_MS = 200
const SETTLE_MS = 1500

class ImageSmoke {
  /** By what the container was started with. */
  readonly #started = new Map<string, Started>()
  /** Containers that have answered a check. */
  readonly #isSettled = new Set<string>()
  #files: Promise<Started> | null = null

  constructor(
    private readonly ref: string,
    private readonly image: InspectedImage,
    private readonly containers: SmokeContainers,
  ) {}

  /** What ends a container comes last. */
  async run(checks: readonly SmokeCheck[]): Promise<SmokeResult[]> {
    const results = new Map<SmokeCheck, SmokeResult>()
    const inOrder = [
      ...checks.filter(({kind}) => kind !== 'stop'),
      ...checks.filter(({kind}) => kind === 'stop'),
    ]
    for (const check of inOrder) {
      const begun = performance.now()
      const verdict = await this.#try(check)
      results.set(check, tell(check, verdict, Math.round(performance.now() - begun) / 1000))
    }
    return checks.map((check) => results.get(check)!)
  }

  #try(check: SmokeCheck): Promise<SmokeVerdict> {
    switch (check.kind) {
      case 'run':
        return this.#tryRun(check)
      case 'files':
        return this.#tryPath(check)
      case 'user':
        return Promise.resolve(judgeUser(check, this.image.user ?? 'root'))
      case 'ports':
        return this.#whileRunning(check, (name) => this.#tryPort(check, name))
      case 'health':
        return this.#whileRunning(check, (name) => this.#tryHealth(check, name))
      case 'stop':
        return this.#whileRunning(check, (name) => this.#tryStop(check, name))
    }
  }

  async #tryRun(check: SmokeCheck & {kind: 'run'}): Promise<SmokeVerdict> {
    const words = this.#wordsOf(check.command)
    return judgeRun(
      check,
      await this.containers.run(this.#wishesOf(check), words, check.withinSeconds * 1000),
    )
  }

  /** Text is for a shell, as in a Dockerfile. */
  #wordsOf(command: string | readonly string[]): readonly string[] {
    return typeof command === 'string' ? ['/bin/sh', '-c', command] : command
  }

  async #tryPath(check: SmokeCheck & {kind: 'files'}): Promise<SmokeVerdict> {
    this.#files ??= this.containers.create(this.ref)
    const {name, problem} = await this.#files
    if (problem !== null) return skipped(`no container could be created: ${problem}`)
    const {isThere, output} = await this.containers.hasPath(name, check.path)
    return judgePath(check, isThere, output)
  }

  async #whileRunning(
    check: SmokeCheck,
    work: (name: string) => Promise<SmokeVerdict>,
  ): Promise<SmokeVerdict> {
    const {name, problem} = await this.#start(check)
    if (problem !== null) return failed(`the image does not start: ${problem}`)
    const state = await this.containers.inspect(name)
    if (state !== null && !state.isRunning) return failed(await this.#explainEnd(name, state.exitCode))
    return work(name)
  }

  async #start(check: SmokeCheck): Promise<Started> {
    const key = JSON.stringify(this.#wishesOf(check))
    const known = this.#started.get(key)
    if (known !== undefined) return known
    const started = await this.containers.start(this.#wishesOf(check), this.image.health !== null)
    this.#started.set(key, started)
    return started
  }

  async #explainEnd(name: string, exitCode: number): Promise<string> {
    const words = await this.containers.lastWords(name)
    return `it ended by itself with status ${exitCode}${words === '' ? '' : `: ${words}`}`
  }

  async #tryPort(check: SmokeCheck & {kind: 'ports'}, name: string): Promise<SmokeVerdict> {
    return this.#until(check, name, async () => {
      const table = await this.#readSockets(name)
      if (table === null)
        return skipped('no program in the image can read /proc/net/tcp, and the engine cannot run one in it')
      const ports = readListeningPorts(table)
      if (ports.has(check.port)) return passed('')
      return failed(
        ports.size === 0
          ? 'it listens on no port'
          : `it listens on ${[...ports].sort((a, b) => a - b).join(', ')}`,
      )
    })
  }

  /** Sockets of a container: read inside of it, or by another one that shares its network. */
  async #readSockets(name: string): Promise<string | null> {
    const words = ['cat', '/proc/net/tcp', '/proc/net/tcp6']
    const inside = await this.containers.exec(name, words, 10_000)
    if (/^[ \t]*sl\s/m.test(inside.output)) return inside.output
    const wishes = {image: this.ref, network: `container:${name}`, env: {}, isReadOnly: false}
    const beside = await this.containers.run(wishes, words, 10_000)
    return /^[ \t]*sl\s/m.test(beside.output) ? beside.output : null
  }

  async #tryHealth(check: SmokeCheck & {kind: 'health'}, name: string): Promise<SmokeVerdict> {
    const words = check.command === null ? this.#healthWords() : this.#wordsOf(check.command)
    if (words === null) return skipped('the image has no HEALTHCHECK')
    let isBeside = false
    return this.#until(check, name, async () => {
      if (!isBeside) {
        const inside = await this.containers.exec(name, words, check.withinSeconds * 1000)
        if (inside.status === 0) return passed('')
        if (!isExecImpossible(inside.output))
          return failed(`status ${inside.status ?? 'none'}: ${lastLine(inside.output)}`)
        isBeside = true
      }
      const wishes = {...this.#wishesOf(check), network: `container:${name}`}
      const beside = await this.containers.run(wishes, words, check.withinSeconds * 1000)
      if (beside.status === 0) return passed('with docker run, as the engine cannot run a program in it')
      return failed(`status ${beside.status ?? 'none'}: ${lastLine(beside.output)}`)
    })
  }

  /** The command of the image's own health check. */
  #healthWords(): readonly string[] | null {
    const [kind, ...words] = this.image.health ?? []
    if (kind === 'CMD') return words
    return kind === 'CMD-SHELL' ? ['/bin/sh', '-c', words.join(' ')] : null
  }

  /** Tries until it holds, the time is over, or the container has ended. What is skipped is not tried again. */
  async #until(check: SmokeCheck, name: string, attempt: () => Promise<SmokeVerdict>): Promise<SmokeVerdict> {
    const end = performance.now() + check.withinSeconds * 1000
    for (;;) {
      const verdict = await attempt()
      if (verdict.status === 'passed') this.#isSettled.add(name)
      if (verdict.status !== 'failed') return verdict
      const state = await this.containers.inspect(name)
      if (state === null || !state.isRunning)
        return failed(await this.#explainEnd(name, state?.exitCode ?? 0))
      if (performance.now() > end) return failed(`${verdict.detail}, after ${check.withinSeconds} s`)
      await wait(PAUSE_MS)
    }
  }

  async #tryStop(check: SmokeCheck & {kind: 'stop'}, name: string): Promise<SmokeVerdict> {
    // A program that has just begun has not said yet what it does at SIGTERM, and as process 1 ignores it.
    if (!this.#isSettled.has(name)) await wait(SETTLE_MS)
    const {status, output, seconds, isLate} = await this.containers.stop(name, check.seconds + 1)
    if (isLate) return judgeStop(check, seconds, null)
    if (status !== 0) return failed(lastLine(output))
    return judgeStop(check, seconds, Number.parseInt(output, 10))
  }

  #wishesOf({network, env, isReadOnly}: SmokeCheck): ContainerWishes {
    return {image: this.ref, network, env, isReadOnly}
  }
}
