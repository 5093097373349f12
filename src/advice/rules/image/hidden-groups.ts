import type {HiddenFile} from '../../../tree/image/figures/hidden-files.js'
import type {LayerStack} from '../../../tree/image/layers/stack-layers.js'
import type {ImageFacts} from '../../facts/image/image-facts.js'

/** Below that a finding is not worth the reading. */
export const MIN_BYTES = 100_000

/** Hidden files of one layer that one other layer hides. */
export interface HiddenGroup {
  layer: number
  hiddenBy: number
  bytes: number
  fileCount: number
  /** The path node of the deepest directory that holds them all, or of the one file. */
  node: number
}

/** Puts hidden files together by the layers that ship and hide them, the largest first. */
export function groupHidden(
  {hidden, storedAgain, stack}: ImageFacts,
  isWanted: (file: HiddenFile) => boolean,
): HiddenGroup[] {
  const groups = new Map<string, HiddenGroup>()
  for (const file of [...hidden, ...storedAgain]) {
    if (!isWanted(file)) continue
    const {layer, hiddenBy, bytes, node} = file
    const key = `${layer} ${hiddenBy}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, {layer, hiddenBy, bytes, fileCount: 1, node})
    else {
      known.bytes += bytes
      known.fileCount++
      known.node = sharedDirectory(stack, known.node, node)
    }
  }
  return [...groups.values()].sort((one, other) => other.bytes - one.bytes)
}

/** Nodes stand behind their directories: the larger one goes up. */
function sharedDirectory({paths}: LayerStack, one: number, other: number): number {
  let [a, b] = [one, other]
  while (a !== b) {
    if (a > b) a = paths.parentOf(a)
    else b = paths.parentOf(b)
  }
  return a
}
