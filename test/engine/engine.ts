import {execFileSync, spawnSync} from 'node:child_process'
import {statSync, writeFileSync} from 'node:fs'
import path from 'node:path'

/** Whether a Docker Engine answers here; engine tests are skipped without one. */
const hasEngine = spawnSync('docker', ['version', '--format', '{{.Server.Version}}']).status === 0

/** Skips a suite, with a message, where there is no engine. For a `before` hook. */
export function requireEngine(suite: Mocha.Context): void {
  if (hasEngine) return
  process.stderr.write('    skipped: no Docker Engine answers here\n')
  suite.skip()
}

/** What one build transferred, as BuildKit counts it; null where it loaded no such thing. */
export interface BuildFigures {
  context: number | null
  named: Record<string, number>
  status: number | null
}

interface RawEvent {
  vertexes?: {digest: string; name: string}[]
  statuses?: {vertex: string; id: string; current: number}[]
}

/** Builds and reads the bytes of each transfer. @param isWarm keeps what the builder has from last time */
export function measureBuild(args: readonly string[], isWarm = false): BuildFigures {
  if (!isWarm) spawnSync('docker', ['builder', 'prune', '-af'])
  const env = {...process.env, BUILDX_GIT_INFO: 'false'}
  const run = spawnSync('docker', ['build', '--progress=rawjson', ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env,
  })
  const names = new Map<string, string>()
  const measured: BuildFigures = {context: null, named: {}, status: run.status}
  for (const {vertexes = [], statuses = []} of readEvents(run.stderr)) {
    for (const {digest, name} of vertexes) names.set(digest, name)
    for (const {vertex, id, current} of statuses) {
      if (id.startsWith('transferring ')) book(measured, names.get(vertex) ?? '', current)
    }
  }
  return measured
}

function book(measured: BuildFigures, name: string, bytes: number): void {
  const named = /^\[context ([^\]]+)\] load from client/.exec(name)
  if (name === '[internal] load build context') measured.context = Math.max(measured.context ?? 0, bytes)
  else if (named) measured.named[named[1]!] = Math.max(measured.named[named[1]!] ?? 0, bytes)
}

function readEvents(text: string): RawEvent[] {
  const events: RawEvent[] = []
  for (const line of text.split('\n')) {
    try {
      events.push(JSON.parse(line) as RawEvent)
    } catch {
      // Messages for people stand between the events.
    }
  }
  return events
}

/** The paths that `COPY . /` puts into an image, sorted; directories without their slash. */
export function exportIncludedPaths(contextDir: string, workDir: string): string[] {
  const dockerfile = path.join(workDir, 'Dockerfile.export')
  const tar = path.join(workDir, 'export.tar')
  writeFileSync(dockerfile, 'FROM scratch\nCOPY . /\n')
  execFileSync('docker', ['build', '-q', '-f', dockerfile, '-o', `type=tar,dest=${tar}`, contextDir], {
    stdio: 'pipe',
  })
  return listTar(tar)
}

/** The paths in an exported image, sorted; directories without their slash. */
export function listTar(tar: string): string[] {
  if (statSync(tar).size === 0) return []
  const listing = execFileSync('tar', ['tf', tar, '--quoting-style=literal'], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  return listing
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/\/$/, ''))
    .sort()
}
