import type {BuildOptions} from '../../plan/build-options.js'
import type {CacheCause, CacheReportStep} from '../../report/cache-report.js'
import {changeTexts} from '../load/load-plan.js'
import {graphOf} from '../load/load-project.js'
import {type CurrentBuild, viewCurrent} from './changes/scenario.js'
import type {PastBuild} from './load-records.js'
import {type CacheSide, describeSide} from './predict/cache-side.js'
import {forecastBuild, tellReportSteps, type ViewedBuild} from './predict/forecast.js'

/**
 * Says why steps of a past build ran, beside the one before it: what its Dockerfile and its arguments explain is predicted
 * from both texts; where that leaves a step cached and it ran, its files, its image or the cache itself had changed.
 * @throws SlimCheckError where one of the texts cannot be read
 */
export async function explainBuilds(
  current: CurrentBuild,
  options: BuildOptions,
  side: CacheSide,
  {before, after}: {before: PastBuild; after: PastBuild},
): Promise<CacheReportStep[]> {
  const views = [before, after].map((past) => viewPast(current, options, side, past))
  const {digests} = current
  const prediction = await forecastBuild(views[0]!, views[1]!, (_view, entries) => digests.read(entries))
  const steps = tellReportSteps(prediction, () => null)
  const hasOtherImage = [...after.digests].some(
    ([uri, digest]) => (before.digests.get(uri) ?? digest) !== digest,
  )
  const told: CacheReportStep[] = []
  for (const [at, step] of steps.entries()) {
    const isCached = after.cached.get(step.text) ?? true
    const below = step.needs.map((place) => told[place]!).filter(({state}) => state === 'runs')
    const {reads} = prediction.steps[at]!.step
    const takesContext = reads.some(({from}) => from.kind === 'context')
    const causes = isCached
      ? []
      : findCauses(step, below, {takesContext, hasOtherImage, isForced: after.noCache})
    told.push({...step, state: isCached ? 'cached' : 'runs', causes})
  }
  return told
}

function viewPast(
  current: CurrentBuild,
  options: BuildOptions,
  side: CacheSide,
  past: PastBuild,
): ViewedBuild {
  const {plan} = current.build
  const {target: _, ...others} = options
  const own = {...others, buildArgs: past.buildArgs, ...(past.target !== null && {target: past.target})}
  const changed = changeTexts(plan, own, past.dockerfile, plan.context.ignoreFile)
  const described = describeSide(graphOf(changed)!, {
    ...side,
    buildArgs: past.buildArgs,
    noCache: past.noCache,
  })
  return {...viewCurrent(current, current.digests), build: described}
}

/** What is predicted first; then what ran below it; else what the records do not tell. */
function findCauses(
  {causes}: CacheReportStep,
  below: readonly CacheReportStep[],
  {takesContext, hasOtherImage, isForced}: {takesContext: boolean; hasOtherImage: boolean; isForced: boolean},
): CacheCause[] {
  if (isForced) return [{kind: 'no-cache'}]
  const own = causes.filter(({kind}) => kind !== 'step' && kind !== 'source')
  const standing = below.map(({line, text}): CacheCause => ({kind: 'step', line, text}))
  if (own.length + standing.length > 0) return [...own, ...standing]
  if (takesContext) return [{kind: 'paths', context: null, paths: []}]
  return hasOtherImage ? [{kind: 'image', image: 'its base'}] : [{kind: 'gone'}]
}
