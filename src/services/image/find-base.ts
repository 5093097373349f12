import type {BaseReport} from '../../report/image-report.js'
import {countShared} from '../../tree/image/figures/predict-deploy.js'
import {familiarName} from '../../tree/image/manifest/found-image.js'
import {outlineOf} from './load/image-outline.js'
import type {LoadedImage} from './load/load-images.js'
import type {ImageOutline} from './load/outline.js'

/** Says where the base of an image ends: by the base if it is given, by what the build attested, by who wrote the history. */
export function findBase(image: LoadedImage, given: ImageOutline | null): BaseReport {
  if (given !== null) {
    return {layerCount: countShared(outlineOf(image), given), source: 'given', refs: given.refs}
  }
  const name = image.provenance?.base ?? annotatedName(image)
  const refs = name === null ? [] : [familiarName(name)]
  const firstAttested = image.provenance?.lines.findIndex((line) => line !== null) ?? -1
  if (firstAttested !== -1) {
    return firstAttested === 0
      ? {layerCount: 0, source: 'none', refs: []}
      : {layerCount: firstAttested, source: 'provenance', refs}
  }
  const layerCount = guessCount(image)
  return {layerCount, source: layerCount === 0 ? 'none' : 'history', refs}
}

const BASE_NAME = 'org.opencontainers.image.base.name'

/** In the manifest's annotations; some builders write it as a label. */
function annotatedName({found: {annotations, config}}: LoadedImage): string | null {
  const name = annotations[BASE_NAME] ?? config.labels[BASE_NAME]
  return typeof name === 'string' && name !== '' ? name : null
}

const BUILDKIT = /^buildkit\./

/** Nothing in a config says it: most bases were made by another builder, and none by the build that stands above. */
function guessCount({found: {config}}: LoadedImage): number {
  const history = config.history ?? []
  const first = history.findIndex(({comment}) => BUILDKIT.test(comment))
  if (first <= 0) return 0
  return history.slice(0, first).filter(({layer}) => layer !== null).length
}
