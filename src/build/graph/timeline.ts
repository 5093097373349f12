import type {
  CopyInstruction,
  EnvInstruction,
  EvaluatedInstruction,
  OtherInstruction,
  RunInstruction,
} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import type {StepState} from '../../languages/dockerfile/evaluate/step-state.js'
import {scriptOf} from '../../languages/dockerfile/syntax/inner-text.js'
import type {Action} from '../../languages/scripts/action.js'
import {listActions} from '../../languages/scripts/list-actions.js'
import {readExec, readShell} from '../../languages/scripts/read-shell.js'
import type {ShellCommand} from '../../languages/scripts/shell-command.js'
import {isWithin, resolveContainerPath} from '../../languages/text/container-path.js'
import {MappedText} from '../../languages/text/mapped-text.js'
import type {ServiceRun, ServiceStart} from '../../plan/service-run.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {BuildGraph, GraphStage, Read, StepInstruction} from './build-graph.js'
import {type Placement, placeRead} from './placements.js'
import {rootOf, stagesBehind} from './query-graph.js'

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

/** The steps of an image that is run or copied from, in order; the stages that it is built from come first. */
export interface Timeline {
  stageIndex: number
  /** It is the outcome of the build: only this one is ever started. */
  isTarget: boolean
  /** What the first of its stages is made from. */
  imageName: string
  events: readonly StageEvent[]
  /** Where its programs start: a container path, below `/?` while only the base image knows. */
  directory: string
  /** How the services run it that compose starts from it; only of the target. */
  services: readonly ServiceRun[]
}

/**
 * Lays out every image that the build hands on: the target, and what a COPY or mount reads with `from`.
 * @param services those that run the target
 */
export function createTimelines(
  file: string,
  graph: BuildGraph,
  tree: FileTree,
  services: readonly ServiceRun[] = [],
): Timeline[] {
  const reads = new Map(
    graph.steps.map((step): [EvaluatedInstruction, readonly Read[]] => [step.instruction, step.reads]),
  )
  const readsOf: ReadLookUp = (instruction) => reads.get(instruction) ?? []
  return findOutcomes(graph).map((stage) => {
    const recorder = new Recorder(file, tree, readsOf)
    for (const {instructions} of stagesBehind(stage)) {
      for (const instruction of instructions) recorder.note(instruction)
    }
    const {index: stageIndex, isTarget} = stage
    const run = isTarget ? services : []
    for (const {starts} of run) for (const start of starts) recorder.noteService(start)
    const imageName = nameOf(rootOf(stage.base))
    return {stageIndex, isTarget, imageName, ...recorder.outcome, services: run}
  })
}

function findOutcomes({stages, steps}: BuildGraph): GraphStage[] {
  const read = new Set(stages.filter(({isTarget}) => isTarget))
  for (const {from} of steps.flatMap(({reads}) => reads)) if (from.kind === 'stage') read.add(from.stage)
  return stages.filter((stage) => stage.isReachable && read.has(stage))
}

function nameOf(root: ReturnType<typeof rootOf>): string {
  if (root.kind === 'image') return root.image
  return root.kind === 'scratch' ? 'scratch' : root.name
}

type ReadLookUp = (instruction: StepInstruction) => readonly Read[]

class Recorder {
  private readonly events: StageEvent[] = []
  private readonly env = new Map<string, string>()
  /** The directory in force at the end. */
  private directory = '/?'

  constructor(
    private readonly file: string,
    private readonly tree: FileTree,
    private readonly readsOf: ReadLookUp,
  ) {}

  get outcome(): Pick<Timeline, 'events' | 'directory'> {
    return {events: this.events, directory: this.directory}
  }

  note(instruction: EvaluatedInstruction): void {
    const where = {place: `${this.file}:${instruction.line}`, text: instruction.text}
    this.directory = cleanDirectory(instruction.state)
    switch (instruction.keyword) {
      case 'WORKDIR':
        break
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

  private noteEnv({pairs, state}: EnvInstruction, where: InstructionRef): void {
    for (const [name, value] of pairs) this.env.set(name, value)
    const values = pairs.flatMap(([, value]) => value.split(':'))
    this.events.push({kind: 'setting', where, values, workdir: cleanDirectory(state)})
  }

  private noteCopy(instruction: CopyInstruction, where: InstructionRef): void {
    const reads = this.readsOf(instruction)
    const {from} = instruction
    if (from === null) {
      const placements = reads.filter(isOfMainContext).flatMap((read) => placeRead(this.tree, read))
      this.events.push({kind: 'arrival', where, placements, isMount: false})
      return
    }
    const stageIndex = from.kind === 'stage' ? from.stageIndex : null
    const sources = reads.filter((read) => read.from.kind !== 'inline').map(({path}) => path)
    const destination = reads[0]?.landing.path ?? ''
    this.events.push({kind: 'handover', where, stageIndex, sources, destination})
  }

  private noteRun(instruction: RunInstruction, where: InstructionRef): void {
    for (const read of this.readsOf(instruction).filter(isOfMainContext)) {
      if (read.how !== 'mount') continue
      this.events.push({kind: 'arrival', where, placements: placeRead(this.tree, read), isMount: true})
    }
    this.noteCommands(this.readRun(instruction), where, false)
  }

  private readRun({written, isJson, state}: RunInstruction): ShellCommand[] {
    const start = {directory: cleanDirectory(state), env: new Map(this.env)}
    const script = scriptOf(written)
    if (!isJson) return readShell(script, start)
    const [, inner] = /^(?:\S*\/)?(?:ba|da|a|z)?sh -[a-z]*c (.*)$/s.exec(script.text) ?? []
    if (inner === undefined) return readExec(script.text.split(' '), start, script)
    return readShell(script.slice(script.text.length - inner.length), start)
  }

  private noteOther({keyword, args, written, state}: OtherInstruction, where: InstructionRef): void {
    if (keyword === 'ARG') {
      for (const name of args.map((arg) => arg.split('=', 1)[0]!)) {
        if (!this.env.has(name)) this.env.set(name, `$${name}`)
      }
    }
    if (keyword !== 'CMD' && keyword !== 'ENTRYPOINT' && keyword !== 'HEALTHCHECK') return
    const words = keyword === 'HEALTHCHECK' ? args.slice(1) : args
    if (words.length === 0) return
    const start = {directory: cleanDirectory(state), env: new Map(this.env)}
    const isCheck = keyword === 'HEALTHCHECK'
    const script = isCheck ? MappedText.standingFor(written.range, words.join(' ')) : scriptOf(written)
    this.noteCommands(
      words.length === 1 ? readShell(script, start) : readExec(words, start, script),
      where,
      true,
    )
  }

  /** What a service starts in place of the image's own, or checks. */
  noteService({keyword, words, text = '', place}: ServiceStart): void {
    const start = {directory: this.directory, env: new Map(this.env)}
    const where = {place: `${place.file}:${place.line}`, text: `${keyword}: ${words?.join(' ') ?? text}`}
    const commands = words === undefined ? readShell(text, start) : readExec(words, start)
    if (commands.length > 0) this.noteCommands(commands, where, true)
  }

  private noteCommands(commands: readonly ShellCommand[], where: InstructionRef, isStart: boolean): void {
    this.events.push({kind: 'run', where, commands, actions: listActions(commands), isStart})
  }
}

function isOfMainContext({from}: Read): boolean {
  return from.kind === 'context' && from.name === null
}

/** The directory in force, below `?` while only the base image knows. */
function cleanDirectory({directory}: StepState): string {
  return resolveContainerPath('/', directory)
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
    sources: event.sources.flatMap((source) => {
      const place = resolveContainerPath('/', source)
      const own = `/${place.slice(place.lastIndexOf('/') + 1)}`
      // a file keeps its name, and nobody knows whether it is one
      const isOwn = rest === own && place !== '/'
      return [resolveContainerPath('/', source + rest), ...(isOwn ? [place] : [])]
    }),
  }
}
