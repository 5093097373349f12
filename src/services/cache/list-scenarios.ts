import {ContextView, keepsNothing, keepsOnSameBuilder} from '../../build/cache/context-view.js'
import {SlimCheckError} from '../../errors.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import {GitDirectory} from '../load/git-repository.js'
import {changeTexts} from '../load/load-plan.js'
import {graphOf} from '../load/load-project.js'
import type {CacheRequest, EverydayScenario} from './cache-request.js'
import {chooseLockFile, chooseSourceFile, directoryOf} from './changes/choose-files.js'
import {editPaths} from './changes/edit-paths.js'
import {explainLastCommit} from './changes/explain-no-parent.js'
import {listChangesSince} from './changes/list-changes.js'
import {loadCommit} from './changes/load-commit.js'
import {resolveChanged} from './changes/resolve-changed.js'
import {fetchObjects, type Moment, revertChanges, textsOf} from './changes/revert-changes.js'
import {type CurrentBuild, keepsCopies, type Scenario, viewCurrent, viewOther} from './changes/scenario.js'
import {type CacheSide, describeSide} from './predict/cache-side.js'

/** What is looked at where nothing is asked for. */
const EVERYDAY: readonly EverydayScenario[] = ['source', 'lock', 'commit']

/** The changes of one build that a request asks about. */
export class ScenarioLister {
  readonly #current: CurrentBuild
  readonly #git: GitDirectory
  readonly #asksGit: boolean
  /** The directory of the Dockerfile in the context. */
  readonly #near: string

  constructor(
    private readonly request: CacheRequest,
    current: CurrentBuild,
    private readonly options: BuildOptions,
    private readonly side: CacheSide,
  ) {
    this.#current = current
    this.#git = new GitDirectory(current.build.context.hostPath)
    this.#near = directoryOf(current.build.plan)
    this.#asksGit = request.since !== undefined || request.last !== undefined
  }

  /** Why there is no scenario of the last commit where one could be, and what would help; null where nothing is lacking. */
  leftOut: string | null = null

  /** What is asked for; the everyday scenarios if nothing is. */
  async list(): Promise<Scenario[]> {
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
    const {tree} = this.#current.build.context
    const view = new ContextView(tree, this.#current.build.main.selection, this.#current.digests)
    switch (name) {
      case 'source': {
        const file = chooseSourceFile(view, {near: this.#near})
        return file === null ? [] : [editPaths(this.#current, name, `an edit of ${file}`, [file])]
      }
      case 'lock': {
        const file = chooseLockFile(view, this.#near)
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

  /** None where there is no Git, or no commit before the last one. A project without a repository expects none. */
  async #findLastCommit(): Promise<Scenario[]> {
    if (!this.#asksGit && !this.#git.isPossible) return []
    try {
      return [await this.#findChangesSince('commit', 'HEAD~1')]
    } catch (error) {
      if (!(error instanceof SlimCheckError) || this.#asksGit) throw error
      this.leftOut = await explainLastCommit(this.#git, error)
      return []
    }
  }

  /** What CI builds, whose cache is then imported here, or the other way round: contents are compared, and all modes. */
  async #checkOutCleanly(): Promise<Scenario> {
    const commit = await this.#git.resolveCommit('HEAD')
    const clean = await loadCommit(this.#current, this.#git, commit, this.options)
    const {digests} = this.#current
    const {tree} = this.#current.build.context
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
    const workingDir = this.options.workingDir ?? process.cwd()
    const {context, main} = this.#current.build
    const view = new ContextView(context.tree, main.selection, this.#current.digests)
    const {paths, remarks} = resolveChanged(given, workingDir, this.#current.build, view)
    return {...editPaths(this.#current, 'changed', `a change of ${given.join(', ')}`, paths), remarks}
  }

  async #findChangesSince(name: 'since' | 'commit', revision: string): Promise<Scenario> {
    const commit = await this.#git.resolveCommit(revision)
    const {tree, hostPath} = this.#current.build.context
    const changes = await listChangesSince(this.#git, commit, tree, hostPath)
    const {
      digests,
      described: {graph},
    } = this.#current
    const {plan, main} = this.#current.build
    const now: Moment = {tree, digests, plan, graph, request: main, texts: textsOf(plan)}
    const objects = await fetchObjects(this.#git, plan, changes)
    const before = revertChanges(now, changes, objects, this.options)
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
    const {options} = this
    const {plan} = this.#current.build
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
      ...this.side,
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
}
