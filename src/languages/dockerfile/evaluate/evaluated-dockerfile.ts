import type {Heredoc} from '../syntax/heredoc.js'
import type {MountType} from '../syntax/run-mounts.js'

/** A Dockerfile as one build sees it: target chosen, variables expanded, stages resolved. */
export interface EvaluatedDockerfile {
  /** Every stage, in order; those that are not reachable have no instructions. */
  stages: readonly EvaluatedStage[]
  /** Everything that is asked of the contexts, in source order. */
  requests: readonly ContextRequest[]
  /** The contexts that are sent at all, null for the main one: some requests only widen a transfer. */
  usedContexts: ReadonlySet<string | null>
}

export interface EvaluatedStage {
  /** 0-based, as `COPY --from=0` counts. */
  index: number
  /** In lower case. */
  name: string | null
  /** What FROM names, expanded. */
  baseName: string
  baseStageIndex: number | null
  /** The named context that FROM reads, or that stands in for this stage because it has its name. */
  baseNamedContext: string | null
  /** 1-based, of its FROM. */
  line: number
  /** The target is made from it, directly or not. */
  isReachable: boolean
  /** The stage whose image is the outcome. */
  isTarget: boolean
  /** The triggers inherited from an ONBUILD first. Empty for a stage that is not built. */
  instructions: readonly EvaluatedInstruction[]
}

export type EvaluatedInstruction =
  | CopyInstruction
  | RunInstruction
  | WorkdirInstruction
  | EnvInstruction
  | OtherInstruction

/** What every instruction has. */
export interface InstructionBase {
  /** 1-based; for an inherited trigger, of its ONBUILD. */
  line: number
  endLine: number
  /** The first line of the source with single spaces, such as `COPY . .`. */
  text: string
  /** Comes from an ONBUILD of the base stage. */
  isInherited: boolean
  /** The directory in force, after it for WORKDIR; null when the base image alone knows. */
  workdir: string | null
}

export interface CopyInstruction extends InstructionBase {
  keyword: 'COPY' | 'ADD'
  /** Expanded, not cleaned; URLs of ADD too, heredocs not. */
  sources: readonly string[]
  /** Expanded. */
  destination: string
  from: Origin | null
  heredocs: readonly Heredoc[]
}

export interface RunInstruction extends InstructionBase {
  keyword: 'RUN'
  /** What the shell gets: continuations joined, heredocs appended; a JSON array joined with spaces. */
  script: string
  /** A JSON array: there is no shell. */
  isJson: boolean
  mounts: readonly EvaluatedMount[]
}

interface WorkdirInstruction extends InstructionBase {
  keyword: 'WORKDIR'
  /** Expanded. */
  path: string
}

export interface EnvInstruction extends InstructionBase {
  keyword: 'ENV'
  /** Expanded, in order. */
  pairs: readonly (readonly [name: string, value: string])[]
}

export interface OtherInstruction extends InstructionBase {
  keyword: OtherKeyword
  /** As written. */
  args: readonly string[]
}

export type OtherKeyword =
  | 'ARG'
  | 'CMD'
  | 'ENTRYPOINT'
  | 'EXPOSE'
  | 'HEALTHCHECK'
  | 'LABEL'
  | 'MAINTAINER'
  | 'ONBUILD'
  | 'SHELL'
  | 'STOPSIGNAL'
  | 'USER'
  | 'VOLUME'

export interface EvaluatedMount {
  type: MountType
  from: Origin | null
  /** Expanded; empty when not given. */
  source: string
  target: string
  id: string
}

/** What a `from` reads. */
export type Origin =
  | {kind: 'stage'; stageIndex: number}
  | {kind: 'named-context'; namedContext: string}
  | {kind: 'image'; image: string}

/** One path that the builder asks a context for. */
export interface ContextRequest {
  /** Null for the main context. */
  context: string | null
  /** The pattern as it is asked for: cleaned, relative to the context; `.` for everything. */
  path: string
  isRoot: boolean
  keyword: 'COPY' | 'ADD' | 'RUN' | 'FROM'
  /** 1-based. */
  line: number
  /** The first line of the instruction, with single spaces. */
  text: string
  stageIndex: number
  /** As written, unexpanded; empty for a mount without one and for FROM. */
  source: string
  /** Set when the text does not show what is asked for. */
  isImplicit?: true
  implicitReason?: ImplicitReason
}

/**
 * `empty-expansion`: the source expands to the root, as an unset variable does.
 * `tmpfs-mount`: the mount asks for its source although it reads nothing.
 * `git-remote`: a remote of ADD that is asked for like a path, and matches nothing.
 */
export type ImplicitReason = 'empty-expansion' | 'tmpfs-mount' | 'git-remote'
