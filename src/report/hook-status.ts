/** What the user asked for besides the kind. */
export interface HookOptions {
  /** As written, `50MB`. */
  maxTransfer?: string
  /** An exceeded budget stops the build. */
  stops?: boolean
  /** Where the script goes. */
  path?: string
}

/** Where it stands and with which options, or that it does not. */
export type HookStatus = (
  | {readonly isInstalled: true; readonly where: string; readonly options?: HookOptions}
  | {readonly isInstalled: false}
) & {
  /** What keeps it from working, or what is left of it. */
  readonly problem?: string
}
