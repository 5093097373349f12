import type {Range} from '../../text/range.js'
import type {Heredoc} from '../syntax/heredoc.js'
import type {Instruction} from '../syntax/instruction.js'
import type {MountType} from '../syntax/run-mounts.js'
import type {StepState} from './step-state.js'

/** A Dockerfile as one build sees it: target chosen, variables expanded, stages resolved. */
export interface EvaluatedDockerfile {
  /** Every stage, in order; those that are not reachable have no instructions. */
  stages: readonly EvaluatedStage[]
  /** Docker names stages in the names of steps: there are several, or a `from` or a mount counts as one. */
  showsStageNames: boolean
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
  /** The first line of its FROM, with single spaces. */
  text: string
  /** Of its FROM. */
  range: Range
  /** `os/architecture[/variant]`: of its FROM, else of the build. */
  platform: string
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
  /** Comes from an ONBUILD of the base. */
  isInherited: boolean
  /** The directory in force, after it for WORKDIR; null when the base image alone knows. */
  workdir: string | null
  /** As it stands in the file, with the ranges of its parts; of a trigger what stands behind its ONBUILD. */
  written: Instruction
  /** What earlier instructions set; for WORKDIR itself, with its own directory. */
  state: StepState
}

/** What an instruction that Docker shows as a step has. */
interface NamedInstruction extends InstructionBase {
  /** As Docker prints it behind `[stage n/m]`: on one line, with the values of variables. */
  name: string
}

export interface CopyInstruction extends NamedInstruction {
  keyword: 'COPY' | 'ADD'
  /** Expanded, not cleaned; URLs of ADD too, heredocs not. */
  sources: readonly string[]
  /** Expanded. */
  destination: string
  from: Origin | null
  heredocs: readonly Heredoc[]
  /** The files that its heredocs make, variables expanded. */
  inlineFiles: readonly InlineFile[]
  flags: CopyFlags
}

/** The flags of COPY and ADD, expanded; empty where they are not given. */
export interface CopyFlags {
  chown: string
  chmod: string
  link: boolean
  parents: boolean
  /** In order. */
  exclude: readonly string[]
  checksum: string
  keepGitDir: boolean
  /** Null where not given: ADD unpacks local archives then, and no others. */
  unpack: boolean | null
}

/** A file whose text stands in the Dockerfile. */
export interface InlineFile {
  name: string
  content: string
}

export interface RunInstruction extends NamedInstruction {
  keyword: 'RUN'
  /** What the shell gets: continuations joined, heredocs appended; a JSON array joined with spaces. */
  script: string
  /** A JSON array: there is no shell. */
  isJson: boolean
  mounts: readonly EvaluatedMount[]
  /** The argument list: the shell, then the script as one word; a JSON array as it is. */
  command: readonly string[]
  /** A heredoc that begins with `#!`: the command runs it as a file. */
  scriptFile: InlineFile | null
  /** Null where not given. */
  network: 'default' | 'none' | 'host' | null
  security: 'insecure' | 'sandbox'
  devices: readonly string[]
}

export interface WorkdirInstruction extends NamedInstruction {
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
  /** As it is written; empty when not given. */
  writtenSource: string
  target: string
  id: string
  /** Default: true for a bind mount, false for a cache or a tmpfs. */
  isReadOnly: boolean
  /** Of a secret or an SSH agent: the step fails without it. */
  isRequired: boolean
  /** Of a cache; `shared` by default. */
  sharing: string
  /** Octal, without leading zeros; null where not given, and so for the two below. */
  mode: string | null
  uid: number | null
  gid: number | null
  /** Bytes of a tmpfs; null: no limit. */
  size: number | null
  /** The variable that a secret is put into; empty: a file. */
  env: string
}

/** What a `from` reads. */
export type Origin =
  | {kind: 'stage'; stageIndex: number}
  /** `replacedStage`: the stage that it stands in for, as it has its name. */
  | {kind: 'named-context'; namedContext: string; replacedStage: number | null}
  | {kind: 'image'; image: string}
