/** A change of a file: `after` replaces it whole, null removes it. */
export interface FileChange {
  /** The path, as it is shown to the user. */
  path: string
  /** The content that the change was computed from; null if the file did not exist. */
  before: Uint8Array | null
  after: Uint8Array | null
  isExecutable?: boolean
  /** Only its owner may read a new file. */
  isPrivate?: boolean
}

export interface HookPlan {
  changes: FileChange[]
  /** One line each. */
  notes: string[]
}

/** Drops changes that leave a file as it is. */
export function dropIdleChanges(changes: readonly FileChange[]): FileChange[] {
  return changes.filter(({before, after}) =>
    before === null || after === null ? before !== after : !Buffer.from(before).equals(after),
  )
}
