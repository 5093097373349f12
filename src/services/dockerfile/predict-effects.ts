import {ContextView} from '../../build/cache/context-view.js'
import type {Step} from '../../build/graph/build-graph.js'
import {stepsBehind} from '../../build/graph/query-graph.js'
import {DockerfileError} from '../../errors.js'
import type {StepTimes} from '../../measure/times/step-times.js'
import type {CacheStep} from '../../report/cache-report.js'
import type {
  CacheFigures,
  Rewrite,
  RewriteCacheEffect,
  RewriteEffect,
} from '../../report/dockerfile-report.js'
import {chooseSourceFile, directoryOf} from '../cache/changes/choose-files.js'
import {editPaths} from '../cache/changes/edit-paths.js'
import {rewriteBuild} from '../cache/changes/rewrite-build.js'
import type {CurrentBuild, Scenario} from '../cache/changes/scenario.js'
import {type CacheSide, describeSide} from '../cache/predict/cache-side.js'
import {DirectoryDigests} from '../cache/predict/file-digests.js'
import {findLongestPath, forecastBuild, tellReportSteps} from '../cache/predict/forecast.js'
import {countStates} from '../cache/sum-up.js'
import type {ProjectBuild} from '../project.js'
import type {AdvisedFile} from './advised-file.js'
import {applyInTurns} from './apply-in-turns.js'
import type {ImageLayers} from './image-layers.js'

/** Of the copies that one rewrite is about. */
const MAX_COPIES = 3

/** Of the builds that share a file. */
const MAX_BUILDS = 10

/** More rewrites than these of one file are not predicted one by one. */
const MAX_REWRITES = 20

/** Rewrites with what each does to the cache, and what all do together. */
export async function predictEffects(
  advised: AdvisedFile,
  times: StepTimes,
  layers: ImageLayers | null,
): Promise<{rewrites: Rewrite[]; effects: RewriteEffect[]}> {
  const {rewrites, builds} = advised
  const predictors = builds.slice(0, MAX_BUILDS).map((build) => new EffectPredictor(build, times, layers))
  const predicted: Rewrite[] = []
  for (const rewrite of rewrites) {
    const isLooked = predicted.length < MAX_REWRITES && rewrite.edits.length > 0
    const after = isLooked ? rewriteBytes(advised, [rewrite]) : null
    predicted.push({...rewrite, cache: after === null ? [] : await predictEach(predictors, after, rewrite)})
  }
  return {rewrites: predicted, effects: await predictTogether(advised, predictors)}
}

/** What all changes do together, for each build in which something stands for an edit. */
async function predictTogether(
  advised: AdvisedFile,
  predictors: readonly EffectPredictor[],
): Promise<RewriteEffect[]> {
  const {file, rewrites} = advised
  const edited = predictors.filter(({changedPath}) => changedPath !== null)
  if (edited.length === 0) return []
  const safe = rewrites.filter(({confidence}) => confidence === 'safe')
  const open = rewrites.filter(({confidence}) => confidence !== 'blocked')
  const withSafe = rewriteBytes(advised, safe)
  const withAll = open.length === safe.length ? null : rewriteBytes(advised, open)
  const effects: RewriteEffect[] = []
  for (const predictor of edited) {
    const predict = async (content: Uint8Array | null): Promise<CacheFigures | null> =>
      content === null ? null : ((await predictor.predictWith(content))?.after ?? null)
    effects.push({
      build: predictor.build.plan.name,
      dockerfile: file,
      changedPath: predictor.changedPath!,
      now: (await predictor.predictNow())!,
      safe: await predict(withSafe),
      all: await predict(withAll),
    })
  }
  return effects
}

/**
 * Returns a function that predicts what the everyday edit runs again in the first build of a file with chosen rewrites:
 * null where nothing stands for an edit.
 */
export function createChoiceForecast(
  advised: AdvisedFile,
): (chosen: readonly Rewrite[]) => Promise<RewriteEffect | null> {
  const {file, builds} = advised
  const [build] = builds
  const predictor = build === undefined ? null : new EffectPredictor(build, new Map(), null)
  return async (chosen) => {
    const now = (await predictor?.predictNow()) ?? null
    if (predictor === null || now === null) return null
    const after = rewriteBytes(advised, chosen)
    const safe = after === null ? null : ((await predictor.predictWith(after))?.after ?? null)
    const {name} = predictor.build.plan
    return {build: name, dockerfile: file, changedPath: predictor.changedPath!, now, safe, all: null}
  }
}

async function predictEach(
  predictors: readonly EffectPredictor[],
  content: Uint8Array,
  rewrite: Rewrite,
): Promise<RewriteCacheEffect[]> {
  const effects: RewriteCacheEffect[] = []
  for (const predictor of predictors) {
    const effect = await predictor.predictRewrite(content, rewrite)
    if (effect !== null) effects.push(effect)
  }
  return effects
}

/** Null where nothing changes, or the bytes cannot be edited. */
function rewriteBytes(advised: AdvisedFile, rewrites: readonly Rewrite[]): Uint8Array | null {
  try {
    const {content, applied} = applyInTurns(advised, rewrites)
    return applied.length === 0 ? null : content
  } catch (error) {
    if (error instanceof DockerfileError) return null
    throw error
  }
}

/** Predicts what an edit of one source file runs again in a build, whatever the text of its Dockerfile. */
class EffectPredictor {
  /** The file that stands for an everyday edit; null where nothing that is sent looks like source code. */
  readonly changedPath: string | null
  readonly #now: CurrentBuild
  readonly #side: CacheSide
  readonly #seconds: ReadonlyMap<string, number>
  /** By instruction, as seconds are; null without an image. */
  readonly #pullBytes: ReadonlyMap<string, number> | null

  constructor(
    readonly build: ProjectBuild,
    times: StepTimes,
    layers: ImageLayers | null,
  ) {
    const {tree, hostPath} = build.context
    const digests = new DirectoryDigests(tree, hostPath)
    const {contextDir, buildArgs = {}} = build.asked.options
    this.#side = {contextDir, buildArgs}
    this.#now = {build, described: describeSide(build.graph!, this.#side), digests}
    this.#seconds = readSeconds(times)
    this.#pullBytes = layers && readPullBytes(build, layers)
    this.changedPath = chooseSourceFile(new ContextView(tree, build.main.selection, digests), {
      near: directoryOf(build.plan),
    })
  }

  /** What the edit runs again; null where nothing stands for it. */
  async predictNow(): Promise<CacheFigures | null> {
    return this.changedPath === null ? null : this.#predictEdit(this.#now, this.changedPath)
  }

  /** What all of a new text changes; null where nothing stands for an edit, or the text cannot be built. */
  async predictWith(content: Uint8Array): Promise<RewriteCacheEffect | null> {
    const {changedPath} = this
    const next = changedPath === null ? null : this.#rewrite(content)
    return changedPath === null || next === null ? null : this.#compare(next, changedPath)
  }

  /** The same of one rewrite: for an edit that it is about, where the everyday one is none. */
  async predictRewrite(content: Uint8Array, rewrite: Rewrite): Promise<RewriteCacheEffect | null> {
    const next = this.changedPath === null ? null : this.#rewrite(content)
    if (next === null) return null
    let first: RewriteCacheEffect | null = null
    for (const path of this.#listPathsOf(rewrite)) {
      const effect = await this.#compare(next, path)
      if (effect.after.rerunCount !== effect.before.rerunCount) return effect
      first ??= effect
    }
    return first
  }

  /** The everyday edit first, then one below each directory that the copies among its lines take. */
  #listPathsOf({line, endLine}: Rewrite): string[] {
    const {build, digests, described} = this.#now
    const view = new ContextView(build.context.tree, build.main.selection, digests)
    const steps = described.graph.steps.filter((step) => step.line >= line && step.line <= endLine)
    const reads = steps.flatMap((step) =>
      step.reads.filter(({from}) => from.kind === 'context' && from.name === null),
    )
    const below = reads.map(({path, hasWildcards}) => (hasWildcards ? '' : path.replace(/^\/+|\/+$/g, '')))
    const sources = [...new Set(below)]
      .slice(0, MAX_COPIES)
      .map((path) => chooseSourceFile(view, {below: path}))
    const paths = [this.changedPath, ...sources].filter((path) => path !== null)
    return [...new Set(paths)]
  }

  async #compare(next: CurrentBuild, changedPath: string): Promise<RewriteCacheEffect> {
    const before = editPaths(this.#now, 'no-change', '', [])
    const {after} = editPaths(next, 'no-change', '', [])
    return {
      build: this.build.plan.name,
      changedPath,
      before: await this.#predictEdit(this.#now, changedPath),
      after: await this.#predictEdit(next, changedPath),
      firstBuild: await this.#predict({...before, after}),
    }
  }

  #rewrite(content: Uint8Array): CurrentBuild | null {
    return rewriteBuild(this.#now, content, this.build.asked.options, this.#side)
  }

  #predictEdit(current: CurrentBuild, changedPath: string): Promise<CacheFigures> {
    return this.#predict(editPaths(current, 'source', '', [changedPath]))
  }

  async #predict({before, after, keeps, read}: Scenario): Promise<CacheFigures> {
    const prediction = await forecastBuild(before, after, read, keeps)
    const steps = tellReportSteps(prediction, (step) => this.#seconds.get(nameOf(step)) ?? null)
    const {graph} = after.build
    const pullBytes = graph === null ? null : this.#sumPull(stepsBehind(graph.target), steps)
    return {...countStates(steps), seconds: findLongestPath(steps), pullBytes}
  }

  /** What a deploy downloads: the layers of the image's own chain that run or may. Null where one of them is new. */
  #sumPull(chain: readonly Step[], steps: readonly CacheStep[]): number | null {
    if (this.#pullBytes === null) return null
    const again = new Set(steps.filter(({state}) => state !== 'cached').map(({text}) => text))
    let bytes = 0
    for (const step of chain.filter(({text}) => again.has(text))) {
      const own = this.#pullBytes.get(nameOf(step))
      if (own === undefined) return null
      bytes += own
    }
    return bytes
  }
}

/** Of the steps of the image's chain whose layer is known. */
function readPullBytes({graph}: ProjectBuild, layers: ImageLayers): Map<string, number> {
  const chain = graph === null ? [] : stepsBehind(graph.target)
  return new Map(
    chain.flatMap((step) => {
      const bytes = layers.pullBytesOf(step.line)
      return bytes === null ? [] : [[nameOf(step), bytes] as const]
    }),
  )
}

/** By instruction: a rewrite gives steps other numbers. */
function readSeconds(times: StepTimes): Map<string, number> {
  return new Map([...times].map(([text, {seconds}]) => [nameOf({text}), seconds]))
}

/** The instruction of `[build 2/4] COPY . .`. */
function nameOf({text}: Pick<CacheStep, 'text'>): string {
  return text.replace(/^\[[^\]]*\]\s*/, '')
}
