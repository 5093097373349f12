import {type FileTree, ROOT} from '../model/file-tree.js'
import {assembleTree, type WalkedBatches} from './assemble-tree.js'
import type {WalkRecord} from './index/walk-index.js'
import type {ReadingTools, XattrReader} from './read-entry.js'
import type {Batch, DirectoryTask, PendingDirectory} from './walk-batch.js'
import type {WalkProgress} from './walk-progress.js'
import type {ThreadSetup, WalkThreads} from './walk-threads.js'

/** How a walk shares its work. */
export interface Crew {
  /** Starts threads that do this first; null where so many entries are not worth them. */
  startThreads(entryCount: number, refresh: ThreadSetup['refresh']): WalkThreads | null
  onProgress: WalkProgress | undefined
}

/**
 * What is known from an earlier walk of the same directory. Known entries that have not changed are copied and never
 * become a batch.
 */
export interface PreviousWalk {
  /** What directories and entries are read with, from now on. */
  readonly tools: ReadingTools
  /** The same for threads. */
  readonly threadSetup: Pick<ThreadSetup, 'index' | 'device'>
  /** Entries that were seen again, and the bytes of the files among them. */
  readonly seen: {entryCount: number; fileBytes: number}
  /** Looks at the known entries again; called once, before anything else. */
  refresh(crew: Crew): Promise<void>
  /** Returns the directories to read first; called once. */
  begin(): PendingDirectory[]
  /** Takes over what is known of a batch's directories. @returns those that have to be read all the same */
  takeOver(batch: Batch): PendingDirectory[]
  /** Puts the tree together when everything is read. */
  finish(): WalkedTree
}

/** The outcome of a walk. */
export interface WalkedTree {
  tree: FileTree
  /** For the next walk; null where none was asked for, nothing can be relied on, or little has changed. */
  record: WalkRecord | null
  /** Entries that the previous walk had not seen as they are. */
  changedCount: number
}

/** Knows nothing, and notes nothing for later. */
export class NoPreviousWalk implements PreviousWalk {
  readonly threadSetup = {index: null, device: null}
  readonly seen = {entryCount: 0, fileBytes: 0}
  readonly tools: ReadingTools

  constructor(
    private readonly root: DirectoryTask,
    private readonly batches: WalkedBatches,
    readXattrs: XattrReader | null,
  ) {
    this.tools = {readXattrs, known: null, device: null, takesStamps: false}
  }

  async refresh(): Promise<void> {}

  begin(): PendingDirectory[] {
    return [{task: this.root, batch: null, entry: ROOT}]
  }

  takeOver(): PendingDirectory[] {
    return []
  }

  finish(): WalkedTree {
    return {
      tree: assembleTree(this.batches, null, null),
      record: null,
      changedCount: this.batches.changedCount,
    }
  }
}
