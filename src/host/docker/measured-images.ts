import {runDocker} from '../process/run-docker.js'
import {MEASURE_IMAGE} from './measure-words.js'

const LIMIT_MS = 120_000

/** What the engine says of an image. */
export interface InspectedImage {
  id: string
  /** Lowest first. */
  diffIds: string[]
  /** Of its config; null where it sets none. */
  user: string | null
  entrypoint: string[]
  command: string[]
  env: string[]
  ports: string[]
  /** The test of its health check, as Docker has it: `CMD`, `CMD-SHELL` and words; null: none. */
  health: string[] | null
  workingDir: string
}

/** Asks the engine about an image; null where it has none of this name. */
export async function inspectImage(ref: string): Promise<InspectedImage | null> {
  const outcome = await runDocker(['image', 'inspect', '--format', '{{json .}}', ref], LIMIT_MS)
  if (outcome.status !== 'done') return null
  const image = JSON.parse(outcome.output) as {
    Id: string
    RootFS?: {Layers?: string[]}
    Config?: {
      User?: string
      Entrypoint?: string[] | null
      Cmd?: string[] | null
      Env?: string[] | null
      ExposedPorts?: Record<string, unknown> | null
      Healthcheck?: {Test?: string[]} | null
      WorkingDir?: string
    }
  }
  const {Config: config = {}} = image
  const test = config.Healthcheck?.Test ?? []
  return {
    id: image.Id,
    diffIds: image.RootFS?.Layers ?? [],
    user: config.User || null,
    entrypoint: config.Entrypoint ?? [],
    command: config.Cmd ?? [],
    env: config.Env ?? [],
    ports: Object.keys(config.ExposedPorts ?? {}).sort(),
    health: test.length === 0 || test[0] === 'NONE' ? null : test,
    workingDir: config.WorkingDir || '/',
  }
}

/** Removes images that `measure` made; a name of anybody else is never touched. Never throws. */
export async function removeMeasuredImages(tags: readonly string[]): Promise<void> {
  const own = tags.filter((tag) => tag.startsWith(`${MEASURE_IMAGE}:`))
  if (own.length > 0) await runDocker(['image', 'rm', '--force', ...own], LIMIT_MS)
}
