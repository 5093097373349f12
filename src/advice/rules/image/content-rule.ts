import type {FoundKind} from '../../facts/image/image-contents.js'
import type {ImageFacts} from '../../facts/image/image-facts.js'
import type {ImageHit} from '../define-image-rule.js'
import {MIN_BYTES} from './hidden-groups.js'

/** Hits for what the image shows of some role, in layers that are not the base's. */
export function findShown(facts: ImageFacts, role: FoundKind['kind']['role']): ImageHit<FoundKind>[] {
  return facts.contents
    .filter(
      ({kind, layer, shownBytes}) =>
        kind.role === role && shownBytes >= MIN_BYTES && !facts.layers[layer]!.isBase,
    )
    .map((found) => ({data: found, bytes: found.shownBytes, layers: [found.layer]}))
}
