import path from 'node:path'
import {
  linkTree,
  removeWorkDirectory,
  renameDirectory,
  replaceLinked,
  restoreLinked,
} from '../../host/files/link-tree.js'
import type {MeasurePlan} from './plan-measures.js'

/** Line ends that an edit adds at most: any more would show in the figures. */
const MAX_LINE_ENDS = 8192

/**
 * A copy of a context in which files may be changed. Its files are hard links: nothing is copied, and a changed one is
 * another file.
 */
export class ContextCopy {
  #directory: string | null = null
  #edited: string | null = null

  constructor(
    private readonly plan: MeasurePlan,
    private readonly parent: string,
  ) {}

  /**
   * Changes one file, and no other: line ends are added to it, as many as no build before has seen.
   * @param name of the directory: the builder finds by it what it has of the context
   * @returns the copy
   */
  edit(relative: string, name: string): string {
    const directory = this.#place(name)
    const {hostPath} = this.plan.build.context
    if (this.#edited !== null)
      restoreLinked(path.join(hostPath, this.#edited), path.join(directory, this.#edited))
    this.#edited = relative
    const ends = Buffer.alloc(1 + Math.floor(Math.random() * MAX_LINE_ENDS), '\n')
    replaceLinked(path.join(directory, relative), (content) => Buffer.concat([content, ends]))
    return directory
  }

  #place(name: string): string {
    const wanted = path.join(this.parent, name)
    if (this.#directory === null) this.#fill(wanted)
    else if (this.#directory !== wanted) renameDirectory(this.#directory, wanted)
    this.#directory = wanted
    return wanted
  }

  /** All that Docker may look at: what it sends of that is its own choice. */
  #fill(directory: string): void {
    const {context, plan} = this.plan.build
    const {tree, hostPath} = context
    const ignoreFile = plan.context.ignoreFile?.path
    const own = ignoreFile === undefined || ignoreFile.startsWith('../') ? [] : [ignoreFile]
    linkTree(hostPath, directory, listPaths(tree, own))
  }

  remove(): void {
    if (this.#directory !== null) removeWorkDirectory(this.#directory)
    this.#directory = null
  }
}

function* listPaths(
  tree: MeasurePlan['build']['context']['tree'],
  others: readonly string[],
): Generator<string> {
  for (let entry = 0; entry < tree.length; entry++) yield tree.pathOf(entry)
  for (const one of others) if (tree.find(one) < 0) yield one
}
