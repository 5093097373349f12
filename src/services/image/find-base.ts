import type {BaseReport} from '../../report/image-report.js'
import {countShared} from '../../tree/image/figures/predict-deploy.js'
import {type ImageOutline, outlineOf} from './load/image-outline.js'
import type {LoadedImage} from './load/load-images.js'

/** Says where the base of an image ends: by the base if it is given, else by who wrote the history. */
export function findBase(image: LoadedImage, given: ImageOutline | null): BaseReport {
  if (given !== null) {
    return {layerCount: countShared(outlineOf(image), given), source: 'given', refs: given.refs}
  }
  const layerCount = guessCount(image)
  return {layerCount, source: layerCount === 0 ? 'none' : 'history', refs: []}
}

const BUILDKIT = /^buildkit\./

/** Nothing in a config says it: most bases were made by another builder, and none by the build that stands above. */
function guessCount({found: {config}}: LoadedImage): number {
  const history = config.history ?? []
  const first = history.findIndex(({comment}) => BUILDKIT.test(comment))
  if (first <= 0) return 0
  return history.slice(0, first).filter(({layer}) => layer !== null).length
}
