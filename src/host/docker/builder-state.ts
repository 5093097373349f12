import {readdirSync, statSync} from 'node:fs'
import path from 'node:path'
import {crc32} from 'node:zlib'
import {readFileBounded} from '../files/read-file.js'
import {findDockerConfigDir} from '../process/docker-places.js'

/** What this user's buildx left in its files: nothing is started for it. */
export interface BuilderState {
  /**
   * When the last build began, in milliseconds since 1970; null where nothing tells. For each build buildx writes a file
   * `refs/BUILDER/NODE/REF` below its directory as it begins (seen with buildx 0.29).
   */
  lastBuild: number | null
  /** A checksum of what chooses the builder. The file `current` is written by each call of buildx: its text counts, not its time. */
  chosen: number
}

const MAX_BYTES = 65_536

/** Variables that choose a builder, or the engine that it works for. */
const VARIABLES = ['BUILDX_BUILDER', 'BUILDX_CONFIG', 'DOCKER_CONFIG', 'DOCKER_CONTEXT', 'DOCKER_HOST']

/** Reads the state of the user's builder. Never throws. */
export function readBuilderState(env: NodeJS.ProcessEnv = process.env): BuilderState {
  const dockerDir = findDockerConfigDir(env)
  const directory = env.BUILDX_CONFIG ? path.resolve(env.BUILDX_CONFIG) : path.join(dockerDir, 'buildx')
  const files = [path.join(directory, 'current'), path.join(dockerDir, 'config.json')]
  return {
    lastBuild: findLastBuild(path.join(directory, 'refs')),
    chosen: crc32(JSON.stringify([...VARIABLES.map((name) => env[name]), ...files.map(readText)])),
  }
}

function findLastBuild(refs: string): number | null {
  const builders = listDirectory(refs).map((builder) => path.join(refs, builder))
  const nodes = builders.flatMap((builder) => listDirectory(builder).map((node) => path.join(builder, node)))
  const times = [...nodes, ...builders].map((one) => statSync(one, {throwIfNoEntry: false})?.mtimeMs ?? 0)
  return nodes.length === 0 ? null : Math.max(...times)
}

function listDirectory(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

function readText(file: string): string | null {
  const read = readFileBounded(file, MAX_BYTES)
  return read.status === 'read' ? Buffer.from(read.content).toString() : null
}
