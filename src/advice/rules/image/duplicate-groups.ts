import type {LayerStack} from '../../../tree/image/layers/stack-layers.js'
import type {DuplicateFiles} from '../../facts/image/image-facts.js'

/** One content at several paths, or two directories in which several files are alike. */
export interface DuplicateGroup {
  /** Path nodes; of directories exactly two. */
  nodes: number[]
  /** Files that are there twice; 1 for paths of one content. */
  fileCount: number
  /** What the copies take. */
  bytes: number
  /** The path node of one file that is a copy. */
  copy: number
}

/** Puts files together that lie in two directories under the same paths; the largest first. */
export function groupDuplicates(duplicates: readonly DuplicateFiles[], stack: LayerStack): DuplicateGroup[] {
  const pairs = new Map<string, DuplicateGroup>()
  const keyOf = ({nodes}: DuplicateFiles, copy: number) => twinDirectories(stack, nodes[0]!, copy).join(' ')
  for (const files of duplicates) {
    for (const copy of files.nodes.slice(1)) {
      const key = keyOf(files, copy)
      const nodes = twinDirectories(stack, files.nodes[0]!, copy)
      const pair = pairs.get(key) ?? {nodes, fileCount: 0, bytes: 0, copy}
      pairs.set(key, {...pair, fileCount: pair.fileCount + 1, bytes: pair.bytes + files.bytes})
    }
  }
  const directories = [...pairs.values()].filter(({fileCount}) => fileCount > 1)
  const isInPair = (files: DuplicateFiles, copy: number) => pairs.get(keyOf(files, copy))!.fileCount > 1
  const single = duplicates.flatMap((files) => {
    const [first, ...copies] = files.nodes
    const others = copies.filter((copy) => !isInPair(files, copy))
    return others.length === 0
      ? []
      : [{nodes: [first!, ...others], fileCount: 1, bytes: files.bytes * others.length, copy: others[0]!}]
  })
  return [...directories, ...single].sort((one, other) => other.bytes - one.bytes)
}

/** The highest two directories below which both paths go on alike; the paths themselves where their names differ. */
function twinDirectories({paths}: LayerStack, one: number, other: number): [number, number] {
  let [a, b] = [one, other]
  while (a !== b && Buffer.compare(paths.nameOf(a), paths.nameOf(b)) === 0) {
    const [above, beside] = [paths.parentOf(a), paths.parentOf(b)]
    if (above === beside) break
    a = above
    b = beside
  }
  return [a, b]
}
