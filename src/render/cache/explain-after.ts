import type {CacheAfter, CacheBuildReport, CacheScenario} from '../../report/cache-report.js'
import {sumUpScenario} from './explain-cause.js'

/** A change, what it runs again as the Dockerfile is, and with the rewrites. */
interface AfterLine {
  title: string
  before: string
  after: string
  /** Fewer steps run, or may. */
  isBetter: boolean
}

/** The changes that were predicted with the rewrites, beside what they run now. */
export function listAfter({after, scenarios}: CacheBuildReport): AfterLine[] {
  return (after?.scenarios ?? []).flatMap((scenario) => {
    const now = scenarios.find(({name}) => name === scenario.name)
    if (now === undefined) return []
    const isBetter = countSteps(scenario) < countSteps(now)
    return [{title: now.title, before: sumUpScenario(now), after: sumUpScenario(scenario), isBetter}]
  })
}

function countSteps({rerunCount, dependsCount}: CacheScenario): number {
  return rerunCount + dependsCount
}

/** `with 2 safe rewrites (install-after-source, line 4; late-cleanup, line 9)`. */
export function nameRewrites({rewrites}: CacheAfter): string {
  const named = rewrites.map(({rule, line}) => `${rule}, line ${line}`).join('; ')
  return `with ${rewrites.length} safe ${rewrites.length === 1 ? 'rewrite' : 'rewrites'} (${named})`
}
