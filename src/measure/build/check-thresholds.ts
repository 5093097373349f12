import {LIMIT_EXAMPLES, readMeasureLimit} from '../../config/measure-limits.js'
import {SlimCheckError} from '../../errors.js'
import {formatBytes, formatSeconds} from '../../languages/text/amounts.js'
import {
  MEASURE_LIMIT_NAMES,
  type MeasureChange,
  type MeasuredBuild,
  type MeasuredLayer,
  type MeasureFigure,
  type MeasureLimits,
  type MeasureThreshold,
  type MeasureThresholdName,
} from '../../report/measure/measure-report.js'
import {listFigures} from './list-figures.js'

/** A layer that has grown by less, as a share of the image, is not the cause. */
const MIN_GROWTH = 0.005

/** What a share is set on. */
const GROWING: readonly MeasureFigure[] = [
  'cold',
  'unchanged',
  'source',
  'lock',
  'transfer',
  'pull',
  'unpacked',
]

/**
 * Holds a build to its limits. What cannot be judged is violated, and says why: a gate that passes because the machine is
 * another one is none.
 * @param before its counterpart in the baseline; null: there is none
 * @throws SlimCheckError `bad-flag` for a limit that is none
 */
export function checkThresholds(
  build: MeasuredBuild,
  before: MeasuredBuild | null,
  limits: MeasureLimits,
): MeasureThreshold[] {
  return MEASURE_LIMIT_NAMES.flatMap((name) => {
    const text = limits[name]
    return text === undefined ? [] : new ThresholdCheck(build, before).check(name, text)
  })
}

class ThresholdCheck {
  readonly #label: string

  constructor(
    private readonly build: MeasuredBuild,
    private readonly before: MeasuredBuild | null,
  ) {
    const {name, platform} = build
    this.#label = platform === null ? name : `${name}, ${platform}`
  }

  check(name: MeasureThresholdName, text: string): MeasureThreshold[] {
    const limit = readMeasureLimit(name, text)
    if (limit === null) {
      throw new SlimCheckError('bad-flag', {
        message: `--${name}: ${JSON.stringify(text)} is not a limit`,
        nextStep: `Write it as ${LIMIT_EXAMPLES[name]}`,
      })
    }
    switch (name) {
      case 'max-build-time':
        return [this.#checkValue(name, 'cold', limit)]
      case 'max-size':
        return [this.#checkValue(name, 'unpacked', limit)]
      case 'max-pull':
        return [this.#checkValue(name, 'pull', limit)]
      case 'max-deploy':
        return [this.#checkDeploy(limit)]
      case 'max-growth':
        return this.#checkGrowth(limit)
      case 'min-saving':
        return [this.#checkFall(name, 'unpacked', limit)]
      case 'min-speedup':
        return [this.#checkFall(name, 'cold', limit)]
    }
  }

  #checkValue(name: MeasureThresholdName, figure: MeasureFigure, limit: number): MeasureThreshold {
    const found = listFigures(this.build).find((one) => one.figure === figure)
    const unit = figure === 'cold' ? 'seconds' : 'bytes'
    if (found === undefined) {
      const message =
        figure === 'cold' ? 'no cold build was made: add --scenario cold' : 'there is no image to measure'
      return this.#tell({name, figure, unit, limit, actual: null}, message, null)
    }
    if (found.value <= limit) return this.#pass({name, figure, unit, limit, actual: found.value})
    const cause = unit === 'seconds' ? this.#findSlow() : this.#findLarge()
    const over = unit === 'seconds' ? formatSeconds(found.value - limit) : formatBytes(found.value - limit)
    const value = unit === 'seconds' ? formatSeconds(found.value) : formatBytes(found.value)
    return this.#tell(
      {name, figure, unit, limit, actual: found.value},
      `${value} is ${over} over: ${cause.text}`,
      cause.line,
    )
  }

  /** A host with a graph driver downloads most. */
  #checkDeploy(limit: number): MeasureThreshold {
    const {deploy} = this.build
    const threshold = {name: 'max-deploy', figure: 'deploy', unit: 'bytes', limit} as const
    if (deploy === null) {
      const message = 'no build after an edit of a source file was made: add --scenario source'
      return this.#tell({...threshold, actual: null}, message, null)
    }
    const {classicBytes, firstLayer} = deploy
    if (classicBytes <= limit) return this.#pass({...threshold, actual: classicBytes})
    const layers = (this.build.image?.layers ?? []).slice(firstLayer ?? 0)
    const largest = layers.toSorted((one, other) => other.pullBytes - one.pullBytes)[0]
    const over = `${formatBytes(classicBytes)} is ${formatBytes(classicBytes - limit)} over`
    const cause =
      largest === undefined
        ? 'its layers are not known'
        : `${this.#nameLayer(largest)} has ${formatBytes(largest.pullBytes)} of it${describeContent(largest)}. ${DEPLOY_REMEDY}`
    return this.#tell({...threshold, actual: classicBytes}, `${over}: ${cause}`, largest?.line ?? null)
  }

  #checkGrowth(limit: number): MeasureThreshold[] {
    const {changes} = this.build
    const name = 'max-growth'
    if (this.before === null) {
      const threshold = {name, figure: 'unpacked', unit: 'percent', limit, actual: null} as const
      return [this.#tell(threshold, 'the baseline has no such build', null)]
    }
    return changes
      .filter(({figure}) => GROWING.includes(figure))
      .map((change) => {
        const {figure, percent, verdict} = change
        const threshold = {name, figure, unit: 'percent', limit, actual: percent} as const
        if (verdict === 'not-comparable')
          return this.#tell({...threshold, actual: null}, cannotJudge(change), null)
        const isOver = verdict === 'more' && (percent === null || percent > limit)
        if (!isOver) return this.#pass(threshold)
        const cause = change.unit === 'seconds' ? this.#findSlow(figure) : this.#findLarge(figure)
        return this.#tell(threshold, `${describeChange(change)}: ${cause.text}`, cause.line)
      })
  }

  #checkFall(name: MeasureThresholdName, figure: MeasureFigure, limit: number): MeasureThreshold {
    const change = this.build.changes.find((one) => one.figure === figure)
    const threshold = {name, figure, unit: 'percent', limit, actual: null} as const
    if (change === undefined)
      return this.#tell(threshold, 'the baseline has no such figure, or this run has none', null)
    if (change.verdict === 'not-comparable') return this.#tell(threshold, cannotJudge(change), null)
    const fall = change.percent === null ? 0 : -change.percent
    const told = {...threshold, actual: fall}
    if (fall >= limit && change.verdict === 'less') return this.#pass(told)
    const isShown = fall < limit || change.verdict === 'less'
    const cause = change.unit === 'seconds' ? this.#findSlow() : this.#findLarge()
    const text = isShown
      ? `${describeChange(change)}: ${cause.text}`
      : `${describeChange(change)}, but ${change.remark ?? 'that is within the normal variation'}: measure with more --runs`
    return this.#tell(told, text, isShown ? cause.line : null)
  }

  /** The layer that grew most, else the largest one, and what to do about it. */
  #findLarge(figure: MeasureFigure = 'unpacked'): Cause {
    if (figure === 'transfer') {
      const text = 'docker-slim-check context shows which paths are sent and which lines keep them out'
      return {text, line: null}
    }
    const layers = this.build.image?.layers ?? []
    const grown = layers.map((layer) => ({layer, bytes: layer.fileBytes - this.#bytesBefore(layer)}))
    const byGrowth = grown.toSorted((one, other) => other.bytes - one.bytes)[0]
    const largest = layers.toSorted((one, other) => other.fileBytes - one.fileBytes)[0]
    if (largest === undefined) return {text: 'its layers are not known', line: null}
    const total = this.build.image?.unpackedBytes ?? 0
    const hasGrown = this.before !== null && byGrowth !== undefined && byGrowth.bytes > MIN_GROWTH * total
    const layer = hasGrown ? byGrowth.layer : largest
    const amount = hasGrown
      ? `${formatBytes(byGrowth.bytes)} more, ${formatBytes(layer.fileBytes)}`
      : formatBytes(layer.fileBytes)
    return {
      text: `${this.#nameLayer(layer)} has ${amount}${describeContent(layer)}. ${remedyOf(layer)}`,
      line: layer.line,
    }
  }

  /** Of the same layer, else of the same instruction, else of the one at its line. */
  #bytesBefore({step, diffId, line}: MeasuredLayer): number {
    const layers = this.before?.image?.layers ?? []
    const same = layers.find((layer) => layer.diffId === diffId)
    const byStep = layers.find((layer) => layer.step === step && step !== null)
    const byLine = layers.find((layer) => layer.line === line && keywordOf(layer.step) === keywordOf(step))
    return (same ?? byStep ?? (line === null ? undefined : byLine))?.fileBytes ?? 0
  }

  #nameLayer({index, line, step}: MeasuredLayer): string {
    const {dockerfile} = this.build
    const where = line === null || dockerfile === null ? '' : ` (${dockerfile}:${line})`
    return `layer ${index + 1}${where}${step === null ? ', of the base image,' : ` "${step}"`}`
  }

  /** The step that takes more than it did, else the slowest one, and what to do about it. */
  #findSlow(figure: MeasureFigure = 'cold'): Cause {
    const scenario = this.build.scenarios.find(({name}) => name === figure)
    const was = this.before?.scenarios.find(({name}) => name === figure)
    const ran = (scenario?.runs.at(-1)?.steps ?? []).filter(({cached}) => !cached)
    const before = new Map(was?.runs.at(-1)?.steps.map((step) => [bare(step.text), step]))
    const more = (step: (typeof ran)[number]): number => {
      const known = before.get(bare(step.text))
      return step.seconds - (known === undefined || known.cached ? 0 : known.seconds)
    }
    const [first] = ran.toSorted((one, other) =>
      was === undefined ? other.seconds - one.seconds : more(other) - more(one),
    )
    if (first === undefined)
      return {text: 'no step ran: the time goes into sending the context or exporting the image', line: null}
    const {dockerfile} = this.build
    const where = first.line === null || dockerfile === null ? '' : ` (${dockerfile}:${first.line})`
    const known = before.get(bare(first.text))
    const isCause = was !== undefined && more(first) > 0
    const changed = !isCause
      ? ''
      : known === undefined
        ? ', which is new'
        : known.cached
          ? ', which was cached'
          : `, ${formatSeconds(more(first))} more`
    return {
      text: `"${bare(first.text)}"${where} takes ${formatSeconds(first.seconds)}${changed}. ${remedyOfStep(figure)}`,
      line: first.line,
    }
  }

  #pass(threshold: Untold): MeasureThreshold {
    return {...threshold, build: this.#label, ok: true, message: null, line: null}
  }

  #tell(threshold: Untold, message: string, line: number | null): MeasureThreshold {
    return {...threshold, build: this.#label, ok: false, message, line}
  }
}

type Untold = Omit<MeasureThreshold, 'build' | 'ok' | 'message' | 'line'>

interface Cause {
  text: string
  line: number | null
}

/** `RUN`, `COPY` … */
function keywordOf(step: string | null): string {
  return /^\w*/.exec(step ?? '')![0]
}

function bare(text: string): string {
  return text.replace(/^\[[^\]]*\] /, '')
}

function cannotJudge({remark}: MeasureChange): string {
  return `it cannot be compared: ${remark}. Measure the baseline again on this machine`
}

function describeChange({before, after, unit, percent}: MeasureChange): string {
  const write = unit === 'seconds' ? formatSeconds : formatBytes
  const share = percent === null ? '' : `, ${percent > 0 ? '+' : ''}${percent} %`
  return `${write(before)} before, ${write(after)} now${share}`
}

function describeContent({holds}: MeasuredLayer): string {
  return holds === null ? '' : `, ${formatBytes(holds.bytes)} of it ${holds.title}`
}

function remedyOf({remedy, step, line}: MeasuredLayer): string {
  if (remedy !== null) return remedy
  if (step === null || line === null) return 'Choose a smaller base image'
  if (/^(?:COPY|ADD) /.test(step)) return 'Copy only what the program needs'
  return 'Leave out what only the build needs: docker-slim-check dockerfile shows how'
}

const DEPLOY_REMEDY = 'Copy packages in a layer of their own, before the files that an edit changes'

function remedyOfStep(figure: MeasureFigure): string {
  return figure === 'cold'
    ? 'Run docker-slim-check dockerfile for improvements of the Dockerfile'
    : 'Run docker-slim-check cache to see why it runs again'
}
