/** A file to write, or to take away with `after` null. */
export interface FileChange {
  path: string
  /** What the change was worked out from; null for no file. */
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
