import {TargetNotFoundError} from '../../../errors.js'
import {quote} from '../../text/quote.js'
import {suggest} from '../../text/suggest.js'
import {flagValue, type Instruction} from '../syntax/instruction.js'
import {mountOrigins} from '../syntax/run-mounts.js'
import {expandWord} from '../words/expand-word.js'
import {type Fail, failAt, type WorkBudget} from '../words/word-scope.js'
import type {StageSource} from './group-stages.js'
import {shortImageName} from './names/image-name.js'
import {formatPlatform, type Platform, parsePlatform} from './names/platform.js'

/** What the stages are resolved with. */
export interface GraphInputs {
  globals: ReadonlyMap<string, string>
  targetPlatform: Platform
  escapeCharacter: string
  budget: WorkBudget
  /** Short name to the name as given. */
  namedContexts: ReadonlyMap<string, string>
}

/** A stage, or an image or named context that some `from` reads. */
export interface StageNode {
  /** Its place among all nodes: what a number in `--from` means. */
  index: number
  /** In lower case; empty when it has none. */
  name: string
  baseName: string
  base: StageNode | null
  /** The node that the chain of bases starts with. */
  root: StageNode
  /** The named context that this root is read from. */
  namedContext: string | null
  /** A named context stands in for the stage: its instructions do not run. */
  isReplaced: boolean
  /** Made for a `from`, not by a FROM. */
  isAnonymous: boolean
  os: string
  /** `os/architecture[/variant]`. */
  platform: string
  from: Instruction
  steps: StageStep[]
  /** Each node that a step reads, with the line of that step. */
  dependencies: Map<StageNode, number>
  hasTriggers: boolean
}

/** An instruction of a stage and the nodes that it reads, one for each `from`. */
export interface StageStep {
  instruction: Instruction
  isInherited: boolean
  /** For COPY its `--from`, if any; for RUN one for each mount, null without `from`. */
  origins: readonly (StageNode | null)[]
}

const MAX_LISTED_STAGES = 10

/** The stages of a Dockerfile and what they read; imitates how BuildKit resolves names, test/dockerfile shows it. */
export class StageGraph {
  /** The stages in order, then the anonymous nodes. */
  readonly nodes: StageNode[] = []
  readonly #byName = new Map<string, StageNode>()

  constructor(
    sources: readonly StageSource[],
    private readonly inputs: GraphInputs,
  ) {
    for (const source of sources) this.#addStage(source)
    for (const [index, source] of sources.entries()) {
      const node = this.nodes[index]!
      node.steps.push(...source.instructions.map((instruction) => this.addStep(node, instruction, false)))
    }
  }

  /** Finds the stage to build, the last one when no name is given. A number is no name here. */
  findTarget(name: string | undefined, stageCount: number): StageNode {
    const last = this.nodes[stageCount - 1]!
    if (name === undefined || name === '') return last
    const found = this.#byName.get(name.toLowerCase())
    if (found) return found
    throw new TargetNotFoundError(
      `there is no stage ${quote(name)} to build${this.#hintAt(name)}`,
      last.from.line,
    )
  }

  /** The nearest name, or else those that there are. */
  #hintAt(name: string): string {
    const known = [...this.#byName.keys()]
    const near = suggest(name.toLowerCase(), known)
    if (near !== '') return near
    if (known.length === 0) return ' (no stage of this file has a name)'
    const shown = known.slice(0, MAX_LISTED_STAGES).join(', ')
    return known.length > MAX_LISTED_STAGES ? ` (stages: ${shown}, ...)` : ` (stages: ${shown})`
  }

  /** Resolves what an instruction reads and makes the node depend on it. */
  addStep(node: StageNode, instruction: Instruction, isInherited: boolean): StageStep {
    const origins = this.#resolveOrigins(instruction)
    for (const origin of origins) {
      if (origin) node.dependencies.set(origin, instruction.line)
    }
    return {instruction, isInherited, origins}
  }

  #addStage({from}: StageSource): void {
    const fail = failAt(from.line)
    const name = from.args[2]?.toLowerCase() ?? ''
    const baseName = this.#expand(from.args[0] ?? '', fail)
    if (baseName === '')
      fail(`the base image ${quote(from.args[0] ?? '')} is empty after its variables are replaced`)
    const platform = this.#readPlatform(flagValue(from, 'platform'), fail)
    const ownContext = this.#contextOfStage(name, fail)
    const base = ownContext === null ? (this.#byName.get(baseName) ?? null) : null
    const node = this.#addNode({name, baseName, base, from, platform, isAnonymous: false})
    if (ownContext !== null) {
      node.isReplaced = true
      node.namedContext = ownContext
    }
    if (name !== '') this.#byName.set(name, node)
  }

  #addNode({
    platform,
    ...fields
  }: Pick<StageNode, 'name' | 'baseName' | 'base' | 'from' | 'isAnonymous'> & {
    platform: Platform
  }): StageNode {
    const node: Omit<StageNode, 'root'> = {
      ...fields,
      os: platform.os,
      platform: formatPlatform(platform),
      index: this.nodes.length,
      namedContext: fields.base ? null : this.#contextOfImage(fields.baseName, failAt(fields.from.line)),
      isReplaced: false,
      steps: [],
      dependencies: new Map(),
      hasTriggers: false,
    }
    const rooted: StageNode = Object.assign(node, {root: fields.base?.root ?? (node as StageNode)})
    this.nodes.push(rooted)
    return rooted
  }

  /** A stage that has the name of a named context gives way to it. */
  #contextOfStage(name: string, fail: Fail): string | null {
    if (name === '' || name === 'scratch' || name === 'context') return null
    const short = shortImageName(name)
    if (short === null) fail(`bad stage name ${quote(name)}: it is not a valid image name`)
    return this.inputs.namedContexts.get(short) ?? null
  }

  #contextOfImage(image: string, fail: Fail): string | null {
    if (image === 'scratch') return null
    const short = shortImageName(image)
    if (short === null)
      fail(`bad image name ${quote(image)}${image === image.toLowerCase() ? '' : ': capital letters'}`)
    return this.inputs.namedContexts.get(short) ?? null
  }

  #readPlatform(written: string, fail: Fail): Platform {
    if (written === '') return this.inputs.targetPlatform
    const platform = parsePlatform(this.#expand(written, fail), this.inputs.targetPlatform)
    return (
      platform ?? fail(`bad platform ${quote(written)}: write linux/amd64, or a variable with such a value`)
    )
  }

  #expand(word: string, fail: Fail): string {
    const {escapeCharacter, budget, globals} = this.inputs
    return expandWord(word, {escapeCharacter, budget, fail, lookUp: (name) => globals.get(name)})
  }

  #resolveOrigins(instruction: Instruction): (StageNode | null)[] {
    const fail = failAt(instruction.line)
    if (instruction.keyword === 'RUN') {
      return mountOrigins(instruction, fail).map((from) =>
        from === '' ? null : this.#resolveName(from, instruction),
      )
    }
    const from = instruction.keyword === 'COPY' ? flagValue(instruction, 'from') : ''
    if (from === '') return []
    const {escapeCharacter, budget} = this.inputs
    if (expandWord(from, {escapeCharacter, budget, fail, lookUp: () => undefined}) !== from) {
      fail(
        '"--from" cannot use variables: write FROM … AS name, where global ARGs work, and copy from that stage',
      )
    }
    return [
      /^[+-]?\d{1,15}$/.test(from)
        ? this.#resolveNumber(Number(from), fail)
        : this.#resolveName(from, instruction),
    ]
  }

  #resolveNumber(index: number, fail: Fail): StageNode {
    return this.nodes[index] ?? fail(`there is no stage ${index}`)
  }

  /** A name that is no stage's is an image or a named context. */
  #resolveName(name: string, instruction: Instruction): StageNode {
    const found = this.#byName.get(name.toLowerCase())
    const platform = this.inputs.targetPlatform
    return (
      found ??
      this.#addNode({name: '', baseName: name, base: null, from: instruction, platform, isAnonymous: true})
    )
  }
}
