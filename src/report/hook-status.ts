/** Options of a hook. */
export interface HookOptions {
  /** As written: `50MB`. */
  maxTransfer?: string
  /** An exceeded budget stops the build. */
  stops?: boolean
  /** Path of the script. */
  path?: string
}

/** Whether a hook is installed: where, and with which options. */
export type HookStatus = (
  | {readonly isInstalled: true; readonly where: string; readonly options?: HookOptions}
  | {readonly isInstalled: false}
) & {
  /** Why it does not work, or what an incomplete removal left. */
  readonly problem?: string
}
