import type {
  CopyInstruction,
  EnvInstruction,
  EvaluatedDockerfile,
  EvaluatedInstruction,
  EvaluatedStage,
  OtherInstruction,
  RunInstruction,
} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {scriptOf} from '../../languages/dockerfile/syntax/inner-text.js'
import type {Action} from '../../languages/scripts/action.js'
import {listActions} from '../../languages/scripts/list-actions.js'
import {readExec, readShell} from '../../languages/scripts/read-shell.js'
import type {ShellCommand} from '../../languages/scripts/shell-command.js'
import {isWithin, resolveContainerPath} from '../../languages/text/container-path.js'
import {MappedText} from '../../languages/text/mapped-text.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {type Placement, placeSource} from './placements.js'

/** An instruction as reasons point at it. */
export interface InstructionRef {
  /** `Dockerfile:9`. */
  place: string
  /** Its first line: `COPY . .`. */
  text: string
}

export type StageEvent =
  /** Paths of the context come in; those of a mount for the next event only. */
  | {kind: 'arrival'; where: InstructionRef; placements: readonly Placement[]; isMount: boolean}
  /** Paths of another stage, or of an image (null), come in. */
  | {
      kind: 'handover'
      where: InstructionRef
      stageIndex: number | null
      sources: readonly string[]
      destination: string
    }
  /** Commands run: while building, or when the container starts. */
  | {
      kind: 'run'
      where: InstructionRef
      commands: readonly ShellCommand[]
      actions: readonly Action[]
      isStart: boolean
    }
  | {kind: 'setting'; where: InstructionRef; values: readonly string[]; workdir: string}

/** What happens, in order, to an image that somebody reads: the stages it is made from come first. */
export interface Timeline {
  stageIndex: number
  /** What the first of its stages is made from. */
  imageName: string
  events: readonly StageEvent[]
}

/** Lays out every image that the build hands on: the target, and what a COPY or mount reads with `from`. */
export function createTimelines(file: string, evaluated: EvaluatedDockerfile, tree: FileTree): Timeline[] {
  const {stages} = evaluated
  return findOutcomes(stages).map((stage) => {
    const chain = findChain(stage, stages)
    const recorder = new Recorder(file, tree)
    for (const one of chain) for (const instruction of one.instructions) recorder.note(instruction)
    return {stageIndex: stage.index, imageName: chain[0]!.baseName, events: recorder.events}
  })
}

function findOutcomes(stages: readonly EvaluatedStage[]): EvaluatedStage[] {
  const read = new Set(stages.filter(({isTarget}) => isTarget).map(({index}) => index))
  for (const {instructions} of stages) {
    for (const instruction of instructions) for (const index of readStages(instruction)) read.add(index)
  }
  return stages.filter(({index, isReachable}) => isReachable && read.has(index))
}

function readStages(instruction: EvaluatedInstruction): number[] {
  const origins =
    instruction.keyword === 'RUN'
      ? instruction.mounts.map(({from}) => from)
      : instruction.keyword === 'COPY' || instruction.keyword === 'ADD'
        ? [instruction.from]
        : []
  return origins.flatMap((origin) => (origin?.kind === 'stage' ? [origin.stageIndex] : []))
}

function findChain(stage: EvaluatedStage, stages: readonly EvaluatedStage[]): EvaluatedStage[] {
  const chain = [stage]
  for (let base = stage.baseStageIndex; base !== null; base = chain[0]!.baseStageIndex)
    chain.unshift(stages[base]!)
  return chain
}

class Recorder {
  readonly events: StageEvent[] = []
  private readonly env = new Map<string, string>()
  /** Below `?` while only the base image knows. */
  private workdir = '?'

  constructor(
    private readonly file: string,
    private readonly tree: FileTree,
  ) {}

  note(instruction: EvaluatedInstruction): void {
    const where = {place: `${this.file}:${instruction.line}`, text: instruction.text}
    if (instruction.keyword === 'WORKDIR') {
      this.workdir = instruction.workdir ?? resolveContainerPath(this.workdir, instruction.path)
      return
    }
    if (instruction.workdir !== null) this.workdir = instruction.workdir
    switch (instruction.keyword) {
      case 'COPY':
      case 'ADD':
        this.noteCopy(instruction, where)
        break
      case 'RUN':
        this.noteRun(instruction, where)
        break
      case 'ENV':
        this.noteEnv(instruction, where)
        break
      default:
        this.noteOther(instruction, where)
    }
  }

  private noteEnv({pairs}: EnvInstruction, where: InstructionRef): void {
    for (const [name, value] of pairs) this.env.set(name, value)
    const values = pairs.flatMap(([, value]) => value.split(':'))
    this.events.push({kind: 'setting', where, values, workdir: this.workdir})
  }

  private noteCopy({from, sources, destination}: CopyInstruction, where: InstructionRef): void {
    const target = this.destinationOf(destination)
    if (from === null) {
      const local = sources.filter((source) => !/^(?:https?|git|ssh):\/\/|^git@/.test(source))
      const placements = local.flatMap((source) => {
        return placeSource(this.tree, cleanSource(source), target, sources.length === 1)
      })
      this.events.push({kind: 'arrival', where, placements, isMount: false})
      return
    }
    const stageIndex = from.kind === 'stage' ? from.stageIndex : null
    const paths = sources.map((source) => resolveContainerPath('/', source))
    this.events.push({kind: 'handover', where, stageIndex, sources: paths, destination: target})
  }

  /** Keeps a slash at the end: it tells a directory. */
  private destinationOf(destination: string): string {
    const path = resolveContainerPath(this.workdir, destination)
    return /(?:^|\/)\.{0,2}$/.test(destination) && !path.endsWith('/') ? `${path}/` : path
  }

  private noteRun(instruction: RunInstruction, where: InstructionRef): void {
    for (const {type, from, source, target} of instruction.mounts) {
      if (type !== 'bind' || from !== null) continue
      const destination = resolveContainerPath(this.workdir, target)
      const placements = placeSource(this.tree, cleanSource(source), destination, true)
      this.events.push({kind: 'arrival', where, placements, isMount: true})
    }
    this.noteCommands(this.readRun(instruction), where, false)
  }

  private readRun({written, isJson}: RunInstruction): ShellCommand[] {
    const start = {directory: this.workdir, env: new Map(this.env)}
    const script = scriptOf(written)
    if (!isJson) return readShell(script, start)
    const [, inner] = /^(?:\S*\/)?(?:ba|da|a|z)?sh -[a-z]*c (.*)$/s.exec(script.text) ?? []
    if (inner === undefined) return readExec(script.text.split(' '), start, script)
    return readShell(script.slice(script.text.length - inner.length), start)
  }

  private noteOther({keyword, args, written}: OtherInstruction, where: InstructionRef): void {
    if (keyword === 'ARG') {
      for (const name of args.map((arg) => arg.split('=', 1)[0]!)) {
        if (!this.env.has(name)) this.env.set(name, `$${name}`)
      }
    }
    if (keyword !== 'CMD' && keyword !== 'ENTRYPOINT' && keyword !== 'HEALTHCHECK') return
    const start = {directory: this.workdir, env: new Map(this.env)}
    const isCheck = keyword === 'HEALTHCHECK'
    const script = isCheck ? MappedText.standingFor(written.range, args.join(' ')) : scriptOf(written)
    this.noteCommands(
      args.length === 1 ? readShell(script, start) : readExec(args, start, script),
      where,
      true,
    )
  }

  private noteCommands(commands: readonly ShellCommand[], where: InstructionRef, isStart: boolean): void {
    this.events.push({kind: 'run', where, commands, actions: listActions(commands), isStart})
  }
}

function cleanSource(source: string): string {
  return resolveContainerPath('/', source.startsWith('/') ? source : `/${source}`).slice(1) || '.'
}

/** Tells whether a handover puts something at a path, and from where: null, it does not. */
export function traceHandover(
  event: Extract<StageEvent, {kind: 'handover'}>,
  path: string,
): {isExact: boolean; sources: string[]} | null {
  const target = resolveContainerPath('/', event.destination)
  if (!isWithin(path, target)) return null
  const rest = path.slice(target === '/' ? 0 : target.length)
  return {
    isExact: path === target,
    sources: event.sources.map((source) => resolveContainerPath('/', source + rest)),
  }
}
