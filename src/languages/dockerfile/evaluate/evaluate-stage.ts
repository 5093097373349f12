import {resolvePath} from '../../text/clean-path.js'
import {quote} from '../../text/quote.js'
import {checkPort, isSignal} from '../syntax/check-values.js'
import type {Instruction} from '../syntax/instruction.js'
import {expandWords} from '../words/expand-word.js'
import {ENTRY_STEPS, failAt, type WordScope, type WorkBudget} from '../words/word-scope.js'
import {evaluateCopy} from './evaluate-copy.js'
import {evaluateRun} from './evaluate-run.js'
import type {EvaluatedInstruction, InstructionBase, OtherKeyword} from './evaluated-dockerfile.js'
import {parseDeclaration} from './global-arguments.js'
import {EMPTY_IMAGE, type ImageFacts} from './names/image-facts.js'
import type {StageNode, StageStep} from './stage-graph.js'
import {expandIn, type StepContext} from './step-context.js'
import type {StepNamer} from './step-name.js'
import {EMPTY_STATE, type StepState, setVariable} from './step-state.js'

/** What is the same for all stages. */
export interface StageInputs {
  buildArgs: ReadonlyMap<string, string>
  globals: ReadonlyMap<string, string>
  escapeCharacter: string
  budget: WorkBudget
  namer: StepNamer
  /** What is known of a base image; null: nothing. */
  findImage: (name: string) => ImageFacts | null
  isBuilt: (node: StageNode) => boolean
}

/** What a stage hands on to those made from it. */
export interface StageState {
  /** What its words are expanded with: ENV and ARG. */
  variables: ReadonlyMap<string, string>
  /** What its image sets: ENV. A child applies it once more, over the ARGs of this stage. */
  environment: ReadonlyMap<string, string>
  /** Null when the base image alone knows. */
  workdir: string | null
  /** What its steps find set. */
  step: StepState
}

export interface StageOutcome {
  instructions: EvaluatedInstruction[]
  state: StageState
}

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Two ARGs that only tell the builder what to scan: never variables of the build. */
const SCANNER_ARGUMENTS: readonly string[] = ['BUILDKIT_SBOM_SCAN_CONTEXT', 'BUILDKIT_SBOM_SCAN_STAGE']

/** Runs through a stage that is built; `parent` is the outcome of the stage it is made from, if any. */
export function evaluateStage(node: StageNode, parent: StageState | null, inputs: StageInputs): StageOutcome {
  return new StageEvaluator(node, parent, inputs).run()
}

/** The instructions that Docker shows as steps. */
const SHOWN: readonly string[] = ['ADD', 'COPY', 'RUN', 'WORKDIR']

/** Null where nothing is known, a named context among that. */
function findBaseImage({baseName, namedContext}: StageNode, {findImage}: StageInputs): ImageFacts | null {
  if (baseName === 'scratch') return EMPTY_IMAGE
  return namedContext === null ? findImage(baseName) : null
}

/** Joined as a RUN finds it: clean, below `?` when the start is not known. */
function joinDirectory(directory: string, path: string): string {
  if (!directory.startsWith('?')) return resolvePath(directory, path)
  return `?${resolvePath(directory.slice(1) || '/', path)}`
}

class StageEvaluator {
  readonly #variables: Map<string, string>
  readonly #environment: Map<string, string>
  #workdir: string | null
  #state: StepState

  constructor(
    private readonly node: StageNode,
    parent: StageState | null,
    private readonly inputs: StageInputs,
  ) {
    this.#variables = new Map(parent?.variables)
    const image = parent === null ? findBaseImage(node, inputs) : null
    this.#environment = new Map(parent?.environment ?? image?.env)
    this.#workdir = parent ? parent.workdir : (image?.workingDir ?? null)
    this.#state = parent?.step ?? {
      ...EMPTY_STATE,
      directory: image?.workingDir ?? '?',
      user: image?.user ?? null,
      shell: image?.shell ?? null,
    }
    const entryCount = this.#variables.size + this.#environment.size
    inputs.budget.spend(entryCount * ENTRY_STEPS, failAt(node.from.line))
    // An image's own PATH is unknown here; BuildKit sets this one where there is none.
    if (!this.#environment.has('PATH') && node.os !== 'windows') this.#environment.set('PATH', DEFAULT_PATH)
    for (const [name, value] of this.#environment) this.#set(name, value)
  }

  run(): StageOutcome {
    const instructions = this.node.steps.map((step) => this.#evaluate(step))
    const state = {
      variables: this.#variables,
      environment: this.#environment,
      workdir: this.#workdir,
      step: this.#state,
    }
    return {instructions, state}
  }

  #evaluate(step: StageStep): EvaluatedInstruction {
    const {instruction} = step
    const context = this.#makeContext(step)
    switch (instruction.keyword) {
      case 'ADD':
      case 'COPY':
        return evaluateCopy(context)
      case 'RUN':
        return evaluateRun(context)
      case 'WORKDIR':
        return this.#evaluateWorkdir(context)
      case 'ENV':
        return this.#evaluateEnv(context)
      default:
        this.#evaluateOther(context)
        return {...context.base, keyword: instruction.keyword as OtherKeyword, args: instruction.args}
    }
  }

  #makeContext(step: StageStep): StepContext {
    const {escapeCharacter, budget, namer, isBuilt} = this.inputs
    const fail = failAt(step.instruction.line)
    const scope: WordScope = {escapeCharacter, budget, fail, lookUp: (name) => this.#variables.get(name)}
    const base = {...describe(step, this.#workdir, escapeCharacter), state: this.#state}
    const isShown = SHOWN.includes(step.instruction.keyword)
    const name = isShown ? namer.name(step.instruction, step.isInherited, scope.lookUp) : ''
    return {step, scope, base, name, isBuilt}
  }

  #set(name: string, value: string): void {
    this.#variables.set(name, value)
    this.#state = setVariable(this.#state, name, value)
  }

  #evaluateWorkdir(context: StepContext): EvaluatedInstruction {
    const path = expandIn(context, context.step.instruction.args[0] ?? '')
    if (path.startsWith('/')) this.#workdir = resolvePath('/', path)
    else if (this.#workdir !== null) this.#workdir = resolvePath(this.#workdir, path)
    const directory = path.startsWith('/') ? path : joinDirectory(this.#state.directory, path)
    this.#state = {...this.#state, directory}
    const {base, name} = context
    return {...base, keyword: 'WORKDIR', name, path, workdir: this.#workdir, state: this.#state}
  }

  /** All pairs see the values from before the instruction. */
  #evaluateEnv(context: StepContext): EvaluatedInstruction {
    const pairs = context.step.instruction.args.map((arg): [string, string] => {
      const {name, initial} = parseDeclaration(arg)
      return [expandIn(context, name), expandIn(context, initial ?? '')]
    })
    for (const [name, value] of pairs) {
      this.#set(name, value)
      this.#environment.set(name, value)
    }
    return {...context.base, keyword: 'ENV', pairs}
  }

  /** Declares ARGs; expands the rest for the errors' sake alone. */
  #evaluateOther(context: StepContext): void {
    const {scope} = context
    const {keyword, args} = context.step.instruction
    if (keyword === 'ARG') for (const arg of args) this.#declare(arg, context)
    if (keyword === 'VOLUME') for (const arg of args) expandIn(context, arg)
    if (keyword === 'USER') this.#state = {...this.#state, user: expandIn(context, args[0] ?? '')}
    if (keyword === 'SHELL') this.#state = {...this.#state, shell: args}
    if (keyword === 'LABEL') {
      for (const arg of args) {
        const {name, initial} = parseDeclaration(arg)
        expandIn(context, name)
        expandIn(context, initial ?? '')
      }
    }
    if (keyword === 'EXPOSE') {
      for (const {word} of args.flatMap((arg) => expandWords(arg, scope))) checkPort(word, scope.fail)
    }
    if (keyword === 'STOPSIGNAL') {
      const signal = expandIn(context, args[0] ?? '')
      if (!isSignal(signal)) scope.fail(`unknown signal ${quote(signal)}`)
    }
  }

  /** A build argument beats the ARG's own value, which beats the global one; with none of them nothing changes. */
  #declare(declaration: string, context: StepContext): void {
    const {name, initial} = parseDeclaration(declaration)
    const given = this.inputs.buildArgs.get(name)
    const own = initial === null ? this.inputs.globals.get(name) : undefined
    const value = given ?? own ?? (initial === null ? undefined : expandIn(context, initial))
    if (value !== undefined && !SCANNER_ARGUMENTS.includes(name)) this.#set(name, value)
  }
}

function describe(
  {instruction, isInherited}: StageStep,
  workdir: string | null,
  escapeCharacter: string,
): Omit<InstructionBase, 'state'> {
  const {line, endLine} = instruction
  return {
    line,
    endLine,
    text: firstLine(instruction, escapeCharacter),
    isInherited,
    workdir,
    written: instruction,
  }
}

/** The first line of the source as messages show it: single spaces, no escape character at its end. */
export function firstLine({source}: Instruction, escapeCharacter: string): string {
  const lineFeed = source.indexOf('\n')
  const words = (lineFeed < 0 ? source : source.slice(0, lineFeed)).trim().split(/\s+/)
  if (lineFeed >= 0 && words.at(-1) === escapeCharacter) words.pop()
  return words.join(' ')
}
