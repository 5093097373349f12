import {SECRET_NAME_PATTERN} from '../../../advice/secrets/secret-name-pattern.js'
import type {ImageArchive, ReadLayers} from '../../../host/archive/image/image-archive.js'
import type {ScannedLayer} from '../../../host/archive/image/scanned-layer.js'
import type {EngineAnswer} from '../../../report/image-report.js'
import {type LayerStack, stackLayers} from '../../../tree/image/layers/stack-layers.js'
import {findImages} from '../../../tree/image/manifest/find-images.js'
import type {FoundImage, FoundImages} from '../../../tree/image/manifest/found-image.js'
import {type Provenance, readProvenance} from '../../../tree/image/manifest/read-provenance.js'
import {type BuildRecord, findBuildRecord, readRecord, readRecordFor} from './build-record.js'
import {checkDigests} from './check-digests.js'
import {choosePlatform, type PlatformChoice} from './choose-platform.js'
import {explainImageError} from './explain-image-error.js'
import {type ImageSource, openSource} from './image-source.js'

/** An image read to the last entry. */
export interface LoadedImage {
  found: FoundImage
  layers: ScannedLayer[]
  stack: LayerStack
  /** Where its contents can be read again. */
  archive: ImageArchive
  /** Whether digests are compared, see `LoadedArchive.check`. */
  isVerified: boolean
  /** What the build attested of itself; null where the archive holds nothing of the kind. */
  provenance: Provenance | null
  /** Whether the engine's builder remembers that, instead of the archive. */
  isFromRecord?: boolean
}

/** The images of an archive, and what stays open. */
export interface LoadedArchive {
  images: LoadedImage[]
  absentPlatforms: string[]
  attestations: FoundImages['attestations']
  archive: ImageArchive
  /** Compares every digest, if that is wanted. @throws SlimCheckError for one that is another */
  check(): Promise<void>
  engine: EngineAnswer | null
}

export interface LoadOptions extends PlatformChoice {
  /** Compares digests and diff ids. */
  verify: boolean
  /** The record that the builder keeps of the build; undefined: it is looked for. */
  recordId?: string | undefined
  /** Default: true. */
  asksEngine?: boolean | undefined
}

/**
 * Reads the images of an archive; the caller closes it.
 * @throws SlimCheckError for what is no archive, and for one that contradicts itself
 */
export async function loadImages(source: ImageSource, options: LoadOptions): Promise<LoadedArchive> {
  const {verify, platform, recordId, asksEngine = true} = options
  const record = recordId === undefined ? null : readRecord(recordId)
  const wishes = {verifies: verify, keeps: SECRET_NAME_PATTERN}
  const {archive, engine} = await openSource(source, {...wishes, platform, asksEngine})
  try {
    const {images: found, absentPlatforms, attestations} = findImages(archive, verify)
    const chosen = choosePlatform(found, options, source.shown)
    const read = await archive.scan(
      chosen.flatMap(({layers}) => layers),
      wishes,
    )
    const attested = stackImages(archive, chosen, read.layers, verify).map((image) => ({
      ...image,
      provenance: findProvenance(archive, image.found, attestations),
    }))
    const images = source.kind === 'engine' ? await addRecords(attested, record) : attested
    const check = async () => {
      if (verify) await checkDigests(chosen, read).catch((error: unknown) => fail(error, source.shown))
    }
    return {images, absentPlatforms, attestations, archive, check, engine}
  } catch (error) {
    archive.close()
    return fail(error, source.shown)
  }
}

function fail(error: unknown, shown: string): never {
  throw explainImageError(error, shown)
}

function stackImages(
  archive: ImageArchive,
  images: readonly FoundImage[],
  scanned: ReadLayers['layers'],
  isVerified: boolean,
): Omit<LoadedImage, 'provenance'>[] {
  const seed = (Math.random() * 2 ** 32) | 0
  return images.map((found) => {
    const layers = found.layers.map(({path}) => scanned.get(path)!)
    const trees = layers.map(({tree}) => tree)
    return {found, layers, stack: stackLayers(trees, seed), archive, isVerified}
  })
}

/** Plain builds attest no lines, and a graph driver keeps no attestation: the builder remembers both. */
async function addRecords(
  images: readonly LoadedImage[],
  known: Promise<BuildRecord> | null,
): Promise<LoadedImage[]> {
  const withRecords: LoadedImage[] = []
  for (const image of images) {
    const hasLines = image.provenance?.lines.some((line) => line !== null) === true
    const provenance = hasLines ? null : await findRecord(image.found, known)
    withRecords.push(provenance === null ? image : {...image, provenance, isFromRecord: true})
  }
  return withRecords
}

async function findRecord(found: FoundImage, known: Promise<BuildRecord> | null): Promise<Provenance | null> {
  return known === null ? findBuildRecord(found) : readRecordFor(await known, found)
}

/** Attestations are a help: one that cannot be read is none. */
function findProvenance(
  archive: ImageArchive,
  {manifestDigest, layers}: FoundImage,
  attestations: FoundImages['attestations'],
): Provenance | null {
  const own = attestations.filter(({subject}) => subject === manifestDigest)
  for (const path of own.flatMap(({statements}) => statements)) {
    const provenance = readProvenance(readStatement(archive, path), layers)
    if (provenance !== null) return provenance
  }
  return null
}

function readStatement(archive: ImageArchive, path: string): unknown {
  try {
    return JSON.parse(Buffer.from(archive.read(path) ?? []).toString())
  } catch {
    return null
  }
}
