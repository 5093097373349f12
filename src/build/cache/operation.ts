import type {
  CopyInstruction,
  EvaluatedMount,
  RunInstruction,
  WorkdirInstruction,
} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {listEnvironment} from '../../languages/dockerfile/evaluate/step-state.js'
import {resolvePath} from '../../languages/text/clean-path.js'
import {baseName, resolveContainerPath} from '../../languages/text/container-path.js'
import type {Read, Step} from '../graph/build-graph.js'
import type {Selector} from './select-nodes.js'

/** Settings of a build outside its Dockerfile that are part of its steps' cache keys. */
export interface OperationSettings {
  networkMode: 'default' | 'none' | 'host'
  /** SOURCE_DATE_EPOCH as a build argument, if it has a value. */
  epoch: string | null
}

/** What a step does, as far as BuildKit compares it (docs/cache.md 4 and 5). */
export interface Operation {
  /** Equal for steps that do the same to equal inputs. */
  key: string
  /** Equal within one build for steps that are one and the same: what they read is named, not only how it is called. */
  definition: string
  inputs: readonly OperationInput[]
}

/** One thing that a step reads besides the state it stands on: a context, a stage, an image, a file's text. */
export interface OperationInput {
  /** Tells things apart within one build. */
  id: string
  read: Read
  selectors: readonly Selector[]
}

/**
 * Describes what a step does.
 * @param baseId tells what the step stands on apart within the build; null: nothing
 * @param idOf tells what is read apart in the same way
 */
export function describeOperation(
  step: Step,
  baseId: string | null,
  idOf: (read: Read) => string,
  settings: OperationSettings,
): Operation {
  const inputs = new Inputs(baseId, idOf)
  const {instruction} = step
  switch (instruction.keyword) {
    case 'RUN':
      return inputs.finish(describeRun(step, instruction, inputs, settings))
    case 'WORKDIR':
      return inputs.finish(describeWorkdir(instruction, settings))
    default:
      return inputs.finish(describeCopy(step, instruction, inputs))
  }
}

/** The inputs of one step, each thing once, numbered as they come; the state it stands on is number 0. */
class Inputs {
  readonly #numbers = new Map<string, number>()
  readonly #inputs = new Map<string, {id: string; read: Read; selectors: Selector[]}>()
  readonly #named: string[] = []

  constructor(
    private readonly baseId: string | null,
    private readonly idOf: (read: Read) => string,
  ) {
    if (baseId !== null) this.#numbers.set(baseId, 0)
  }

  /** @returns the number of what is read: 0 where it is what the step stands on, which is then not compared */
  add(read: Read): number {
    const id = this.idOf(read)
    const number = this.#numbers.get(id) ?? this.#numbers.size + (this.baseId === null ? 1 : 0)
    this.#numbers.set(id, number)
    this.#named.push(`${id} ${read.path}`)
    if (id === this.baseId) return number
    const {path, hasWildcards, exclude} = read
    const input = this.#inputs.get(id) ?? {id, read, selectors: []}
    input.selectors.push({path, hasWildcards, exclude})
    this.#inputs.set(id, input)
    return number
  }

  finish(facts: unknown): Operation {
    const key = JSON.stringify(facts)
    const inputs = [...this.#inputs.values()].map((input) => ({
      ...input,
      selectors: sortSelectors(input.selectors),
    }))
    return {key, definition: JSON.stringify([key, this.baseId, this.#named]), inputs}
  }
}

/** Selectors sorted by path, without those inside the path of another selector that has no wildcard. */
function sortSelectors(selectors: readonly Selector[]): Selector[] {
  const sorted = selectors.toSorted((one, other) =>
    one.path < other.path ? -1 : one.path > other.path ? 1 : 0,
  )
  const kept: Selector[] = []
  for (const selector of sorted) {
    const isPlain = !selector.hasWildcards && selector.exclude.length === 0
    const isCovered = isPlain && kept.some((other) => covers(other, selector))
    if (!isCovered) kept.push(selector)
  }
  return kept
}

function covers(one: Selector, other: Selector): boolean {
  if (one.hasWildcards || one.exclude.length > 0) return false
  return one.path === other.path || one.path === '/' || other.path.startsWith(`${one.path}/`)
}

/** The base name of each source, the destination, and the flags; no environment, user or shell. */
function describeCopy({reads}: Step, instruction: CopyInstruction, inputs: Inputs): unknown {
  const {keyword, flags} = instruction
  const actions = reads.map((read) => {
    const number = inputs.add(read)
    const name = baseName(read.path)
    return [number, flags.parents ? read.path : name, read.from.kind === 'remote' ? read.source : null]
  })
  const mode = /^[0-7]+$/.test(flags.chmod) ? Number.parseInt(flags.chmod, 8) : flags.chmod
  const {chown, exclude, parents, checksum, keepGitDir, unpack} = flags
  return [
    keyword,
    actions,
    resolveDestination(instruction),
    chown,
    mode,
    exclude,
    parents,
    checksum,
    keepGitDir,
    unpack,
  ]
}

/** Absolute and clean, but for what its end says: `/d/`, `/d/.`. */
function resolveDestination({destination, state}: CopyInstruction): string {
  const spelled = destination === '' || destination === '.' ? './' : destination
  const path = resolveContainerPath(state.directory, spelled)
  const isRoot = path === '/'
  if (spelled.endsWith('/')) return isRoot ? path : `${path}/`
  return spelled.endsWith('/.') ? `${isRoot ? '' : path}/.` : path
}

function describeWorkdir({workdir, path, state}: WorkdirInstruction, {epoch}: OperationSettings): unknown {
  return ['WORKDIR', workdir ?? resolveContainerPath(state.directory, path), state.user, epoch]
}

function describeRun(
  {stage, reads}: Step,
  instruction: RunInstruction,
  inputs: Inputs,
  {networkMode}: OperationSettings,
): unknown {
  const {command, state, network, security, devices} = instruction
  const environment = listEnvironment(state.environment).map(([name, value]) => `${name}=${value}`)
  const isOwn = network !== null && network !== 'default'
  const mounts = describeMounts(instruction, reads, inputs)
  const {directory, user} = state
  return [
    'RUN',
    command,
    environment,
    directory,
    user,
    mounts,
    isOwn ? network : networkMode,
    security,
    devices,
    stage.platform,
  ]
}

/** Mounts in the order of their targets: in the Dockerfile it means nothing. */
function describeMounts(
  {mounts, scriptFile, state}: RunInstruction,
  reads: readonly Read[],
  inputs: Inputs,
): unknown[] {
  let readNumber = 0
  let agentNumber = 0
  const read = mounts.map((mount) => {
    const isRead =
      mount.type === 'bind' || mount.type === 'tmpfs' || (mount.type === 'cache' && mount.from !== null)
    const own = isRead ? reads[readNumber++]! : null
    const target = findTarget(mount, state.directory, mount.type === 'ssh' ? agentNumber++ : 0)
    return {mount, target, own: own?.how === 'mount' ? own : null}
  })
  const script = scriptFile === null ? [] : [{mount: null, target: '/dev/pipes', own: reads[readNumber]!}]
  const sorted = [...read, ...script].toSorted((one, other) =>
    one.target < other.target ? -1 : one.target > other.target ? 1 : 0,
  )
  return sorted.map(({mount, target, own}) => {
    const input = own === null ? null : inputs.add(own)
    return [target, input, mount && describeMount(mount, target)]
  })
}

/**
 * An absolute target counts as it is spelled, a slash at its end too; that of a secret even where it is relative.
 * @param agentNumber how many SSH agents are mounted before
 */
function findTarget(mount: EvaluatedMount, directory: string, agentNumber: number): string {
  const {type, target, env} = mount
  if (target === '' && type === 'ssh') return `/run/buildkit/ssh_agent.${agentNumber}`
  if (target === '' && type === 'secret') {
    const id = secretId(mount)
    return env === '' ? `/run/secrets/${baseName(id)}` : ''
  }
  return target.startsWith('/') || type === 'secret' ? target : resolveContainerPath(directory, target)
}

/** The source is another way to spell it. */
function secretId({id, source}: EvaluatedMount): string {
  return id === '' ? source : id
}

function describeMount(mount: EvaluatedMount, target: string): unknown {
  const {type, id, mode, uid, gid, size, env, isReadOnly, isRequired} = mount
  switch (type) {
    case 'bind':
      return [type, isReadOnly]
    case 'tmpfs':
      return [type, size ?? 0]
    case 'cache':
      return [type, hasDefaults(mount, target), isReadOnly, describeOwner(mount)]
    case 'secret':
      return [type, secretId(mount), mode ?? '400', uid ?? 0, gid ?? 0, isRequired, env]
    case 'ssh':
      // The default written out gives another key.
      return [type, id, mode ?? '600', uid ?? 0, gid ?? 0, isRequired]
  }
}

/** Whether a cache is the one of its target and is shared. Which other one it is, and how else it is shared, does not count. */
function hasDefaults({id, sharing, target: spelled}: EvaluatedMount, target: string): boolean {
  const own = spelled.startsWith('/') ? resolvePath('/', spelled) : spelled
  return (id === '' ? own : id) === resolvePath('/', target) && sharing === 'shared'
}

/** Of a cache's directory; one of them spelled out makes a directory of its own, with the defaults for the others. */
function describeOwner({mode, uid, gid}: EvaluatedMount): unknown {
  return mode === null && uid === null && gid === null ? null : [mode ?? '755', uid ?? 0, gid ?? 0]
}
