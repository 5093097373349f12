/** What the overview (no command) prints: five parts, and what to do first. */
export interface OverviewReport {
  schemaVersion: 1
  /** As given. */
  context: string
  /** Names of the builds, in the order in which they are built. */
  builds: string[]
  /** Always five, in this order: context, rebuild, dockerfile, image, compose. */
  parts: OverviewPart[]
  /** Most valuable first, at most ten. */
  actions: OverviewAction[]
}

export type OverviewPartName = 'context' | 'rebuild' | 'dockerfile' | 'image' | 'compose'

/** The summary of one command. */
export interface OverviewPart {
  part: OverviewPartName
  /** `absent`: the project has nothing of the kind, or no image was named. `failed`: `text` says why. */
  status: 'known' | 'absent' | 'failed'
  /** One sentence with a figure, without a period. */
  text: string
  /** What could be saved, in words; null if nothing is known. */
  gain: string | null
  /** Arguments of the command with the details. */
  command: string[]
}

/** One thing to do. */
export interface OverviewAction {
  part: OverviewPartName
  /** `error`: without it, a build or a start fails. */
  kind: 'error' | 'safe' | 'review'
  /** Imperative, no period. */
  title: string
  /** Null if it saves no bytes. */
  savedBytes: number | null
  /** How many fewer steps an everyday edit runs again; null if it saves no steps. */
  savedSteps: number | null
  /** Arguments of the command that does or shows it. */
  command: string[]
}
