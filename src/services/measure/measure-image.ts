import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {inspectImage} from '../../host/docker/measured-images.js'
import type {ImageReport} from '../../report/image-report.js'
import type {MeasuredDeploy, MeasuredImage, MeasuredLayer} from '../../report/measure/measure-report.js'
import {analyzeRequest} from '../image/analyze-image.js'

/** Where the layers of an image get their lines from. */
export interface ImageOrigin {
  /** Absolute; null: nothing is known of it. */
  dockerfile: string | null
  /** The builder's record of the build that made it; null: it is looked for. */
  recordId: string | null
}

/** Looks at an image of the engine as the command `image` does. @throws SlimCheckError for one that is not there */
export async function measureImage(
  ref: string,
  platform: string | null,
  {dockerfile, recordId}: ImageOrigin,
): Promise<MeasuredImage> {
  const [analysis, inspected] = await Promise.all([
    analyzeRequest({
      source: `docker:${ref}`,
      verify: false,
      asksEngine: false,
      ...(dockerfile !== null && {dockerfile}),
      ...(recordId !== null && {recordId}),
      ...(platform !== null && {platform: toImagePlatform(platform)}),
    }),
    inspectImage(ref),
  ])
  const [image] = analysis.images
  if (image === undefined) throw new SlimCheckError('image-not-found', {source: ref})
  const {pullBytes, pullIsEstimate, unpackedBytes, fileBytes, hiddenBytes, fileCount} = image
  return {
    pullBytes,
    pullIsEstimate,
    unpackedBytes,
    fileBytes,
    hiddenBytes,
    fileCount,
    user: inspected?.user ?? 'root',
    layers: image.layers.map((layer) => describeLayer(layer, image)),
  }
}

/** `linux/arm64/v8` is `linux/arm64` in an image. */
function toImagePlatform(platform: string): string {
  return path.posix.normalize(platform).replace(/^(linux\/arm64)\/v8$/, '$1')
}

function describeLayer(
  {index, diffId, step, line, fileBytes, pullBytes}: ImageReport['layers'][number],
  {contents, findings}: ImageReport,
): MeasuredLayer {
  const [most] = contents.filter(({layer}) => layer === index)
  const holds = most === undefined ? null : {title: most.title, bytes: most.bytes}
  const finding = findings.find(({layers, fix}) => layers[0] === index && fix !== undefined)
  return {index, diffId, step: step || null, line, fileBytes, pullBytes, holds, remedy: finding?.fix ?? null}
}

/**
 * What a host pulls that has the image from before an edit. Which layers are new is asked of the engine; a new layer is
 * taken for as large as the one that it takes the place of.
 */
export async function measureDeploy(image: MeasuredImage, afterRef: string): Promise<MeasuredDeploy | null> {
  const after = await inspectImage(afterRef)
  if (after === null || after.diffIds.length !== image.layers.length) return null
  const known = new Set(image.layers.map(({diffId}) => diffId))
  const fresh = image.layers.filter(({index}) => !known.has(after.diffIds[index]!))
  const first = image.layers.find(({index, diffId}) => after.diffIds[index] !== diffId)
  const above = first === undefined ? [] : image.layers.filter(({index}) => index >= first.index)
  const sum = (layers: readonly MeasuredLayer[]): number =>
    layers.reduce((total, {pullBytes}) => total + pullBytes, 0)
  return {classicBytes: sum(above), containerdBytes: sum(fresh), firstLayer: first?.index ?? null}
}
