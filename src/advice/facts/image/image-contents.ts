import {visitFiles} from '../../../tree/image/figures/image-figures.js'
import {createStackTree, type StackTree} from '../../../tree/image/figures/stack-tree.js'
import type {LayerStack} from '../../../tree/image/layers/stack-layers.js'
import {askNames} from '../../../tree/model/ask-names.js'
import {ROOT} from '../../../tree/model/file-tree.js'
import type {CatalogueEntry, ContentCheck} from '../../catalogue/catalogue-entry.js'
import {findImageKind, type ImageKind, mayBeImageKind} from '../../catalogue/image-kinds.js'
import {KnownEntries} from '../../catalogue/known-entries.js'

/** What one layer holds of one thing that the catalogue knows. */
export interface FoundKind {
  kind: ImageKind
  /** The path node of the directory or file that is known. */
  node: number
  layer: number
  bytes: number
  fileCount: number
  /** Bytes of it that the image shows in the end. */
  shownBytes: number
}

/** Reads a file of a path in the beginning; null where it cannot be read again. */
export type ReadBeginning = (file: number, maxBytes: number) => Uint8Array | null

/** Says what the layers hold by the catalogue's kinds, the largest first; secrets whatever lies around them. */
export function findContents(stack: LayerStack, read: ReadBeginning): FoundKind[] {
  const stackTree = createStackTree(stack)
  const known = new KnownEntries(stackTree.tree)
  const roots = findRoots(stackTree, known, new Roots(stack.paths.length))
  const secrets = findSecrets(stackTree, known)
  const found = new Map<number, FoundKind>()
  visitFiles(stack, (file, size, layer) => {
    const node = stack.nodeOf[file]!
    const secret = secrets.size === 0 ? undefined : secrets.get(node)
    const isSecret = secret?.some(({content}) => content === undefined || holds(file, content, read)) === true
    const root = isSecret ? {node, kind: asSecret(secret[0]!)} : roots.of(node)
    if (root === undefined) return
    const key = layer * stack.paths.length + root.node
    addFile(found, key, root, {layer, size, isShown: stack.linkCounts[file]! > 0})
  })
  return [...found.values()].sort((one, other) => other.bytes - one.bytes || one.layer - other.layer)
}

interface Root {
  node: number
  kind: ImageKind
}

/** The topmost known directory that each path lies in. */
class Roots {
  private readonly roots: Root[] = []
  /** By path node: one more than an index into `roots`; 0 for none. */
  private readonly numbers: Int32Array

  constructor(nodeCount: number) {
    this.numbers = new Int32Array(nodeCount)
  }

  of(node: number): Root | undefined {
    const number = this.numbers[node]!
    return number === 0 ? undefined : this.roots[number - 1]
  }

  inherit(node: number, from: number): void {
    this.numbers[node] = this.numbers[from]!
  }

  add(root: Root): void {
    this.numbers[root.node] = this.roots.push(root)
  }
}

function findRoots({tree, nodes}: StackTree, known: KnownEntries, roots: Roots): Roots {
  const mayBeKind = askNames(tree, mayBeImageKind)
  for (let index = 0; index < tree.length; index++) {
    const node = nodes[index]!
    const parent = tree.parentOf(index)
    if (parent !== ROOT) roots.inherit(node, nodes[parent]!)
    if (!tree.isDirectory(index)) continue
    const above = roots.of(node)
    // A cache directory of any kind says less than the cache of pip that lies in it.
    if (above !== undefined && above.kind.role !== 'other') continue
    const own = mayBeKind(index) ? findImageKind(tree.pathOf(index)) : undefined
    const kind = own ?? (above === undefined ? kindOfEntry(known.classify(index)) : undefined)
    if (kind !== undefined) roots.add({node, kind})
  }
  return roots
}

function kindOfEntry(entry: CatalogueEntry | undefined): ImageKind | undefined {
  return entry && asKind(entry)
}

const ROLES: Partial<Record<CatalogueEntry['disposition'], ImageKind['role']>> = {
  regenerated: 'packages',
  secret: 'secret',
}

function asKind({kind, title, disposition, rule}: CatalogueEntry): ImageKind {
  const isRepository =
    rule === 'git' || rule === 'mercurial' || rule === 'subversion' || kind.startsWith('git-history')
  const role = isRepository ? 'repository' : (ROLES[disposition] ?? 'other')
  return {kind, title, role}
}

function asSecret({kind, title}: CatalogueEntry): ImageKind {
  return {kind, title, role: 'secret'}
}

function findSecrets({nodes}: StackTree, known: KnownEntries): Map<number, readonly CatalogueEntry[]> {
  return new Map(known.suspects.map(({entry, candidates}) => [nodes[entry]!, candidates]))
}

function holds(file: number, {pattern, maxBytes}: ContentCheck, read: ReadBeginning): boolean {
  const beginning = read(file, maxBytes)
  return beginning !== null && pattern.test(Buffer.from(beginning).toString('latin1'))
}

/** @param key of the root in that layer */
function addFile(
  found: Map<number, FoundKind>,
  key: number,
  {node, kind}: Root,
  {layer, size, isShown}: {layer: number; size: number; isShown: boolean},
): void {
  const known = found.get(key) ?? {kind, node, layer, bytes: 0, fileCount: 0, shownBytes: 0}
  known.bytes += size
  known.fileCount++
  if (isShown) known.shownBytes += size
  found.set(key, known)
}
