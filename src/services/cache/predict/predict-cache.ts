import type {ContextView} from '../../../build/cache/context-view.js'
import {SlimCheckError} from '../../../errors.js'
import type {CacheForecast} from '../../../report/cache-report.js'
import type {FileTree} from '../../../tree/model/file-tree.js'
import {measurePlans} from '../../analysis/measure-project.js'
import {type CacheSide, describeSide, loadSide, viewContexts} from './cache-side.js'
import {DirectoryDigests} from './file-digests.js'
import {forecastBuild, tellSteps} from './forecast.js'

/**
 * Predicts what a build finds in the cache of a builder that has made one other build, and nothing else: which steps it
 * runs again. Both directories count as one and the same context at two times, as a builder takes them.
 * @throws SlimCheckError when a side could not be built: every case has a code, a message and a next step
 */
export async function predictCache(before: CacheSide, after: CacheSide): Promise<CacheForecast> {
  checkSide(before, 'before')
  checkSide(after, 'after')
  const plans = [loadSide(before), loadSide(after)] as const
  const [one, other] = await measurePlans(plans)
  const digests = new DigestStore()
  const prediction = await forecastBuild(
    {build: describeSide(one!.graph!, before), views: viewContexts(one!, digests.of)},
    {build: describeSide(other!.graph!, after), views: viewContexts(other!, digests.of)},
    digests.read,
  )
  return {steps: tellSteps(prediction)}
}

/** Scripts may be in plain JavaScript. */
function checkSide(side: CacheSide, name: string): void {
  if (typeof side?.contextDir === 'string') return
  throw new SlimCheckError('bad-option', {name: `${name}.contextDir`, wanted: 'a path', type: 'CacheSide'})
}

/** The digests of each directory once, however many builds read it. */
class DigestStore {
  readonly #byTree = new Map<FileTree, DirectoryDigests>()

  readonly of = (hostPath: string, tree: FileTree): DirectoryDigests => {
    const digests = this.#byTree.get(tree) ?? new DirectoryDigests(tree, hostPath)
    this.#byTree.set(tree, digests)
    return digests
  }

  readonly read = async ({tree}: ContextView, entries: readonly number[]): Promise<void> => {
    await this.#byTree.get(tree)!.read(entries)
  }
}
