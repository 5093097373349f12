/** What is shown without a command: the five answers, and what to do first. */
export interface OverviewReport {
  schemaVersion: 1
  /** As it was given. */
  context: string
  /** The names of the builds, in their order. */
  builds: string[]
  /** Always five, in this order: context, rebuild, dockerfile, image, compose. */
  parts: OverviewPart[]
  /** The most valuable first, ten at most. */
  actions: OverviewAction[]
}

export type OverviewPartName = 'context' | 'rebuild' | 'dockerfile' | 'image' | 'compose'

/** One of the five answers. */
export interface OverviewPart {
  part: OverviewPartName
  /** `absent`: there is nothing of the kind, or nobody named it. `failed`: it could not be looked at; the text says why. */
  status: 'known' | 'absent' | 'failed'
  /** One sentence with its figure, without a period. */
  text: string
  /** What could be saved; null: nothing that is known. */
  gain: string | null
  /** The arguments of the command that goes deeper. */
  command: string[]
}

/** Something to do. */
export interface OverviewAction {
  part: OverviewPartName
  /** `error`: a build or a start fails without it. */
  kind: 'error' | 'safe' | 'review'
  /** Imperative, no period. */
  title: string
  /** Null where it is not a matter of bytes. */
  savedBytes: number | null
  /** Steps of a build that an everyday edit does not run any more; null where it is not a matter of steps. */
  savedSteps: number | null
  /** The arguments of the command that does it, or shows it. */
  command: string[]
}
