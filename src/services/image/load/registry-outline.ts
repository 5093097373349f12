import {runDocker} from '../../../host/process/run-docker.js'
import {isObject} from '../../../tree/image/manifest/image-config.js'
import {isFor, ownPlatform} from './choose-platform.js'
import type {ImageOutline} from './outline.js'
import {parseObject} from './parse-object.js'

const LIMIT_MS = 30_000

/**
 * What a registry says of an image: config, and layers with the bytes of their blobs. `docker buildx imagetools` brings
 * the user's own credentials along.
 * @param platform default: this machine's
 * @returns null where no registry has it
 */
export async function findInRegistry(ref: string, platform = ownPlatform()): Promise<ImageOutline | null> {
  const answer = await inspect(['--format', '{{json .}}', ref])
  if (answer === null) return null
  const manifest = await inspect(['--raw', manifestRef(ref, platform, answer)])
  const diffIds = diffIdsOf(answer, platform)
  const config = isObject(manifest?.config) ? manifest.config : null
  const layers = Array.isArray(manifest?.layers) ? manifest.layers.filter(isObject) : []
  if (config === null || layers.length !== diffIds.length) return null
  return {
    refs: [ref],
    isRemote: true,
    ids: [String(config.digest)],
    configBytes: Number(config.size),
    layers: layers.map(({digest, size}, at) => ({
      diffId: diffIds[at]!,
      digest: String(digest),
      bytes: Number(size),
    })),
  }
}

async function inspect(words: readonly string[]): Promise<Record<string, unknown> | null> {
  const outcome = await runDocker(['buildx', 'imagetools', 'inspect', ...words], LIMIT_MS)
  return outcome.status === 'done' ? parseObject(outcome.output) : null
}

/** The name of the platform's manifest, where the name given leads to an index. */
function manifestRef(ref: string, platform: string, answer: Record<string, unknown>): string {
  const index = isObject(answer.manifest) ? answer.manifest : {}
  const manifests = Array.isArray(index.manifests) ? index.manifests.filter(isObject) : []
  const found = manifests.find(({platform: one}) => isObject(one) && isSame(nameOf(one), platform))
  return found === undefined ? ref : `${ref.replace(/@.*$/, '').replace(/:[^/:]*$/, '')}@${found.digest}`
}

function nameOf({os, architecture, variant}: Record<string, unknown>): string {
  return [os, architecture, ...(variant === undefined ? [] : [variant])].join('/')
}

/** `imagetools` answers with the config, or with one of each platform. */
function diffIdsOf(answer: Record<string, unknown>, platform: string): string[] {
  const image = isObject(answer.image) ? answer.image : {}
  const key = Object.keys(image).find((one) => isSame(one, platform))
  const own = isObject(image.rootfs) ? image : key === undefined ? null : image[key]
  const rootfs = isObject(own) && isObject(own.rootfs) ? own.rootfs : {}
  return Array.isArray(rootfs.diff_ids) ? rootfs.diff_ids.map(String) : []
}

/** One of them may leave the variant out. */
function isSame(one: string, other: string): boolean {
  return isFor(one, other) || isFor(other, one)
}
