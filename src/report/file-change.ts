/** A file to write whole, or to remove with `after` null. */
export interface FileChange {
  /** As it is shown. */
  path: string
  /** What the change was computed from; null for no file. */
  before: Uint8Array | null
  after: Uint8Array | null
  isExecutable?: boolean
  /** A new file is for its owner alone. */
  isPrivate?: boolean
}

export interface HookPlan {
  changes: FileChange[]
  /** What the user should know, one line each. */
  notes: string[]
}

/** Keeps the changes that change something. */
export function dropIdleChanges(changes: readonly FileChange[]): FileChange[] {
  return changes.filter(({before, after}) =>
    before === null || after === null ? before !== after : !Buffer.from(before).equals(after),
  )
}
