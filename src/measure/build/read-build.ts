import type {MeasuredStep} from '../../report/measure/measure-report.js'

/** What one build said of itself. */
export interface BuildAccount {
  /** In the order of the file; before them those whose line is not known. */
  steps: MeasuredStep[]
  exportSeconds: number
  /** Null where no context was loaded. */
  transferBytes: number | null
  /** Of the step that failed; null where none did. */
  error: BuildFault | null
}

/** Why a build failed. */
export interface BuildFault {
  /** As Docker prints the step. */
  step: string
  reason: string
  /** The last lines that it wrote. */
  output: string[]
}

interface Vertex {
  name: string
  started: number
  completed: number
  hasRun: boolean
  error: string | null
}

const MAX_OUTPUT_LINES = 6
const MAX_OUTPUT = 4000

/** A step of a Dockerfile, `[build 2/4] COPY . .`; what the builder does for itself is none. */
const STEP = /^\[(?!internal\]|context |auth\])[^\]]*\d+\/\d+\] /
const EXPORT =
  /^(?:exporting |importing to docker|unpacking |sending tarball|loading layer|writing image|naming to )/
const CONTEXT = '[internal] load build context'

/** Sums up the events of one build as they come. */
export class BuildReader {
  readonly #vertexes = new Map<string, Vertex>()
  readonly #outputs = new Map<string, string>()
  #transfer: number | null = null

  /** Takes an event in JSON; what is none is passed over. */
  read(event: string): void {
    let message: unknown
    try {
      message = JSON.parse(event)
    } catch {
      return
    }
    const {vertexes, statuses, logs} = (message ?? {}) as Record<string, unknown>
    for (const vertex of listOf(vertexes)) this.#readVertex(vertex)
    for (const status of listOf(statuses)) this.#readStatus(status)
    for (const log of listOf(logs)) this.#readLog(log)
  }

  /** @param lineOf the line of a step by its name; null where it is not known */
  sumUp(lineOf: (text: string) => number | null): BuildAccount {
    const all = [...this.#vertexes.values()]
    const named = joinByName(all.filter(({name}) => STEP.test(name)))
    const steps = named.map(({name, started, completed, hasRun}): MeasuredStep => {
      const seconds = hasRun && completed >= started ? round((completed - started) / 1000) : 0
      return {text: name, line: lineOf(name), cached: !hasRun, seconds}
    })
    return {
      // Docker reports cached steps from the last to the first.
      steps: steps.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0)),
      exportSeconds: round(measureUnion(all.filter(({name}) => EXPORT.test(name))) / 1000),
      transferBytes: this.#transfer,
      error: this.#findFault(),
    }
  }

  #readVertex(value: Record<string, unknown>): void {
    const {digest, name, started, completed, cached, error} = value
    if (typeof digest !== 'string' || typeof name !== 'string') return
    const known = this.#vertexes.get(digest)
    const vertex = known ?? {
      name,
      started: Number.POSITIVE_INFINITY,
      completed: 0,
      hasRun: false,
      error: null,
    }
    this.#vertexes.set(digest, vertex)
    // A step that was taken from the cache is said to start, too.
    if (typeof started === 'string') {
      vertex.started = Math.min(vertex.started, Date.parse(started))
      if (cached !== true) vertex.hasRun = true
    }
    if (typeof completed === 'string') vertex.completed = Math.max(vertex.completed, Date.parse(completed))
    if (typeof error === 'string' && error !== '') vertex.error = error
  }

  #readStatus({id, vertex, current}: Record<string, unknown>): void {
    if (typeof id !== 'string' || typeof current !== 'number' || !id.startsWith('transferring ')) return
    if (this.#vertexes.get(String(vertex))?.name === CONTEXT)
      this.#transfer = Math.max(this.#transfer ?? 0, current)
  }

  #readLog({vertex, data}: Record<string, unknown>): void {
    if (typeof vertex !== 'string' || typeof data !== 'string') return
    const text = (this.#outputs.get(vertex) ?? '') + new TextDecoder().decode(toBytes(data))
    this.#outputs.set(vertex, text.slice(-MAX_OUTPUT))
  }

  #findFault(): BuildFault | null {
    const failed = [...this.#vertexes].find(
      ([, {error}]) => error !== null && !/context canceled/.test(error),
    )
    if (failed === undefined) return null
    const [digest, {name, error}] = failed
    const output = (this.#outputs.get(digest) ?? '').split('\n').filter((line) => line.trim() !== '')
    return {step: name, reason: error!, output: output.slice(-MAX_OUTPUT_LINES)}
  }
}

/** Base64, as JSON has Go's bytes. */
function toBytes(text: string): Uint8Array {
  return Buffer.from(text, 'base64')
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : []
}

/** A step may show as two of one name, a download and its copy; in the order in which they began. */
function joinByName(vertexes: readonly Vertex[]): Vertex[] {
  const joined = new Map<string, Vertex>()
  for (const vertex of vertexes.toSorted((one, other) => one.started - other.started)) {
    const known = joined.get(vertex.name)
    if (known === undefined) {
      joined.set(vertex.name, {...vertex})
      continue
    }
    known.completed = Math.max(known.completed, vertex.completed)
    known.hasRun ||= vertex.hasRun
  }
  return [...joined.values()]
}

/** Milliseconds in which at least one of them was at work. */
function measureUnion(vertexes: readonly Vertex[]): number {
  const spans = vertexes
    .filter(({started, completed}) => completed >= started)
    .sort((one, other) => one.started - other.started)
  let total = 0
  let end = Number.NEGATIVE_INFINITY
  for (const {started, completed} of spans) {
    total += Math.max(0, completed - Math.max(started, end))
    end = Math.max(end, completed)
  }
  return total
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}

/** Says a fault in one sentence. */
export function explainFault({step, reason, output}: BuildFault): string {
  const short = reason.replace(/^process .* did not complete successfully: /s, '')
  const last = output.at(-1)
  return `${step}: ${short}${last === undefined ? '' : ` (${last.trim()})`}`
}
