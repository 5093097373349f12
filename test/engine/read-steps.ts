import {execFileSync, spawnSync} from 'node:child_process'

/** What a build said of its steps. */
export interface BuiltSteps {
  status: number | null
  /** By the name that Docker prints: true, its result was there; false, it ran. */
  cached: Map<string, boolean>
  output: string
}

interface Vertex {
  digest: string
  name: string
  started?: string
  cached?: boolean
}

/** Builds with the user's docker and reads which steps ran: one ran if any event of it starts without `cached`. */
export function buildAndRead(args: readonly string[]): BuiltSteps {
  const env = {...process.env, BUILDX_GIT_INFO: 'false', BUILDX_NO_DEFAULT_ATTESTATIONS: '1'}
  const run = spawnSync('docker', ['build', '--progress=rawjson', ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env,
  })
  const names = new Map<string, string>()
  const ran = new Set<string>()
  for (const text of splitEvents(`${run.stdout}\n${run.stderr}`)) {
    let vertexes: Vertex[] = []
    try {
      vertexes = (JSON.parse(text) as {vertexes?: Vertex[]}).vertexes ?? []
    } catch {
      // Messages for people stand between the events.
    }
    for (const {digest, name, started, cached} of vertexes) {
      names.set(digest, name)
      if (started !== undefined && cached !== true) ran.add(digest)
    }
  }
  const cached = new Map<string, boolean>()
  for (const [digest, name] of names) {
    if (/^\[internal\]|^exporting|^importing|^\[auth\]/.test(name)) continue
    cached.set(name, (cached.get(name) ?? true) && !ran.has(digest))
  }
  return {status: run.status, cached, output: run.stderr.slice(-2000)}
}

/** One event a line; an older buildx spreads each over several, from `{` to `}` in the first column. */
function splitEvents(output: string): string[] {
  const events: string[] = []
  let open: string[] | null = null
  for (const line of output.split('\n')) {
    if (line === '{') open = []
    if (open === null) events.push(line)
    else open.push(line)
    if (line !== '}' || open === null) continue
    events.push(open.join('\n'))
    open = null
  }
  return events
}

/**
 * What became of a step, by the name that Docker prints. Engine 26 shows a step that two stages share by the name of any
 * of them: the one of the same instruction that nobody predicted is meant then.
 * @param predicted the names of all steps that there should be
 */
export function lookUpStep(
  name: string,
  cached: BuiltSteps['cached'] | ReadonlyMap<string, boolean>,
  predicted: ReadonlySet<string>,
): boolean | undefined {
  const known = cached.get(name)
  if (known !== undefined) return known
  const others = [...cached.keys()].filter(
    (other) => withoutStage(other) === withoutStage(name) && !predicted.has(other),
  )
  return others.length === 1 ? cached.get(others[0]!) : undefined
}

/** The instruction of a step's name. */
export function withoutStage(name: string): string {
  return name.replace(/^\[[^\]]*\] /, '')
}

/** Where the engine keeps images. */
export function readImageStore(): 'classic' | 'containerd' {
  const status = execFileSync('docker', ['info', '--format', '{{json .DriverStatus}}'], {encoding: 'utf8'})
  return status.includes('io.containerd.snapshotter') ? 'containerd' : 'classic'
}
