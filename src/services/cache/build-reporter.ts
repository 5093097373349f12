import path from 'node:path'
import {runCacheRules} from '../../advice/rules/cache/all-cache-rules.js'
import {ContextView, keepsNothing} from '../../build/cache/context-view.js'
import {leaveUnexported} from '../../build/cache/leave-unexported.js'
import {measureLayer} from '../../build/cache/measure-layer.js'
import type {CachePrediction} from '../../build/cache/predict-cache.js'
import {chainOf} from '../../build/graph/query-graph.js'
import {predictRebuild} from '../../build/transfer/predict-transfer.js'
import {SlimCheckError} from '../../errors.js'
import type {StepTimes} from '../../measure/times/step-times.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {
  CacheAfter,
  CacheBuildReport,
  CacheHistory,
  CacheScenario,
  CacheStep,
} from '../../report/cache-report.js'
import type {Finding} from '../../report/context-report.js'
import {GitDirectory} from '../load/git-repository.js'
import type {AskedBuild} from '../load/load-builds.js'
import type {Build} from '../project.js'
import {type CacheRequest, chooseStore} from './cache-request.js'
import {editPaths} from './changes/edit-paths.js'
import {explainHistory} from './changes/explain-no-parent.js'
import {replayHistory} from './changes/replay-history.js'
import {rewriteBuild} from './changes/rewrite-build.js'
import type {CurrentBuild, Scenario} from './changes/scenario.js'
import {explainBuilds} from './explain-builds.js'
import {ScenarioLister} from './list-scenarios.js'
import {loadCi} from './load-ci.js'
import {loadLastBuilds, type PastBuild} from './load-records.js'
import {type CacheSide, describeSide} from './predict/cache-side.js'
import type {DirectoryDigests} from './predict/file-digests.js'
import {findLongestPath, forecastBuild, tellReportSteps, type ViewedBuild} from './predict/forecast.js'
import {countStates, groupCommits} from './sum-up.js'

/** Reports on one build: each change, what is wrong, the history, and the same with another text. */
export class BuildReporter {
  readonly #options: BuildOptions
  readonly #build: Build
  readonly #current: CurrentBuild
  readonly #side: CacheSide
  readonly #git: GitDirectory

  constructor(
    private readonly request: CacheRequest,
    {asked, build, digests}: {asked: AskedBuild; build: Build; digests: DirectoryDigests},
    private readonly times: StepTimes,
  ) {
    this.#options = asked.options
    this.#build = build
    const {plan, graph} = build
    if (graph === null) {
      throw new SlimCheckError('dockerfile-not-found', {path: path.join(plan.context.path, 'Dockerfile')})
    }
    this.#git = new GitDirectory(build.context.hostPath)
    const {contextDir, buildArgs = {}} = asked.options
    this.#side = {contextDir, buildArgs, imageStore: chooseStore(request)}
    this.#current = {build, described: describeSide(graph, this.#side), digests}
  }

  async report(): Promise<CacheBuildReport> {
    const {plan} = this.#build
    const scenarios: CacheScenario[] = []
    const lister = new ScenarioLister(this.request, this.#current, this.#options, this.#side)
    if (this.request.explain) scenarios.push(await this.#explainLast())
    else for (const scenario of await lister.list()) scenarios.push(await this.#predict(scenario))
    const {last} = this.request
    const history = last === undefined ? null : await this.#replay(last)
    const lacking = history && (await explainHistory(this.#git, history.commits, last!))
    return {
      name: plan.name,
      dockerfile: plan.dockerfile!.path,
      target: plan.target,
      scenarios,
      leftOut: [lister.leftOut, lacking].filter((one) => one !== null),
      findings: await this.#findProblems(),
      history,
      after: await this.#predictAfter(scenarios),
      problem: null,
    }
  }

  async #explainLast(): Promise<CacheScenario> {
    const pair = await loadLastBuilds(this.#build.context.hostPath)
    const steps = await explainBuilds(this.#current, this.#options, this.#side, pair)
    const toMinute = ({date}: PastBuild) => date.slice(0, 16).replace('T', ' ')
    return {
      name: 'explain',
      title: `the build of ${toMinute(pair.after)}, after that of ${toMinute(pair.before)} (UTC)`,
      changedPaths: [],
      remarks: [],
      steps: steps.map((step) => ({...step, lastSeconds: this.#secondsOf(step.text)})),
      ...countStates(steps),
      transferBytes: null,
      newLayerBytes: 0,
      longestPathSeconds: null,
    }
  }

  /** The same paths changed with another text of the Dockerfile; null where nobody asks, or there is no other. */
  async #predictAfter(scenarios: readonly CacheScenario[]): Promise<CacheAfter | null> {
    const rewritten = this.request.rewrite?.(this.#build) ?? null
    if (rewritten === null) return null
    const current = rewriteBuild(this.#current, rewritten.content, this.#options, this.#side)
    if (current === null) return null
    const predicted: CacheScenario[] = []
    for (const {name, title, changedPaths} of scenarios) {
      if (changedPaths.length === 0 && name !== 'no-change') continue
      predicted.push(await this.#predict(editPaths(current, name, title, changedPaths)))
    }
    return {rewrites: rewritten.rewrites, scenarios: predicted}
  }

  async #predict(scenario: Scenario): Promise<CacheScenario> {
    const {name, title, changedPaths, remarks = [], before, after, keeps, read} = scenario
    const {builder = 'local'} = this.request
    const isFresh = builder !== 'local'
    const isSameTree = before.views.get(null)?.tree === after.views.get(null)?.tree
    const rule = isFresh && !isSameTree && name !== 'since' ? keepsNothing : keeps
    const full = await forecastBuild(before, after, read, rule)
    const prediction = builder === 'min' ? leaveUnexported(full, after.build.graph) : full
    const steps = tellReportSteps(prediction, ({text}) => this.#secondsOf(text))
    return {
      name,
      title,
      // Of a clean checkout only what steps take is looked at.
      changedPaths: name === 'clean-checkout' ? listPaths(steps) : changedPaths,
      remarks,
      steps,
      ...countStates(steps),
      transferBytes: this.#measureTransfer(after.views.get(null)),
      newLayerBytes: measureNewLayers(prediction, after),
      longestPathSeconds: findLongestPath(steps),
    }
  }

  /** By its name, or else by its instruction: a rewrite gives steps other numbers. */
  #secondsOf(text: string): number | null {
    const known = this.times.get(text)
    if (known !== undefined) return known.seconds
    for (const [name, {seconds}] of this.times)
      if (instructionOf(name) === instructionOf(text)) return seconds
    return null
  }

  /** Every entry is announced, and what has changed is sent. */
  #measureTransfer(view: ContextView | undefined): number | null {
    const {main} = this.#build
    if (view === undefined || view.earlier === null) return null
    if (!main.requests.usesContext) return 0
    const changed = new Set(view.earlier.changed)
    const selection = {entries: view.sent, arrivesEmpty: view.arrivesEmpty, unreadable: []}
    return predictRebuild(view.tree, selection, changed)
  }

  async #findProblems(): Promise<readonly Finding[]> {
    const {plan, main, context} = this.#build
    const view = new ContextView(context.tree, main.selection, this.#current.digests)
    const ignoreFile = plan.context.ignoreFile?.path ?? null
    const {graph} = this.#current.described
    const ci = await loadCi(plan)
    return runCacheRules({file: plan.dockerfile!.path, ignoreFile, graph, view, ci})
  }

  async #replay(count: number): Promise<CacheHistory> {
    const replayed = await replayHistory(this.#current, this.#git, count, this.#options)
    return groupCommits(replayed)
  }
}

/** The instruction of `[build 2/4] COPY . .`. */
function instructionOf(name: string): string {
  return name.replace(/^\[[^\]]*\] /, '')
}

/** Of the image's own chain alone: other stages make layers that stay on the builder. */
function measureNewLayers({steps}: CachePrediction, {build, views}: ViewedBuild): number {
  const own = new Set(chainOf(build.graph.target.end))
  const made = steps.filter(({step, state, part}) => state !== 'cached' && part !== 'link' && own.has(step))
  return made.reduce((sum, {step}) => sum + measureLayer(step, (name) => views.get(name)), 0)
}

/** The paths that steps take and that differ, sorted. */
function listPaths(steps: readonly CacheStep[]): string[] {
  const paths = steps.flatMap(({causes}) =>
    causes.flatMap((cause) => (cause.kind === 'paths' ? cause.paths : [])),
  )
  return [...new Set(paths)].sort()
}
