/** How long a step took when it ran. */
export interface StepTime {
  seconds: number
  /** When it had finished: ISO 8601. */
  date: string
}

/** The last time that steps ran, by the names that Docker prints. */
export type StepTimes = ReadonlyMap<string, StepTime>

/** What a build says of one of its steps at some moment. */
export interface VertexEvent {
  digest: string
  name: string
  /** ISO 8601. */
  started?: string
  completed?: string
  cached?: boolean
}

/** What is known of a vertex so far. */
interface Vertex {
  name: string
  started: number
  completed: number
  isCached: boolean
}

/** Sums up the events of one build; steps that were cached, or did not finish, have no time. */
export function sumUpEvents(events: Iterable<VertexEvent>): Map<string, StepTime> {
  const vertexes = new Map<string, Vertex>()
  for (const {digest, name, started, completed, cached} of events) {
    const known = vertexes.get(digest)
    const vertex = known ?? {name, started: Number.POSITIVE_INFINITY, completed: 0, isCached: false}
    vertexes.set(digest, vertex)
    if (started !== undefined) vertex.started = Math.min(vertex.started, Date.parse(started))
    if (completed !== undefined) vertex.completed = Math.max(vertex.completed, Date.parse(completed))
    if (cached === true) vertex.isCached = true
  }
  const times = new Map<string, StepTime>()
  for (const {name, started, completed, isCached} of vertexes.values()) {
    if (isCached || !(completed >= started) || !Number.isFinite(started)) continue
    const seconds = (completed - started) / 1000
    const known = times.get(name)
    // A step may show as two of one name: a download and its copy.
    const sum = seconds + (known?.seconds ?? 0)
    times.set(name, {seconds: sum, date: new Date(completed).toISOString()})
  }
  return times
}

/** Reads the lines of `docker buildx history logs --progress rawjson`; what is no event is passed over. */
export function* readBuildLog(text: string): Generator<VertexEvent> {
  for (const line of text.split('\n')) {
    if (!line.startsWith('{')) continue
    let message: unknown
    try {
      message = JSON.parse(line)
    } catch {
      continue
    }
    const {vertexes} = message as {vertexes?: unknown}
    if (Array.isArray(vertexes)) yield* vertexes.filter(isEvent)
  }
}

function isEvent(value: unknown): value is VertexEvent {
  const {digest, name} = (value ?? {}) as Partial<VertexEvent>
  return typeof digest === 'string' && typeof name === 'string'
}

/** The times of several builds, each step with its last one. */
export function mergeTimes(builds: readonly StepTimes[]): Map<string, StepTime> {
  const merged = new Map<string, StepTime>()
  for (const [name, time] of builds.flatMap((times) => [...times])) {
    const known = merged.get(name)
    if (known === undefined || known.date < time.date) merged.set(name, time)
  }
  return merged
}
