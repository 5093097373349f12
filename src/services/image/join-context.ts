import {createHash} from 'node:crypto'
import path from 'node:path'
import {hashFile} from '../../host/archive/hash-file.js'
import {openContext} from '../../host/files/open-context.js'
import type {ContextFiles} from '../../report/image-report.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {walkContext} from '../../tree/walk/walk.js'
import {fileOfStack, readContent} from './compare-contents.js'
import type {LoadedImage} from './load/load-images.js'

/** So many paths of a layer are named. */
const MAX_PATHS = 100
const DIGEST_DIGITS = 32
const PIECE_BYTES = 1024 * 1024

/** The files of a build context by size and name. */
export interface ContextIndex {
  hostPath: string
  tree: FileTree
  bySizeAndName: ReadonlyMap<string, number[]>
}

/** Lists a context's files. @throws SlimCheckError for one that cannot be read */
export async function indexContext(contextDir: string): Promise<ContextIndex> {
  const hostPath = openContext(contextDir, process.cwd())
  const {tree} = await walkContext(hostPath)
  const bySizeAndName = new Map<string, number[]>()
  for (let index = 0; index < tree.length; index++) {
    if (!tree.isFile(index) || tree.sizeOf(index) === 0) continue
    const key = keyOf(tree.sizeOf(index), tree.nameOf(index))
    const known = bySizeAndName.get(key)
    if (known === undefined) bySizeAndName.set(key, [index])
    else known.push(index)
  }
  return {hostPath, tree, bySizeAndName}
}

/** Says which files of the context a layer holds: of the same name, with the same bytes. */
export class ContextJoin {
  private readonly digests = new Map<number, string | null>()

  constructor(
    private readonly image: LoadedImage,
    private readonly context: ContextIndex,
  ) {}

  find(layer: number): ContextFiles {
    const {stack} = this.image
    const {files} = stack.layers[layer]!
    const found: ContextFiles = {fileCount: 0, fileBytes: 0, paths: []}
    for (let file = 0; file < files.length; file++) {
      const match = this.match(stack.firstFiles[layer]! + file, files.sizes[file]!)
      if (match === null) continue
      found.fileCount++
      found.fileBytes += files.sizes[file]!
      if (found.paths.length < MAX_PATHS) found.paths.push(match)
    }
    return found
  }

  private match(file: number, size: number): string | null {
    const place = this.image.stack.paths.pathOf(this.image.stack.nodeOf[file]!).toString()
    const candidates = this.context.bySizeAndName.get(keyOf(size, path.posix.basename(place))) ?? []
    if (candidates.length === 0) return null
    const digest = this.digestInLayer(file, size)
    const same = candidates.filter((index) => digest !== null && this.digestInContext(index) === digest)
    const paths = same.map((index) => this.context.tree.pathOf(index))
    return paths.sort((one, other) => sharedEnd(other, place) - sharedEnd(one, place))[0] ?? null
  }

  private digestInContext(index: number): string | null {
    const known = this.digests.get(index)
    if (known !== undefined) return known
    const {hostPath, tree} = this.context
    const hash = hashFile(path.join(hostPath, tree.pathOf(index)))
    const digest = hash && Buffer.from(hash).toString('hex').slice(0, DIGEST_DIGITS)
    this.digests.set(index, digest)
    return digest
  }

  private digestInLayer(file: number, size: number): string | null {
    const place = fileOfStack(this.image, file)
    const known = this.image.stack.layers[place.layer]!.files.digestOf(place.file)
    if (known !== null) return known
    const hash = createHash('sha256')
    for (let at = 0; at < size; at += PIECE_BYTES) {
      const piece = readContent(place, at, Math.min(PIECE_BYTES, size - at))
      if (piece === null) return null
      hash.update(piece)
    }
    return hash.digest('hex').slice(0, DIGEST_DIGITS)
  }
}

function keyOf(size: number, name: string): string {
  return `${size} ${name}`
}

/** How many names two paths share at their ends. */
function sharedEnd(one: string, other: string): number {
  const [a, b] = [one.split('/').reverse(), other.split('/').reverse()]
  let count = 0
  while (count < a.length && a[count] === b[count]) count++
  return count
}
