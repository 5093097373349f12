import {formatBytes, formatFiles, formatSaving, formatThings} from '../../languages/text/amounts.js'
import type {ContextReport} from '../../report/context-report.js'
import type {DockerfileReport, RewriteEffect} from '../../report/dockerfile-report.js'
import {headlineOf} from '../../report/headline.js'
import type {ImageAnalysis} from '../../report/image-report.js'
import type {ComposeReport} from '../../report/project/compose-report.js'
import type {OverviewPart} from '../../report/project/overview-report.js'

/** What one part came to. */
export type Outcome<Report> =
  | {status: 'known'; report: Report}
  | {status: 'absent'; reason: string}
  | {status: 'failed'; reason: string}

/** The context in a line: what crosses, and what would. */
export function describeContext(report: ContextReport, contextDir: string): OverviewPart {
  const {suggestions, plans} = report
  const {before, after} = headlineOf(report)
  const rebuild = formatBytes(before.rebuildTransferBytes)
  const each = plans.length === 1 ? '' : ` for ${formatThings(plans.length, 'build')}`
  const open = suggestions.filter(({confidence}) => confidence === 'review').length
  const saving = formatSaving(before.transferBytes, after.transferBytes)
  const isSmaller = after.transferBytes < before.transferBytes
  const [now, then] = [formatBytes(before.transferBytes), formatBytes(after.transferBytes)]
  return {
    part: 'context',
    status: 'known',
    text: `${now} in ${formatFiles(before.fileCount)}${each}, ${rebuild} again on every rebuild`,
    gain: isSmaller
      ? now === then
        ? `${saving} after the proved lines`
        : `${then} after the proved lines, ${saving}`
      : open === 0
        ? null
        : `${formatThings(open, 'line')} to review`,
    command: ['context', contextDir, ...(isSmaller ? ['--diff'] : [])],
  }
}

/** What an everyday edit runs again: of several builds the worst. */
export function describeRebuild(outcome: Outcome<DockerfileReport>, contextDir: string): OverviewPart {
  const base = {part: 'rebuild' as const, command: ['cache', contextDir]}
  if (outcome.status !== 'known') return {...base, status: outcome.status, text: outcome.reason, gain: null}
  const {effects, builds} = outcome.report
  const [worst] = effects.toSorted((one, other) => shareOf(other) - shareOf(one))
  if (worst === undefined) {
    return {...base, status: 'absent', text: 'no source code is sent', gain: null}
  }
  const {changedPath, build, now, safe, all} = worst
  const whose = builds.length > 1 ? ` of ${build}` : ''
  const best = safe ?? all
  const isLess = best !== null && best.rerunCount < now.rerunCount
  return {
    ...base,
    status: 'known',
    text: `an edit of ${changedPath} runs ${now.rerunCount} of ${now.stepCount} steps${whose} again${describeMay(now)}`,
    gain: isLess
      ? `${best.rerunCount} of ${best.stepCount} with the ${safe === null ? '?' : '+'} changes${describeMay(best)}`
      : null,
  }
}

/** Steps that run again only if an earlier one writes other files. */
function describeMay({dependsCount}: RewriteEffect['now']): string {
  return dependsCount === 0 ? '' : ` (${dependsCount} more if one before them writes other files)`
}

function shareOf({now: {rerunCount, stepCount}}: RewriteEffect): number {
  return stepCount === 0 ? 0 : rerunCount / stepCount
}

export function describeDockerfile(outcome: Outcome<DockerfileReport>, contextDir: string): OverviewPart {
  const base = {part: 'dockerfile' as const, command: ['dockerfile', contextDir]}
  if (outcome.status !== 'known') return {...base, status: outcome.status, text: outcome.reason, gain: null}
  const {rewrites, builds} = outcome.report
  const files = new Set(builds.map(({dockerfile}) => dockerfile)).size
  return {
    ...base,
    status: 'known',
    text: files === 1 ? [...builds][0]!.dockerfile : formatThings(files, 'Dockerfile'),
    gain: countChanges(rewrites),
  }
}

/** Null where nothing is proposed. */
function countChanges(rewrites: readonly {confidence: string}[]): string | null {
  const count = (confidence: string) => rewrites.filter((one) => one.confidence === confidence).length
  const [safe, review] = [count('safe'), count('review')]
  const changes = safe === 0 ? 'change' : 'proved change'
  if (safe + review === 0) return null
  if (safe === 0) return `${formatThings(review, changes)} to review`
  return `${formatThings(safe, changes)}${review === 0 ? '' : `, ${review} to review`}`
}

/** The image that was named, else the sizes that the engine tells. */
export function describeImage(named: Outcome<ImageAnalysis>, compose: ComposeReport | null): OverviewPart {
  if (named.status === 'known') {
    const [image] = named.report.images
    const hidden = image?.hiddenBytes ?? 0
    return {
      part: 'image',
      status: 'known',
      text: `${named.report.source}: ${formatBytes(image?.unpackedBytes ?? 0)} unpacked, ${formatBytes(image?.pullBytes ?? 0)} to pull`,
      gain: hidden === 0 ? null : `${formatBytes(hidden)} hidden`,
      command: ['image', named.report.source],
    }
  }
  const sized = (compose?.services ?? []).filter(({build, sizeBytes}) => build !== null && sizeBytes !== null)
  const largest = sized.toSorted((one, other) => other.sizeBytes! - one.sizeBytes!)[0]
  if (named.status === 'failed' || largest === undefined) {
    return {part: 'image', status: named.status, text: named.reason, gain: null, command: ['image', 'NAME']}
  }
  const others = sized.length - 1
  return {
    part: 'image',
    status: 'known',
    text: `${largest.image} has ${formatBytes(largest.sizeBytes!)} in your engine${others === 0 ? '' : `, the largest of ${sized.length}`}`,
    gain: null,
    command: ['image', largest.image!],
  }
}

export function describeCompose(outcome: Outcome<ComposeReport>, contextDir: string): OverviewPart {
  const base = {part: 'compose' as const, command: ['compose', contextDir]}
  if (outcome.status !== 'known') return {...base, status: outcome.status, text: outcome.reason, gain: null}
  const {services, findings, files, rewrites} = outcome.report
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length
  const [errors, warnings] = [count('error'), count('warning')]
  const again = services.filter(({build}) => build !== null && build.sameAs !== null).length
  const counts = [
    formatThings(services.length, 'service'),
    ...(again > 0 ? [`${formatThings(again, 'build')} repeated`] : []),
    ...(errors > 0 ? [formatThings(errors, 'error')] : []),
    ...(warnings > 0 ? [formatThings(warnings, 'warning')] : []),
  ]
  return {
    ...base,
    status: 'known',
    text: `${files.join(', ')}: ${counts.join(', ')}`,
    gain: countChanges(rewrites),
  }
}
