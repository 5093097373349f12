import type {
  CopyInstruction,
  EvaluatedInstruction,
  InlineFile,
  RunInstruction,
  WorkdirInstruction,
} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import type {Range} from '../../languages/text/range.js'

/** One build as steps: what each stands on, what it reads, and where that lands. */
export interface BuildGraph {
  /** Every stage, in order; only those that are built have steps. */
  stages: readonly GraphStage[]
  /** In the order in which Docker lists them: by stage, then by line. */
  steps: readonly Step[]
  target: GraphStage
}

export interface GraphStage {
  /** 0-based, as `COPY --from=0` counts. */
  index: number
  /** In lower case. */
  name: string | null
  /** 1-based, of its FROM. */
  line: number
  /** The first line of its FROM, with single spaces. */
  text: string
  /** Of its FROM. */
  range: Range
  /** `os/architecture[/variant]`. */
  platform: string
  isReachable: boolean
  isTarget: boolean
  /** The stage that its FROM names, which may have no step. */
  baseStage: GraphStage | null
  /** What its first step stands on. */
  base: State
  steps: readonly Step[]
  /** What it hands on: its last step, or its base. */
  end: State
  /** Those that are no steps too. */
  instructions: readonly EvaluatedInstruction[]
}

/** A file system at some point of a build. */
export type State =
  | {kind: 'step'; step: Step}
  | {kind: 'image'; image: string; platform: string}
  | {kind: 'named-context'; name: string}
  | {kind: 'scratch'}

export type StepInstruction = CopyInstruction | RunInstruction | WorkdirInstruction

/** An instruction that makes a layer: COPY, ADD, RUN, and WORKDIR but for `WORKDIR /`. */
export interface Step {
  /** Its place in `BuildGraph.steps`. */
  index: number
  stage: GraphStage
  /** 1-based; that of the FROM where an ONBUILD brings the step. */
  line: number
  /** As Docker prints it: `[build 2/4] COPY . .`. */
  text: string
  instruction: StepInstruction
  /** What it stands on. */
  base: State
  /** What it takes from elsewhere, one for each source and mount, in order. Arguments and environment: `instruction`. */
  reads: readonly Read[]
}

/** Something that a step takes. */
export interface Read {
  from: ReadOrigin
  /** In `from`, absolute and clean: `/` is all of it. May hold wildcards where `hasWildcards` says so. */
  path: string
  hasWildcards: boolean
  /** Patterns that keep entries below the path out, in order. */
  exclude: readonly string[]
  /** As it is written, expanded. */
  source: string
  /** The same unexpanded; empty for a mount without one. */
  written: string
  /** Where that stands in the Dockerfile: the argument, or the whole flag of a mount. Of a trigger, behind its ONBUILD. */
  range: Range
  /** A mount is there for its step only. A tmpfs mount asks for its source and reads nothing. */
  how: 'copy' | 'mount' | 'nothing'
  landing: Landing
}

export type ReadOrigin =
  /** The build context, or a named one. `replacedStage`: the index of the stage that a named one stands in for. */
  | {kind: 'context'; name: string | null; replacedStage: number | null}
  | {kind: 'stage'; stage: GraphStage}
  | {kind: 'image'; image: string; platform: string}
  /** A heredoc's file. */
  | {kind: 'inline'; file: InlineFile}
  /** A URL or a Git repository, which ADD fetches. */
  | {kind: 'remote'; kindOfRemote: 'http' | 'git'}

/** Where what is read appears in the step's file system. */
export interface Landing {
  /** A container path, absolute and clean, below `?` where only the base image knows the start. */
  path: string
  /** The destination is a directory for sure: it ends in a slash, or there are several sources. */
  isDirectory: boolean
}
