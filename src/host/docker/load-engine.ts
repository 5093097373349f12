import type {MeasureEnvironment} from '../../report/measure/measure-report.js'
import {runDocker} from '../process/run-docker.js'

const LIMIT_MS = 30_000

/** An engine, or why there is none. */
export type FoundEngine =
  | {environment: MeasureEnvironment; problem: null}
  | {environment: null; problem: string}

/** Asks the engine and the builder what they are. @param builder null: the user's own choice */
export async function loadEngine(builder: string | null): Promise<FoundEngine> {
  const [version, info, buildx, inspected] = await Promise.all([
    runDocker(['version', '--format', '{{json .}}'], LIMIT_MS),
    runDocker(['info', '--format', '{{json .}}'], LIMIT_MS),
    runDocker(['buildx', 'version'], LIMIT_MS),
    runDocker(['buildx', 'inspect', ...(builder === null ? [] : [builder])], LIMIT_MS),
  ])
  if (version.status === 'absent') return {environment: null, problem: 'the program docker was not found'}
  if (version.status === 'failed') return {environment: null, problem: version.reason}
  if (buildx.status !== 'done') {
    const reason = buildx.status === 'failed' ? buildx.reason : 'the program docker was not found'
    return {environment: null, problem: `docker buildx does not run: ${reason}`}
  }
  if (inspected.status === 'failed') return {environment: null, problem: `no builder: ${inspected.reason}`}
  const server = parse(version.output).Server
  const facts = info.status === 'done' ? parse(info.output) : {}
  const builderText = inspected.status === 'done' ? inspected.output : ''
  const isContainerd = JSON.stringify(facts.DriverStatus ?? '').includes('io.containerd.snapshotter')
  return {
    environment: {
      engine: textOf(isObject(server) ? server.Version : null),
      buildkit: /^BuildKit(?: version)?:\s*(\S+)/m.exec(builderText)?.[1] ?? null,
      buildx: /\bv?(\d+\.\d+\.\d+\S*)/.exec(buildx.output)?.[1] ?? null,
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
