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
  const roots = findRoots(stackTree, known)
  const secrets = findSecrets(stackTree, known)
  const found = new Map<string, FoundKind>()
  visitFiles(stack, (file, size, layer) => {
    const node = stack.nodeOf[file]!
    const secret = secrets.get(node)
    const isSecret = secret?.some(({content}) => content === undefined || holds(file, content, read)) === true
    const root = isSecret ? {node, kind: asSecret(secret[0]!)} : roots.get(node)
    if (root === undefined) return
    addFile(found, root, {layer, size, isShown: stack.linkCounts[file]! > 0})
  })
  return [...found.values()].sort((one, other) => other.bytes - one.bytes || one.layer - other.layer)
}

interface Root {
  node: number
  kind: ImageKind
}

/** By path node: the topmost known directory that it lies in. */
function findRoots({tree, nodes}: StackTree, known: KnownEntries): Map<number, Root> {
  const roots = new Map<number, Root>()
  const mayBeKind = askNames(tree, mayBeImageKind)
  for (let index = 0; index < tree.length; index++) {
    const parent = tree.parentOf(index)
    const above = parent === ROOT ? undefined : roots.get(nodes[parent]!)
    if (above !== undefined) roots.set(nodes[index]!, above)
    // A cache directory of any kind says less than the cache of pip that lies in it.
    if ((above !== undefined && above.kind.role !== 'other') || !tree.isDirectory(index)) continue
    const own = mayBeKind(index) ? findImageKind(tree.pathOf(index)) : undefined
    const kind = own ?? (above === undefined ? kindOfEntry(known.classify(index)) : undefined)
    if (kind !== undefined) roots.set(nodes[index]!, {node: nodes[index]!, kind})
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

function addFile(
  found: Map<string, FoundKind>,
  {node, kind}: Root,
  {layer, size, isShown}: {layer: number; size: number; isShown: boolean},
): void {
  const key = `${layer} ${node}`
  const known = found.get(key) ?? {kind, node, layer, bytes: 0, fileCount: 0, shownBytes: 0}
  known.bytes += size
  known.fileCount++
  if (isShown) known.shownBytes += size
  found.set(key, known)
}
