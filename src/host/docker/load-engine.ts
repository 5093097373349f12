import type {MeasureEnvironment} from '../../report/measure/measure-report.js'
import {ABSENT, runDocker} from '../process/run-docker.js'

const LIMIT_MS = 30_000

/** An engine, or why there is none. */
export type FoundEngine =
  | {environment: MeasureEnvironment; problem: null}
  | {environment: null; problem: string}

/** Asks the engine and the builder what they are. @param builder null: the user's own choice */
export async function loadEngine(builder: string | null): Promise<FoundEngine> {
  const [version, info, inspected] = await Promise.all([
    runDocker(['version', '--format', '{{json .}}'], LIMIT_MS),
    runDocker(['info', '--format', '{{json .}}'], LIMIT_MS),
    runDocker(['buildx', 'inspect', ...(builder === null ? [] : [builder])], LIMIT_MS),
  ])
  if (version.status === 'absent') return {environment: null, problem: ABSENT}
  if (version.status === 'failed') return {environment: null, problem: version.reason}
  const facts = info.status === 'done' ? parse(info.output) : {}
  const buildx = await findBuildx(facts)
  if (buildx.problem !== null)
    return {environment: null, problem: `docker buildx does not run: ${buildx.problem}`}
  if (inspected.status === 'failed') return {environment: null, problem: `no builder: ${inspected.reason}`}
  const server = parse(version.output).Server
  const builderText = inspected.status === 'done' ? inspected.output : ''
  const isContainerd = JSON.stringify(facts.DriverStatus ?? '').includes('io.containerd.snapshotter')
  return {
    environment: {
      engine: textOf(isObject(server) ? server.Version : null),
      buildkit: /^BuildKit(?: version)?:\s*(\S+)/m.exec(builderText)?.[1] ?? null,
      buildx: /\bv?(\d+\.\d+\.\d+\S*)/.exec(buildx.version)?.[1] ?? null,
      builder: /^Name:\s*(\S+)/m.exec(builderText)?.[1] ?? null,
      driver: /^Driver:\s*(\S+)/m.exec(builderText)?.[1] ?? null,
      store: info.status !== 'done' ? null : isContainerd ? 'containerd' : 'graph driver',
      storage: textOf(facts.Driver),
      os: textOf(facts.OSType),
      arch: textOf(facts.Architecture),
      cpus: numberOf(facts.NCPU),
      memoryBytes: numberOf(facts.MemTotal),
    },
    problem: null,
  }
}

type FoundBuildx = {version: string; problem: null} | {version: null; problem: string}

/** Which buildx there is: as `docker info` lists it, else as it says itself. */
async function findBuildx({ClientInfo: client}: Record<string, unknown>): Promise<FoundBuildx> {
  const plugins: unknown = isObject(client) ? client.Plugins : null
  const listed = Array.isArray(plugins) ? plugins.find((one) => isObject(one) && one.Name === 'buildx') : null
  const version = textOf(listed?.Version)
  if (version !== null) return {version, problem: null}
  const asked = await runDocker(['buildx', 'version'], LIMIT_MS)
  if (asked.status === 'done') return {version: asked.output, problem: null}
  return {version: null, problem: asked.status === 'failed' ? asked.reason : ABSENT}
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
