import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {sumUpStates} from '../../measure/times/step-states.js'
import {readBuildLog} from '../../measure/times/step-times.js'
import {askBuildx, findHistoryProblem, listRecords} from './load-step-times.js'

/** A finished build, as the engine's history tells it. */
export interface PastBuild {
  ref: string
  /** When it began: ISO 8601. */
  date: string
  /** The Dockerfile that it read. */
  dockerfile: Uint8Array
  buildArgs: Readonly<Record<string, string>>
  target: string | null
  noCache: boolean
  /** Of the images that it stood on, by reference. */
  digests: ReadonlyMap<string, string>
  /** By the names that Docker prints: true, its result was there. */
  cached: ReadonlyMap<string, boolean>
}

/**
 * Reads the last build of a directory and the one before it of the same name.
 * @throws SlimCheckError `no-build-history`, `no-build-records`
 */
export async function loadLastBuilds(contextDir: string): Promise<{before: PastBuild; after: PastBuild}> {
  const name = path.basename(contextDir)
  const [last, ...others] = await listRecords(name)
  const problem = last === undefined ? await findHistoryProblem() : null
  if (problem !== null) throw new SlimCheckError('no-build-history', {reason: problem})
  const earlier = others.find((one) => one.name === last?.name)
  const [after, before] = await Promise.all([last, earlier].map((one) => (one ? readBuild(one.ref) : null)))
  if (!after || !before) throw new SlimCheckError('no-build-records', {name})
  return {before, after}
}

/** Null where the engine does not know all of it any more. */
async function readBuild(ref: string): Promise<PastBuild | null> {
  const [log, provenance] = await Promise.all([
    askBuildx(['history', 'logs', '--progress', 'rawjson', ref]),
    askBuildx(['history', 'inspect', 'attachment', '--type', 'provenance', ref]),
  ])
  if (log === null || provenance === null) return null
  try {
    return {ref, ...readProvenance(JSON.parse(provenance)), cached: sumUpStates(readBuildLog(log))}
  } catch {
    return null
  }
}

/** What of it is read; anything else may be there. */
interface Provenance {
  materials?: {uri: string; digest: Record<string, string>}[]
  invocation: {parameters: {args?: Record<string, string>}}
  metadata: {
    buildStartedOn: string
    'https://mobyproject.org/buildkit@v1#metadata': {source: {infos: {data: string}[]}}
  }
}

/** @throws TypeError where it has another shape */
function readProvenance({
  materials = [],
  invocation,
  metadata,
}: Provenance): Omit<PastBuild, 'ref' | 'cached'> {
  const args = invocation.parameters.args ?? {}
  const {source} = metadata['https://mobyproject.org/buildkit@v1#metadata']
  const given = Object.entries(args).filter(([key]) => key.startsWith('build-arg:'))
  return {
    date: metadata.buildStartedOn,
    dockerfile: Buffer.from(source.infos[0]!.data, 'base64'),
    buildArgs: Object.fromEntries(given.map(([key, value]) => [key.slice('build-arg:'.length), value])),
    target: args.target ?? null,
    noCache: args['no-cache'] !== undefined,
    digests: new Map(materials.map(({uri, digest}) => [uri, JSON.stringify(digest)])),
  }
}
