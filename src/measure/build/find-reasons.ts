import type {
  MeasuredBuild,
  MeasuredLayer,
  MeasuredRewrite,
  MeasuredScenario,
  MeasureReason,
} from '../../report/measure/measure-report.js'
import {listTaken} from './list-taken.js'

const MAX_REASONS = 3

/** Below these a cause is none: of a second, and of the whole. */
const MIN_SECONDS = 0.2
const MIN_SHARE = 0.01

/** A cause and how large a part of its figure it is. */
interface RankedReason {
  reason: Omit<MeasureReason, 'rewrite'>
  /** Of the instruction in the Dockerfile of the baseline; null where there is none. */
  lineBefore: number | null
  share: number
}

/**
 * Finds what did most between two measurements of a build: steps that no longer run or run longer, layers that shrank or
 * grew, lines of the ignore file. The largest first, three at most.
 * @param comparesTimes whether seconds compare
 */
export function findReasons(
  before: MeasuredBuild,
  after: MeasuredBuild,
  comparesTimes: boolean,
): MeasureReason[] {
  const taken = listTaken(before, after)
  const ranked = [
    ...(comparesTimes ? findStepReasons(before, after) : []),
    ...findLayerReasons(before, after),
    ...findTransferReasons(before, after),
  ]
  return ranked
    .filter(({share}) => Math.abs(share) >= MIN_SHARE)
    .sort((one, other) => Math.abs(other.share) - Math.abs(one.share))
    .slice(0, MAX_REASONS)
    .map(({reason, lineBefore}) => ({...reason, rewrite: findRewrite(taken, lineBefore)}))
}

/**
 * Gives an instruction that was written differently, at the line where it stood, its new text in both: what changed is one
 * thing, not one that is gone and one that is new.
 */
function pairChanged<T extends {line: number | null}>(
  before: Map<string, T>,
  after: Map<string, T>,
): [Map<string, T>, Map<string, T>] {
  const gone = [...before].filter(([text]) => !after.has(text))
  const renamed = new Map<string, string>()
  for (const [text, {line}] of after) {
    if (before.has(text) || line === null) continue
    const same = gone.find(([old, one]) => one.line === line && keywordOf(old) === keywordOf(text))
    if (same !== undefined) renamed.set(same[0], text)
  }
  return [new Map([...before].map(([text, value]) => [renamed.get(text) ?? text, value])), after]
}

/**
 * Sums up RUNs that are gone and whose commands a new RUN holds, under the text of that one: what several steps did is
 * compared with what one does.
 */
function joinMerged<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, unknown>,
  add: (one: T, other: T) => T,
): Map<string, T> {
  const joined = new Map(before)
  const gone = [...before.keys()].filter((text) => text.startsWith('RUN ') && !after.has(text))
  for (const text of after.keys()) {
    if (before.has(text) || !text.startsWith('RUN ')) continue
    const whole = commandOf(text)
    const parts = gone.filter((old) => joined.has(old) && whole.includes(commandOf(old)))
    if (parts.length < 2) continue
    joined.set(
      text,
      parts.map((old) => before.get(old) as T).reduce((one, other) => add(one, other)),
    )
    for (const old of parts) joined.delete(old)
  }
  return joined
}

/** Of a RUN, without its flags. */
function commandOf(text: string): string {
  return text.replace(/^RUN (?:--\S+ )*/, '').replace(/[\s\\]+/g, ' ')
}

/** `RUN`, `COPY` … */
function keywordOf(text: string): string {
  return /^\w*/.exec(text)![0]
}

function findRewrite(taken: readonly MeasuredRewrite[], line: number | null): string | null {
  return taken.find((one) => one.line === line)?.title ?? null
}

/** Seconds that each instruction took, the mean of all runs; by its text. */
interface StepSeconds {
  seconds: number
  ranCount: number
  line: number | null
}

const SCENARIOS = {
  cold: 'in a cold build',
  unchanged: 'when nothing has changed',
  source: 'after an edit of a source file',
  lock: 'after a change of the lock file',
}

function findStepReasons(before: MeasuredBuild, after: MeasuredBuild): RankedReason[] {
  const best = new Map<string, RankedReason>()
  for (const is of after.scenarios) {
    const was = before.scenarios.find(({name}) => name === is.name)
    if (was === undefined || was.changedPath !== is.changedPath) continue
    for (const ranked of compareSteps(was, is)) {
      const key = instructionOf(ranked.reason.text)
      const known = best.get(key)
      if (known === undefined || Math.abs(known.share) < Math.abs(ranked.share)) best.set(key, ranked)
    }
  }
  return [...best.values()]
}

/** What a reason is about, without what became of it. */
function instructionOf(text: string): string {
  return text.split('" ')[0]!
}

function compareSteps(was: MeasuredScenario, is: MeasuredScenario): RankedReason[] {
  const steps = sumUpSteps(is)
  const [old, now] = pairChanged(joinMerged(sumUpSteps(was), steps, addSteps), steps)
  const whole = Math.max(was.medianSeconds, is.medianSeconds, 0.001)
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((text) => {
    const [one, other] = [old.get(text), now.get(text)]
    const savedSeconds = round((one?.seconds ?? 0) - (other?.seconds ?? 0))
    if (Math.abs(savedSeconds) < MIN_SECONDS) return []
    const reason: RankedReason['reason'] = {
      kind: 'step',
      text: `"${text}" ${describeStep(one, other)} ${SCENARIOS[is.name]}`,
      savedSeconds,
      savedBytes: null,
      line: other?.line ?? null,
    }
    return [{reason, lineBefore: one?.line ?? null, share: savedSeconds / whole}]
  })
}

function describeStep(one: StepSeconds | undefined, other: StepSeconds | undefined): string {
  if (other === undefined) return 'was removed, and no longer runs'
  if (one === undefined) return 'is new, and runs'
  if (one.ranCount > 0 && other.ranCount === 0) return 'no longer runs'
  if (one.ranCount === 0 && other.ranCount > 0) return 'now runs'
  return other.seconds < one.seconds ? 'is faster' : 'is slower'
}

function addSteps(one: StepSeconds, other: StepSeconds): StepSeconds {
  return {
    seconds: one.seconds + other.seconds,
    ranCount: Math.max(one.ranCount, other.ranCount),
    line: one.line,
  }
}

function sumUpSteps({runs}: MeasuredScenario): Map<string, StepSeconds> {
  const sums = new Map<string, StepSeconds>()
  for (const {steps} of runs) {
    for (const {text, seconds, cached, line} of steps) {
      const key = text.replace(/^\[[^\]]*\] /, '')
      const sum = sums.get(key) ?? {seconds: 0, ranCount: 0, line}
      sum.seconds += seconds / runs.length
      if (!cached) sum.ranCount++
      sums.set(key, sum)
    }
  }
  return sums
}

/** Layers by their instruction; those that the Dockerfile did not make are the base. */
function findLayerReasons(before: MeasuredBuild, after: MeasuredBuild): RankedReason[] {
  if (before.image === null || after.image === null) return []
  const layers = groupLayers(after.image.layers)
  const merged = joinMerged(groupLayers(before.image.layers), layers, addLayers)
  const [old, now] = pairChanged(merged, layers)
  const whole = Math.max(before.image.unpackedBytes, after.image.unpackedBytes, 1)
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((step) => {
    const [one, other] = [old.get(step), now.get(step)]
    const savedBytes = (one?.bytes ?? 0) - (other?.bytes ?? 0)
    if (savedBytes === 0) return []
    const reason: RankedReason['reason'] = {
      kind: step === BASE ? 'base' : 'layer',
      text: describeLayers(step, one, other),
      savedSeconds: null,
      savedBytes,
      line: other?.line ?? null,
    }
    return [{reason, lineBefore: one?.line ?? null, share: savedBytes / whole}]
  })
}

const BASE = ''

interface LayerGroup {
  bytes: number
  line: number | null
}

function addLayers(one: LayerGroup, other: LayerGroup): LayerGroup {
  return {bytes: one.bytes + other.bytes, line: one.line}
}

function groupLayers(layers: readonly MeasuredLayer[]): Map<string, LayerGroup> {
  const groups = new Map<string, LayerGroup>()
  for (const {step, line, fileBytes} of layers) {
    const key = line === null ? BASE : (step ?? BASE)
    const group = groups.get(key) ?? {bytes: 0, line}
    group.bytes += fileBytes
    groups.set(key, group)
  }
  return groups
}

function describeLayers(step: string, one: LayerGroup | undefined, other: LayerGroup | undefined): string {
  if (step === BASE)
    return `the base image is ${(other?.bytes ?? 0) < (one?.bytes ?? 0) ? 'smaller' : 'larger'}`
  if (other === undefined) return `"${step}" is no longer a layer of the image`
  if (one === undefined) return `"${step}" is a new layer`
  return `the layer of "${step}" is ${other.bytes < one.bytes ? 'smaller' : 'larger'}`
}

const SHOWN_LINES = 3

/** Bytes: of a smaller transfer no part is worth a word. */
const SMALL_TRANSFER = 1e6

function findTransferReasons(before: MeasuredBuild, after: MeasuredBuild): RankedReason[] {
  if (before.transfer === null || after.transfer === null) return []
  const [was, is] = [before.transfer.predictedBytes, after.transfer.predictedBytes]
  if (was === is) return []
  const fresh = after.ignoreLines.filter((line) => !before.ignoreLines.includes(line))
  const gone = before.ignoreLines.filter((line) => !after.ignoreLines.includes(line))
  const isLess = is < was
  const lines = isLess ? fresh : gone
  const shown = lines
    .slice(0, SHOWN_LINES)
    .map((line) => `"${line}"`)
    .join(', ')
  const more = lines.length > SHOWN_LINES ? ` and ${lines.length - SHOWN_LINES} more` : ''
  const byLines = isLess
    ? `the ignore file keeps out ${shown}${more}`
    : `the ignore file no longer keeps out ${shown}${more}`
  const plain = isLess ? 'less of the context is sent' : 'more of the context is sent'
  const reason: RankedReason['reason'] = {
    kind: lines.length > 0 ? 'ignore-lines' : 'transfer',
    text: lines.length > 0 ? byLines : plain,
    savedSeconds: null,
    savedBytes: was - is,
    line: null,
  }
  return [{reason, lineBefore: null, share: (was - is) / Math.max(was, is, SMALL_TRANSFER)}]
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}
