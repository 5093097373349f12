import path from 'node:path'
import type {FileDigests} from '../../../build/cache/context-view.js'
import {SlimCheckError} from '../../../errors.js'
import {hashFiles} from '../../../host/digests/hash-files.js'
import type {FileTree} from '../../../tree/model/file-tree.js'

/** The digests of a directory's files, read when they are asked for. */
export class DirectoryDigests implements FileDigests {
  readonly #known = new Map<number, string>()

  /** @param hostPath of the directory that the tree was read from */
  constructor(
    private readonly tree: FileTree,
    private readonly hostPath: string,
  ) {}

  digestOf(entry: number): string | undefined {
    return this.#known.get(entry)
  }

  /** Reads files. @throws SlimCheckError `file-unreadable`: the build would fail there, too */
  async read(entries: readonly number[]): Promise<void> {
    const {tree, hostPath} = this
    const digests = await hashFiles(
      entries.map((entry) => {
        const inner = tree.pathBytesOf(entry)
        const bytes = Buffer.concat([Buffer.from(hostPath + path.sep), inner])
        return {hostPath: tree.isPathLossy(entry) ? bytes : bytes.toString()}
      }),
    )
    for (const [at, entry] of entries.entries()) {
      const digest = digests[at]
      if (!digest) {
        throw new SlimCheckError('file-unreadable', {
          path: tree.pathOf(entry),
          reason: 'it was there a moment ago',
        })
      }
      this.#known.set(entry, digest)
    }
  }
}
