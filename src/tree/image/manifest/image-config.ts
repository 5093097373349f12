import {ImageFault} from '../image-fault.js'
import {asList, asObject, type JsonObject, textOr} from './archive-files.js'
import {asDigest} from './digest.js'

/** One step of a build as a config remembers it. */
interface HistoryEntry {
  createdBy: string
  comment: string
  /** As written; empty if there is none. */
  created: string
  empty: boolean
  /** The layer that the step made; null for none. */
  layer: number | null
}

/** What matters of an image's config. */
export interface ImageConfig {
  /** `OS/ARCHITECTURE[/VARIANT]`; null where the config names none. */
  platform: string | null
  diffIds: string[]
  /** Oldest first; null if the config has none. */
  history: HistoryEntry[] | null
  created: string | null
  workingDir: string
  user: string
  labels: JsonObject
}

/** @throws ImageFault for what is no config */
export function readImageConfig(value: unknown, path: string): ImageConfig {
  const config = asObject(value, path)
  const rootfs = asObject(config.rootfs, `rootfs of ${path}`)
  const diffIds = asList(rootfs.diff_ids ?? [], path, 'diff ids').map((id) => asDigest(id, 'a layer'))
  const run = isObject(config.config) ? config.config : {}
  return {
    platform: platformOf(config),
    diffIds,
    history: readHistory(config.history, diffIds.length, path),
    created: textOr(config.created, null),
    workingDir: textOr(run.WorkingDir, ''),
    user: textOr(run.User, ''),
    labels: isObject(run.Labels) ? run.Labels : {},
  }
}

/** `OS/ARCHITECTURE[/VARIANT]` of a config or a platform object; null if it names none. */
export function platformOf(value: JsonObject): string | null {
  const {os, architecture, variant} = value
  if (typeof os !== 'string' || typeof architecture !== 'string' || os === '' || architecture === '')
    return null
  return typeof variant === 'string' && variant !== ''
    ? `${os}/${architecture}/${variant}`
    : `${os}/${architecture}`
}

function readHistory(value: unknown, layerCount: number, path: string): HistoryEntry[] | null {
  if (value === undefined || value === null) return null
  let layer = 0
  return asList(value, path, 'history').map((one) => {
    if (!isObject(one)) throw new ImageFault(`the history of ${path} has an entry that is not an object`)
    const empty = one.empty_layer === true
    return {
      createdBy: textOr(one.created_by, ''),
      comment: textOr(one.comment, ''),
      created: textOr(one.created, ''),
      empty,
      layer: empty || layer >= layerCount ? null : layer++,
    }
  })
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
