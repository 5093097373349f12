import type {BuildGraph, Read, State, Step} from '../graph/build-graph.js'
import {applyStep} from './apply-step.js'
import type {NodeComparison} from './compare-nodes.js'
import {putNode} from './file-system.js'
import {
  type ContextNodes,
  type DirectoryNode,
  makeDirectory,
  makeUnknown,
  makeUnknownRoot,
  remember,
} from './nodes.js'
import {describeOperation, type Operation, type OperationInput, type OperationSettings} from './operation.js'
import {type SelectedNode, selectNodes} from './select-nodes.js'

/** One build and what it finds. */
export interface CacheBuild {
  graph: BuildGraph
  settings: OperationSettings
  /** The contexts by name, null for the main one; one that is no directory is absent. */
  contexts: ReadonlyMap<string | null, ContextNodes>
  /** What tells an image's layers; equal for equal layers. */
  layersOf: (image: string, platform: string) => string
  /** Whether `COPY --link` makes two steps, as the containerd image store and BuildKit in a container have it. */
  linksCopies: boolean
  /** Stages whose steps run even if cached (`--no-cache-filter`); true for all stages. */
  ignoresCache: (stageName: string | null) => boolean
}

/** A result in the builder's cache. */
export interface CacheRecord {
  /** Tells results apart, and is what the steps above see of it. */
  key: string
  operation: string
  /** The key of the state that the step stood on. */
  base: string
  inputs: readonly InputKeys[]
  fileSystem: () => DirectoryNode
  step: Step
}

/** What was read of one thing: it is the same if either is. */
interface InputKeys {
  /** The state that was read and the paths; null where only content can tell. */
  identity: string | null
  content: () => readonly SelectedNode[]
}

/** What became of one step. Steps that are one and the same share it. */
export interface SimulatedStep {
  record: CacheRecord
  operation: Operation
  /** The result was there already. */
  isHit: boolean
  /** It runs because the cache is turned off for it. */
  isForced: boolean
  /** The last of the steps that share this, by whose name Docker shows it. */
  named: Step
}

/** What is looked up in the cache, or made: a step, or one of the two that a linked copy is. */
interface StepPart {
  operation: Operation
  /** The key of what it stands on. */
  base: string
  inputs: readonly InputKeys[]
  /** Makes what it stands on; of a link, what it leaves. */
  apply: () => DirectoryNode
  isLink?: boolean
}

/** Goes through the steps that a build's target needs, and finds each one's result in a cache or makes it. */
export class BuildSimulation {
  /** By step; those that the target does not need are absent. Of a linked copy it is the link. */
  readonly steps = new Map<Step, SimulatedStep>()
  /** By step: the copy of one that is made of two, a copy onto nothing and a link of it. */
  readonly copies = new Map<Step, SimulatedStep>()
  readonly records: CacheRecord[] = []
  readonly #byDefinition = new Map<string, SimulatedStep>()
  readonly #byOperation = new Map<string, CacheRecord[]>()
  readonly #operations = new Map<Step, Operation>()
  /** Short names for definitions: each holds those of what it stands on. */
  readonly #definitionIds = new Map<string, string>()

  /**
   * @param cache what earlier builds left
   * @param prefix begins the keys of new results: builds must not share it
   */
  constructor(
    private readonly build: CacheBuild,
    private readonly comparison: NodeComparison,
    private readonly prefix: string,
    cache: readonly CacheRecord[] = [],
  ) {
    for (const record of cache) this.#remember(record)
  }

  run(): this {
    const forced = this.#findForced()
    for (const step of listNeeded(this.build.graph)) {
      const isForced = forced.has(this.#describe(step).definition)
      if (this.isLinked(step)) this.copies.set(step, this.#simulateOnce(step, this.#copyOf(step), isForced))
      this.steps.set(step, this.#simulateOnce(step, this.#partOf(step), isForced))
    }
    return this
  }

  /** Whether a step is shown as two; onto nothing there is nothing to link to. */
  isLinked({instruction, base}: Step): boolean {
    if (!this.build.linksCopies || base.kind === 'scratch') return false
    return (
      (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') &&
      instruction.flags.link &&
      instruction.flags.chmod === ''
    )
  }

  /** The whole of a step, or the link of a linked copy. */
  #partOf(step: Step): StepPart {
    const operation = this.#describe(step)
    const base = this.keyOf(step.base)
    if (!this.isLinked(step)) {
      const inputs = operation.inputs.map((input) => this.#readInput(input))
      return {operation, base, inputs, apply: () => this.fileSystemOf(step.base)}
    }
    const copy = this.copies.get(step)!.record
    const linked = {...operation, key: `LINK ${copy.key}`}
    const apply = () => putNode(this.fileSystemOf(step.base), '/', copy.fileSystem())
    return {operation: linked, base, inputs: [], apply, isLink: true}
  }

  /** The copy of a linked copy: it does not see what the step stands on. */
  #copyOf(step: Step): StepPart {
    const operation = this.#describeAlone(step)
    const inputs = operation.inputs.map((input) => this.#readInput(input))
    return {operation, base: 'scratch', inputs, apply: () => EMPTY_ROOT}
  }

  /** A step that is one with another is made once. */
  #simulateOnce(step: Step, part: StepPart, isForced: boolean): SimulatedStep {
    const {definition} = part.operation
    const known = this.#byDefinition.get(definition)
    if (known) known.named = step
    const simulated = known ?? this.#simulate(step, part, isForced)
    this.#byDefinition.set(definition, simulated)
    return simulated
  }

  /** A step that is shared runs if it must for one of the stages that share it. */
  #findForced(): ReadonlySet<string> {
    const forced = new Set<string>()
    for (const step of listNeeded(this.build.graph)) {
      const {keyword} = step.instruction
      if (keyword !== 'WORKDIR' && this.build.ignoresCache(step.stage.name))
        forced.add(this.#describe(step).definition)
    }
    return forced
  }

  #describe(step: Step): Operation {
    const known = this.#operations.get(step)
    if (known) return known
    const operation = this.isLinked(step)
      ? this.#shorten({
          key: 'LINK',
          definition: JSON.stringify(['LINK', this.#idOf(step.base), this.#describeAlone(step).definition]),
          inputs: [],
        })
      : this.#describeOn(step, this.#idOf(step.base))
    this.#operations.set(step, operation)
    return operation
  }

  #describeAlone(step: Step): Operation {
    return this.#describeOn(step, null)
  }

  #describeOn(step: Step, baseId: string | null): Operation {
    const {settings} = this.build
    return this.#shorten(describeOperation(step, baseId, (read) => this.#idOfRead(read), settings))
  }

  #shorten(described: Operation): Operation {
    const definition = this.#definitionIds.get(described.definition) ?? `step ${this.#definitionIds.size}`
    this.#definitionIds.set(described.definition, definition)
    return {...described, definition}
  }

  #simulate(
    step: Step,
    {operation, base, inputs, apply, isLink}: StepPart,
    isForced: boolean,
  ): SimulatedStep {
    const key = `${base}\n${operation.key}`
    const found = isForced
      ? undefined
      : this.#byOperation.get(key)?.find((record) => this.#hasSame(record, inputs))
    if (found)
      return {record: found, operation, isHit: !found.key.startsWith(this.prefix), isForced, named: step}
    const record: CacheRecord = {
      key: `${this.prefix}${this.records.length}`,
      operation: operation.key,
      base,
      inputs,
      step,
      fileSystem: remember(() => (isLink ? apply() : this.#makeFileSystem(step, record.key, apply()))),
    }
    this.records.push(record)
    this.#remember(record)
    return {record, operation, isHit: false, isForced, named: step}
  }

  #remember(record: CacheRecord): void {
    const key = `${record.base}\n${record.operation}`
    const same = this.#byOperation.get(key)
    if (same) same.push(record)
    else this.#byOperation.set(key, [record])
  }

  #hasSame(record: CacheRecord, inputs: readonly InputKeys[]): boolean {
    return inputs.every((input, at) => {
      const other = record.inputs[at]
      if (other === undefined) return false
      if (input.identity !== null && input.identity === other.identity) return true
      return this.comparison.areSame(other.content(), input.content())
    })
  }

  #readInput({read, selectors}: OperationInput): InputKeys {
    const {from} = read
    const identity =
      from.kind === 'context' && this.build.contexts.has(from.name) ? null : this.#keyOfRead(read)
    const content = remember(() => {
      const root = this.#rootOf(read)
      return selectors.flatMap((selector) => selectNodes(root, selector))
    })
    return {identity: identity && JSON.stringify([identity, selectors]), content}
  }

  /** What a step leaves: known as far as copies made it, unknown behind a RUN. */
  #makeFileSystem(step: Step, key: string, below: DirectoryNode): DirectoryNode {
    if (step.instruction.keyword === 'RUN') return makeUnknownRoot(key)
    return applyStep(step, below, (read) => this.#rootOf(read))
  }

  /** Tells what a step stands on apart within the build. */
  #idOf(state: State): string | null {
    switch (state.kind) {
      case 'scratch':
        return null
      case 'image':
        return `image ${state.image} ${state.platform}`
      case 'named-context':
        return `context ${state.name}`
      case 'step':
        return this.#describe(state.step).definition
    }
  }

  #idOfRead({from, source}: Read): string {
    switch (from.kind) {
      case 'context':
        return from.name === null ? 'context' : `context ${from.name}`
      case 'stage':
        return this.#idOf(from.stage.end) ?? 'scratch'
      case 'image':
        return this.#idOf(from) ?? ''
      case 'inline':
        return JSON.stringify(['inline', from.file])
      case 'remote':
        return `remote ${source}`
    }
  }

  /** What the cache knows a state by. */
  keyOf(state: State): string {
    switch (state.kind) {
      case 'scratch':
        return 'scratch'
      case 'image':
        return `image ${this.build.layersOf(state.image, state.platform)}`
      case 'named-context':
        // A directory that replaces a stage is new in each build; its contents are not compared.
        return `context ${state.name}${this.build.contexts.has(state.name) ? ` ${this.prefix}` : ''}`
      case 'step':
        return this.steps.get(state.step)?.record.key ?? ''
    }
  }

  #keyOfRead(read: Read): string {
    const {from} = read
    if (from.kind === 'stage') return this.keyOf(from.stage.end)
    return from.kind === 'image' ? this.keyOf(from) : this.#idOfRead(read)
  }

  fileSystemOf(state: State): DirectoryNode {
    if (state.kind === 'scratch') return EMPTY_ROOT
    const sent = state.kind === 'named-context' ? this.build.contexts.get(state.name) : undefined
    if (sent) return sent.root
    const made = state.kind === 'step' ? this.steps.get(state.step)?.record.fileSystem() : undefined
    return made ?? makeUnknownRoot(this.keyOf(state))
  }

  #rootOf(read: Read): DirectoryNode {
    const {from, source} = read
    switch (from.kind) {
      case 'context':
        return this.build.contexts.get(from.name)?.root ?? makeUnknownRoot(this.#idOfRead(read))
      case 'stage':
        return this.fileSystemOf(from.stage.end)
      case 'image':
        return this.fileSystemOf(from)
      case 'inline': {
        const {name, content} = from.file
        const file = {
          kind: 'file' as const,
          content: {kind: 'text' as const, text: content},
          mode: '420',
          owner: '0:0',
        }
        return {...EMPTY_ROOT, entries: () => new Map([[name, file]])}
      }
      case 'remote':
        return {...EMPTY_ROOT, unknown: [makeUnknown(`remote ${source}`, '/')]}
    }
  }
}

const EMPTY_ROOT = makeDirectory('', '0:0')

/**
 * The steps that the target needs, each behind all that it stands on and reads, as BuildKit lists them: first what it
 * stands on, then what it reads. Without recursion: a chain of steps may be long.
 */
function listNeeded({target}: BuildGraph): Step[] {
  const listed: Step[] = []
  const seen = new Set<Step>()
  const pending: {step: Step; isOpen: boolean}[] = []
  const push = (state: State): void => {
    if (state.kind === 'step' && !seen.has(state.step)) pending.push({step: state.step, isOpen: false})
  }
  push(target.end)
  for (let top = pending.pop(); top !== undefined; top = pending.pop()) {
    const {step, isOpen} = top
    if (isOpen) listed.push(step)
    if (isOpen || seen.has(step)) continue
    seen.add(step)
    pending.push({step, isOpen: true})
    for (const {from, how} of step.reads.toReversed()) {
      if (from.kind === 'stage' && how !== 'nothing') push(from.stage.end)
    }
    push(step.base)
  }
  return listed
}
