import path from 'node:path'
import {runCacheRules} from '../../advice/rules/cache/all-cache-rules.js'
import {ContextView, keepsNothing, keepsOnSameBuilder} from '../../build/cache/context-view.js'
import {leaveUnexported} from '../../build/cache/leave-unexported.js'
import {measureLayer} from '../../build/cache/measure-layer.js'
import type {CachePrediction} from '../../build/cache/predict-cache.js'
import {chainOf} from '../../build/graph/query-graph.js'
import {predictRebuild} from '../../build/transfer/predict-transfer.js'
import type {Settings} from '../../config/settings.js'
import {SlimCheckError} from '../../errors.js'
import {mergeTimes, type StepTimes} from '../../measure/times/step-times.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import type {
  CacheAfter,
  CacheBuilder,
  CacheBuildReport,
  CacheHistory,
  CacheReport,
  CacheScenario,
  CacheStep,
} from '../../report/cache-report.js'
import type {Finding} from '../../report/context-report.js'
import {measurePlans} from '../analysis/measure-project.js'
import {askBuilds, type BuildRequest, loadSettings} from '../load/ask-builds.js'
import {GitDirectory} from '../load/git-repository.js'
import {type AskedBuild, loadBuilds} from '../load/load-builds.js'
import {changeTexts} from '../load/load-plan.js'
import {graphOf, type WalkSettings} from '../load/load-project.js'
import type {Build} from '../project.js'
import {chooseLockFile, chooseSourceFile} from './changes/choose-files.js'
import {editPaths} from './changes/edit-paths.js'
import {listChangesSince} from './changes/list-changes.js'
import {loadCommit} from './changes/load-commit.js'
import {replayHistory} from './changes/replay-history.js'
import {resolveChanged} from './changes/resolve-changed.js'
import {fetchObjects, type Moment, revertChanges, textsOf} from './changes/revert-changes.js'
import {rewriteBuild} from './changes/rewrite-build.js'
import {type CurrentBuild, keepsCopies, type Scenario, viewCurrent, viewOther} from './changes/scenario.js'
import {type CacheLimits, checkBudgets} from './check-cache-budgets.js'
import {explainBuilds} from './explain-builds.js'
import {loadCi} from './load-ci.js'
import {loadLastBuilds, type PastBuild} from './load-records.js'
import {loadRecordedTimes, loadStepTimes} from './load-step-times.js'
import {type CacheSide, describeSide} from './predict/cache-side.js'
import {DirectoryDigests} from './predict/file-digests.js'
import {findLongestPath, forecastBuild, tellReportSteps, type ViewedBuild} from './predict/forecast.js'
import {countStates, groupCommits} from './sum-up.js'

/** What a person asks of the cache. Without a change the everyday ones are looked at. */
export interface CacheRequest extends BuildRequest, WalkSettings {
  /** Paths that change, relative to the working directory. */
  changed?: readonly string[]
  /** A commit: what has changed since. */
  since?: string
  /** How many of the last commits. */
  last?: number
  /** Build arguments that change, with their new values. */
  changedArgs?: Readonly<Record<string, string>>
  /** Why the last build ran what it ran, beside the one before it, as the engine's history tells. */
  explain?: boolean
  /** Only these of the everyday scenarios. */
  scenarios?: readonly EverydayScenario[]
  builder?: CacheBuilder
  /** Where the engine keeps images. Default: classic for the local builder, else containerd, as BuildKit in a container has it. */
  imageStore?: 'classic' | 'containerd'
  limits?: CacheLimits
  /** Gives another text for the Dockerfile of a build, with which the same changes are predicted; null: there is none. */
  rewrite?: (build: Build) => RewrittenText | null
  /** Where the times of past builds are kept; null: they are not asked for. Default: null. */
  timesDir?: string | null
  /** `.dockerbuild` files whose times count, too, relative to the working directory. */
  records?: readonly string[]
}

/** Another text of a Dockerfile, and what makes it. */
export interface RewrittenText {
  content: Uint8Array
  rewrites: CacheAfter['rewrites']
}

/** The everyday changes. */
export const EVERYDAY_SCENARIOS = ['source', 'lock', 'commit', 'no-change', 'clean-checkout'] as const

type EverydayScenario = (typeof EVERYDAY_SCENARIOS)[number]

/** What is looked at where nothing is asked for. */
const EVERYDAY: readonly EverydayScenario[] = ['source', 'lock', 'commit']

/** Predicts what changes run again, for every build that is asked for. @throws SlimCheckError when it could not run */
export async function reportCache(request: CacheRequest): Promise<{report: CacheReport; settings: Settings}> {
  const {settings} = await loadSettings(request)
  const {builds} = await askBuilds(request, settings)
  const {planned, failed} = loadBuilds(builds)
  const {indexDir = null, onProgress, timesDir = null} = request
  // Asked for while the contexts are walked: the answer takes as long.
  const directories = [...new Set(planned.map(({plan}) => plan.context.hostPath))]
  const asking = timesDir === null ? [] : directories.map((one) => loadStepTimes(one, timesDir))
  const measured = await measurePlans(
    planned.map(({plan}) => plan),
    {indexDir, ...(onProgress && {onProgress})},
  )
  const recorded = (request.records ?? []).map((file) => loadRecordedTimes(file, request.build.workingDir))
  const times = mergeTimes(await Promise.all([...asking, ...recorded]))
  const digests = new Map<string, DirectoryDigests>()
  const reports: CacheBuildReport[] = []
  for (const [at, build] of measured.entries()) {
    const {asked} = planned[at]!
    const {tree, hostPath} = build.context
    const own = digests.get(hostPath) ?? new DirectoryDigests(tree, hostPath)
    digests.set(hostPath, own)
    reports.push(await new BuildReporter(request, {asked, build, digests: own}, times).report())
  }
  const missing = failed.map(({name, options, error}): CacheBuildReport => {
    const {dockerfile = 'Dockerfile', target = null} = options
    return {
      name,
      dockerfile,
      target,
      scenarios: [],
      findings: [],
      history: null,
      after: null,
      problem: error.message,
    }
  })
  const all = [...reports, ...missing]
  const {builder = 'local', limits = {}, build} = request
  const imageStore = chooseStore(request)
  return {
    report: {
      schemaVersion: 1,
      context: build.contextDir,
      builder,
      imageStore,
      builds: all,
      budgets: checkBudgets(all, limits),
    },
    settings,
  }
}

/** BuildKit in a container, as builders of CI are, links copies; so does the containerd store. */
function chooseStore({builder = 'local', imageStore}: CacheRequest): 'classic' | 'containerd' {
  return imageStore ?? (builder === 'local' ? 'classic' : 'containerd')
}

/** Looks at one build. */
class BuildReporter {
  private readonly asked: AskedBuild
  private readonly build: Build
  readonly #current: CurrentBuild
  readonly #side: CacheSide
  readonly #git: GitDirectory
  readonly #asksGit: boolean

  constructor(
    private readonly request: CacheRequest,
    {asked, build, digests}: {asked: AskedBuild; build: Build; digests: DirectoryDigests},
    private readonly times: StepTimes,
  ) {
    this.asked = asked
    this.build = build
    const {plan, graph} = build
    if (graph === null) {
      throw new SlimCheckError('dockerfile-not-found', {path: path.join(plan.context.path, 'Dockerfile')})
    }
    const {contextDir, buildArgs = {}} = asked.options
    this.#side = {contextDir, buildArgs, imageStore: chooseStore(request)}
    this.#current = {build, described: describeSide(graph, this.#side), digests}
    this.#git = new GitDirectory(build.context.hostPath)
    this.#asksGit = request.since !== undefined || request.last !== undefined
  }

  async report(): Promise<CacheBuildReport> {
    const {plan} = this.build
    const scenarios: CacheScenario[] = []
    if (this.request.explain) scenarios.push(await this.#explainLast())
    else for (const scenario of await this.#listScenarios()) scenarios.push(await this.#predict(scenario))
    const history = this.request.last === undefined ? null : await this.#replay(this.request.last)
    return {
      name: plan.name,
      dockerfile: plan.dockerfile!.path,
      target: plan.target,
      scenarios,
      findings: await this.#findProblems(),
      history,
      after: await this.#predictAfter(scenarios),
      problem: null,
    }
  }

  async #explainLast(): Promise<CacheScenario> {
    const pair = await loadLastBuilds(this.build.context.hostPath)
    const steps = await explainBuilds(this.#current, this.asked.options, this.#side, pair)
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
    const rewritten = this.request.rewrite?.(this.build) ?? null
    if (rewritten === null) return null
    const current = rewriteBuild(this.#current, rewritten.content, this.asked.options, this.#side)
    if (current === null) return null
    const predicted: CacheScenario[] = []
    for (const {name, title, changedPaths} of scenarios) {
      if (changedPaths.length === 0 && name !== 'no-change') continue
      predicted.push(await this.#predict(editPaths(current, name, title, changedPaths)))
    }
    return {rewrites: rewritten.rewrites, scenarios: predicted}
  }

  /** What is asked for; the everyday scenarios if nothing is. */
  async #listScenarios(): Promise<Scenario[]> {
    const {changed, since, changedArgs, scenarios} = this.request
    const asked: Scenario[] = []
    if (changed !== undefined) asked.push(this.#editGiven(changed))
    if (since !== undefined) asked.push(await this.#findChangesSince('since', since))
    if (changedArgs !== undefined) asked.push(this.#changeArguments(changedArgs))
    const isNothing = asked.length === 0 && this.request.last === undefined
    for (const name of scenarios ?? (isNothing ? EVERYDAY : []))
      asked.push(...(await this.#makeEveryday(name)))
    return asked
  }

  async #makeEveryday(name: EverydayScenario): Promise<Scenario[]> {
    const {tree} = this.build.context
    const view = new ContextView(tree, this.build.main.selection, this.#current.digests)
    switch (name) {
      case 'source': {
        const file = chooseSourceFile(view)
        return file === null ? [] : [editPaths(this.#current, name, `an edit of ${file}`, [file])]
      }
      case 'lock': {
        const file = chooseLockFile(view)
        return file === null ? [] : [editPaths(this.#current, name, `a change of ${file}`, [file])]
      }
      case 'no-change':
        return [editPaths(this.#current, name, 'nothing changes', [])]
      case 'commit':
        return this.#findLastCommit()
      case 'clean-checkout':
        return [await this.#checkOutCleanly()]
    }
  }

  /** None where there is no Git, or no commit before the last one. */
  async #findLastCommit(): Promise<Scenario[]> {
    if (!this.#asksGit && !this.#git.isPossible) return []
    try {
      return [await this.#findChangesSince('commit', 'HEAD~1')]
    } catch (error) {
      if (!(error instanceof SlimCheckError) || this.#asksGit) throw error
      return []
    }
  }

  /** What CI builds, whose cache is then imported here, or the other way round: contents are compared, and all modes. */
  async #checkOutCleanly(): Promise<Scenario> {
    const commit = await this.#git.resolveCommit('HEAD')
    const clean = await loadCommit(this.#current, this.#git, commit, this.asked.options)
    const {digests} = this.#current
    const {tree} = this.build.context
    return {
      name: 'clean-checkout',
      title: 'this directory compared with a clean checkout of HEAD, as in CI',
      changedPaths: [],
      before: viewOther(this.#current, clean),
      after: viewCurrent(this.#current, digests),
      keeps: keepsNothing,
      read: (view, entries) => this.#read(entries.map((entry) => (view.tree === tree ? entry : -1))),
    }
  }

  #editGiven(given: readonly string[]): Scenario {
    const workingDir = this.asked.options.workingDir ?? process.cwd()
    const {context, main} = this.build
    const view = new ContextView(context.tree, main.selection, this.#current.digests)
    const {paths, remarks} = resolveChanged(given, workingDir, this.build, view)
    return {...editPaths(this.#current, 'changed', `a change of ${given.join(', ')}`, paths), remarks}
  }

  async #findChangesSince(name: 'since' | 'commit', revision: string): Promise<Scenario> {
    const commit = await this.#git.resolveCommit(revision)
    const {tree, hostPath} = this.build.context
    const changes = await listChangesSince(this.#git, commit, tree, hostPath)
    const {
      digests,
      described: {graph},
    } = this.#current
    const {plan, main} = this.build
    const now: Moment = {tree, digests, plan, graph, request: main, texts: textsOf(plan)}
    const objects = await fetchObjects(this.#git, plan, changes)
    const before = revertChanges(now, changes, objects, this.asked.options)
    const {patched} = before
    const title =
      name === 'since' ? `what has changed since ${revision}` : 'the last commit, and what is not committed'
    return {
      name,
      title,
      changedPaths: changes.map((change) => change.path.toString()).sort(),
      before: viewOther(this.#current, before),
      after: viewCurrent(this.#current, digests),
      keeps: keepsCopies(patched),
      read: (view, entries) =>
        this.#read(entries.map((entry) => (view.tree === tree ? entry : patched.origins[entry]!))),
    }
  }

  async #read(entries: readonly number[]): Promise<void> {
    const known = entries.filter((entry) => entry >= 0)
    // Git names a blob that it does not have: nothing can be compared with it.
    if (known.length < entries.length)
      throw new SlimCheckError('git-failed', {reason: 'an object is missing'})
    await this.#current.digests.read(known)
  }

  #changeArguments(changedArgs: Readonly<Record<string, string>>): Scenario {
    const {options} = this.asked
    const {plan} = this.build
    const other: BuildPlan = changeTexts(
      plan,
      {...options, buildArgs: {...options.buildArgs, ...changedArgs}},
      plan.dockerfile!.content,
      plan.context.ignoreFile,
    )
    const {digests} = this.#current
    const names = Object.keys(changedArgs)
    const after = viewCurrent(this.#current, digests)
    const described = describeSide(graphOf(other)!, {
      ...this.#side,
      buildArgs: {...options.buildArgs, ...changedArgs},
    })
    return {
      name: 'build-arg',
      title: `another value of ${names.join(', ')}`,
      changedPaths: [],
      before: viewCurrent(this.#current, digests),
      after: {...after, build: described},
      keeps: keepsOnSameBuilder,
      read: (_view, entries) => digests.read(entries),
    }
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
    const {main} = this.build
    if (view === undefined || view.earlier === null) return null
    if (!main.requests.usesContext) return 0
    const changed = new Set(view.earlier.changed)
    const selection = {entries: view.sent, arrivesEmpty: view.arrivesEmpty, unreadable: []}
    return predictRebuild(view.tree, selection, changed)
  }

  async #findProblems(): Promise<readonly Finding[]> {
    const {plan, main, context} = this.build
    const view = new ContextView(context.tree, main.selection, this.#current.digests)
    const ignoreFile = plan.context.ignoreFile?.path ?? null
    const {graph} = this.#current.described
    const ci = await loadCi(plan)
    return runCacheRules({file: plan.dockerfile!.path, ignoreFile, graph, view, ci})
  }

  async #replay(count: number): Promise<CacheHistory> {
    const replayed = await replayHistory(this.#current, this.#git, count, this.asked.options)
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
