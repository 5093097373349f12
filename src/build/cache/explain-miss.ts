import {listEnvironment} from '../../languages/dockerfile/evaluate/step-state.js'
import type {CacheCause} from '../../report/cache-report.js'
import type {Read, Step, StepInstruction} from '../graph/build-graph.js'
import {rootOf} from '../graph/query-graph.js'
import type {NodeComparison} from './compare-nodes.js'
import {listChangedPaths} from './list-changed-paths.js'
import type {OperationInput} from './operation.js'
import type {BuildSimulation, CacheBuild, SimulatedStep} from './simulate-build.js'

/** What an explanation is found in. */
export interface BuildPair {
  before: CacheBuild
  after: CacheBuild
  first: BuildSimulation
  second: BuildSimulation
  comparison: NodeComparison
}

/** All of a step, or one of the two that a linked copy is shown as. */
export type StepPartName = 'whole' | 'copy' | 'link'

/** Lists why a step misses: what is its own first, then what is below it. */
export function explainMiss(step: Step, part: StepPartName, pair: BuildPair): CacheCause[] {
  const {second} = pair
  const simulated = (part === 'copy' ? second.copies : second.steps).get(step)!
  if (simulated.isForced) return [{kind: 'no-cache'}]
  const counterpart = findCounterpart(step, part, simulated, pair)
  if (part === 'link') {
    const copy = second.copies.get(step)!
    const own: CacheCause[] = copy.isHit ? [] : [{kind: 'step', line: step.line, text: copy.named.text}]
    const causes = [...own, ...explainBase(step, counterpart, pair)]
    return causes.length === 0 ? [{kind: 'instruction'}] : causes
  }
  const own =
    counterpart === null ? [{kind: 'instruction' as const}] : explainOwn(step, part, counterpart, pair)
  return part === 'copy' ? own : [...own, ...explainBase(step, counterpart, pair)]
}

/** The step of the first build that this one is the successor of: it does the same, or stands at the same place. */
function findCounterpart(
  step: Step,
  part: StepPartName,
  {operation}: SimulatedStep,
  {first}: BuildPair,
): Step | null {
  const simulated = part === 'copy' ? new Map([...first.steps, ...first.copies]) : first.steps
  const known = [...simulated].filter(([one]) => one.instruction.keyword === step.instruction.keyword)
  const inStage = known.filter(([{stage}]) => isSameStage(step, stage))
  const doesSame = (candidates: typeof known) =>
    candidates.find(([, one]) => one.operation.key === operation.key && isAtSamePlace(one.named, step)) ??
    candidates.find(([, one]) => one.operation.key === operation.key)
  const found = doesSame(inStage) ?? doesSame(known) ?? inStage.find(([one]) => isEdited(one, step))
  return found?.[0] ?? null
}

function isSameStage({stage}: Step, other: Step['stage']): boolean {
  return stage.name !== null || other.name !== null ? stage.name === other.name : stage.index === other.index
}

function isAtSamePlace(one: Step, other: Step): boolean {
  return one.stage.steps.indexOf(one) === other.stage.steps.indexOf(other)
}

/** The same text with other values, or another text at the same place. */
function isEdited(one: Step, other: Step): boolean {
  return one.instruction.text === other.instruction.text || isAtSamePlace(one, other)
}

function explainOwn(step: Step, part: StepPartName, counterpart: Step, pair: BuildPair): CacheCause[] {
  const {first, second} = pair
  const mine = (part === 'copy' ? second.copies : second.steps).get(step)!.operation
  const theirs = (first.copies.get(counterpart) ?? first.steps.get(counterpart)!).operation
  const differing = mine.key === theirs.key ? [] : explainOperation(step, counterpart, pair)
  return [...differing, ...mine.inputs.flatMap((input, at) => explainInput(input, theirs.inputs[at], pair))]
}

function explainOperation(step: Step, counterpart: Step, {before, after}: BuildPair): CacheCause[] {
  const one = counterpart.instruction
  const other = step.instruction
  const variables = other.keyword === 'RUN' ? listDifferentVariables(one, other) : []
  const settings = [
    ...(one.state.user !== other.state.user ? ['user'] : []),
    ...(one.state.directory !== other.state.directory ? ['directory'] : []),
    ...(other.keyword === 'RUN' && isOther(one.state.shell, other.state.shell) ? ['shell'] : []),
    ...(other.keyword === 'RUN' && before.settings.networkMode !== after.settings.networkMode
      ? ['network']
      : []),
    ...(other.keyword === 'RUN' && counterpart.stage.platform !== step.stage.platform ? ['platform'] : []),
    ...(other.keyword === 'WORKDIR' && before.settings.epoch !== after.settings.epoch
      ? ['SOURCE_DATE_EPOCH']
      : []),
  ]
  const causes: CacheCause[] = []
  if (variables.length > 0) causes.push({kind: 'variables', names: variables})
  if (settings.length > 0) causes.push({kind: 'setting', names: settings})
  const isSameText = one.text === other.text && one.name === other.name
  return causes.length > 0 && isSameText ? causes : [...causes, {kind: 'instruction'}]
}

function isOther(one: readonly string[] | null, other: readonly string[] | null): boolean {
  return JSON.stringify(one) !== JSON.stringify(other)
}

/** Those with another value, and, if there are none, those in another order. */
function listDifferentVariables(one: StepInstruction, other: StepInstruction): string[] {
  const before = listEnvironment(one.state.environment)
  const after = listEnvironment(other.state.environment)
  const old = new Map(before)
  const now = new Map(after)
  const names = new Set([...old.keys(), ...now.keys()])
  const changed = [...names].filter((name) => old.get(name) !== now.get(name))
  if (changed.length > 0) return changed
  return after.filter(([name], at) => before[at]?.[0] !== name).map(([name]) => name)
}

function explainInput(
  input: OperationInput,
  counterpart: OperationInput | undefined,
  pair: BuildPair,
): CacheCause[] {
  const {from} = input.read
  switch (from.kind) {
    case 'context': {
      const paths = listChangedPaths(input.selectors, pair.after.contexts.get(from.name), pair.comparison)
      return paths.length === 0 ? [] : [{kind: 'paths', context: from.name, paths}]
    }
    case 'stage':
      return explainSource(from.stage.end, pair)
    case 'image':
      return isSameImage(input.read, counterpart?.read, pair) ? [] : [{kind: 'image', image: from.image}]
    default:
      return []
  }
}

/** The last RUN of a stage's chain that has a new result: what it leaves is what matters. Else the last step that has. */
function explainSource(end: Step['base'], {second}: BuildPair): CacheCause[] {
  let found: Step | null = null
  for (let at = end; at.kind === 'step'; at = at.step.base) {
    if (second.steps.get(at.step)?.isHit) continue
    found ??= at.step
    if (at.step.instruction.keyword !== 'RUN') continue
    found = at.step
    break
  }
  return found === null ? [] : [{kind: 'source', line: found.line, text: second.steps.get(found)!.named.text}]
}

function isSameImage(one: Read, other: Read | undefined, {first, second}: BuildPair): boolean {
  if (one.from.kind !== 'image' || other?.from.kind !== 'image') return false
  return second.keyOf(one.from) === first.keyOf(other.from)
}

function explainBase(step: Step, counterpart: Step | null, {first, second}: BuildPair): CacheCause[] {
  const {base} = step
  if (base.kind === 'step') {
    const below = second.steps.get(base.step)!
    return below.isHit ? [] : [{kind: 'step', line: base.step.line, text: below.named.text}]
  }
  if (base.kind !== 'image' || counterpart === null) return []
  const old = rootOf(counterpart.base)
  return second.keyOf(base) === first.keyOf(old) ? [] : [{kind: 'image', image: base.image}]
}
