import type {CacheReport} from '../../report/cache-report.js'
import type {CacheRequest, RewrittenText} from '../cache/cache-request.js'
import {reportCache} from '../cache/report-cache.js'
import {dockerfileOf} from '../load/load-project.js'
import type {Build} from '../project.js'
import {adviseDockerfiles} from './advise-dockerfiles.js'
import {chooseRewrites, planChanges} from './write-rewrites.js'

/** Predicts what changes run again, as the Dockerfiles are and with their safe rewrites. @throws SlimCheckError when it could not run */
export async function reportCacheAfter(request: CacheRequest): Promise<{report: CacheReport}> {
  const {changed: _, since: __, last: ___, ...asked} = request
  const advice = await adviseDockerfiles(asked)
  const chosen = chooseRewrites(advice, false)
  const texts = new Map(
    planChanges(advice, chosen).map(({path, hostPath, after}): [string, RewrittenText] => {
      const rewrites = chosen
        .filter(({file}) => file === path)
        .map(({rule, line, title}) => ({rule, line, title}))
        .sort((one, other) => one.line - other.line)
      return [hostPath ?? '-', {content: after, rewrites}]
    }),
  )
  const rewrite = ({plan}: Build): RewrittenText | null => texts.get(dockerfileOf(plan) ?? '-') ?? null
  return reportCache({...request, rewrite})
}
