import {formatBytes, formatRoughly} from '../../languages/text/amounts.js'
import type {
  CacheFigures,
  Rewrite,
  RewriteCacheEffect,
  RewriteEffect,
} from '../../report/dockerfile-report.js'

/** What runs again: `3 of 9 steps, about 94 s`. @param noun behind the count; empty where it was said before */
function describeFigures(
  {stepCount, rerunCount, dependsCount, seconds, pullBytes}: CacheFigures,
  noun = '',
): string {
  const may = dependsCount === 0 ? '' : ` (${dependsCount} more if one before them writes other files)`
  const time = seconds === null || rerunCount + dependsCount === 0 ? '' : `, ${formatRoughly(seconds)}`
  const pull = pullBytes === null ? '' : `, and a deploy pulls ${formatBytes(pullBytes)}`
  return `${rerunCount} of ${stepCount}${noun}${may}${time}${pull}`
}

/** The sentence on one build: what an edit runs again now, and with the changes. */
export function explainEffect({changedPath, now, safe, all}: RewriteEffect): string {
  const more = [
    ...(safe === null || isSame(safe, now) ? [] : [`with the + changes: ${describeFigures(safe)}`]),
    ...(all === null || isSame(all, safe ?? now)
      ? []
      : [`with the ? changes${safe === null ? '' : ' too'}: ${describeFigures(all)}`]),
  ]
  return [`an edit of ${changedPath} runs ${describeFigures(now, ' steps again')}`, ...more].join('; ')
}

/** The same for changes that a person ticks: now, and with them. */
export function explainChosenEffect({changedPath, now, safe}: RewriteEffect): string {
  const then = safe === null || isSame(now, safe) ? ', as now' : ` instead of ${describeFigures(now)}`
  return `an edit of ${changedPath} runs ${describeFigures(safe ?? now, ' steps again')}${then}`
}

/** What one rewrite saves and costs, one sentence for each build where it changes something. */
export function explainRewriteEffects({cache, imageBytes}: Pick<Rewrite, 'cache' | 'imageBytes'>): string[] {
  const texts = cache.flatMap((effect) => explainOne(effect, cache.length > 1))
  const saved = imageBytes === undefined ? [] : [`saves ${formatBytes(imageBytes)} in the image`]
  return [...new Set(texts), ...saved]
}

function explainOne(
  {build, changedPath, before, after, firstBuild}: RewriteCacheEffect,
  isOfSeveral: boolean,
): string[] {
  if (isSame(before, after)) return []
  const whose = isOfSeveral ? `${build}: ` : ''
  const cost =
    firstBuild.rerunCount === 0
      ? ''
      : `; the first build after this change runs ${describeFigures(firstBuild)}`
  const now = describeFigures(after, ' steps again')
  return [`${whose}an edit of ${changedPath} runs ${now} instead of ${describeFigures(before)}${cost}`]
}

function isSame(one: CacheFigures, other: CacheFigures): boolean {
  return (
    one.rerunCount === other.rerunCount &&
    one.dependsCount === other.dependsCount &&
    one.seconds === other.seconds &&
    one.pullBytes === other.pullBytes
  )
}
