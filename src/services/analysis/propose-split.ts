import type {SuggestedLine} from '../../advice/suggest/suggest-lines.js'
import {copyIgnoreFile} from '../../languages/ignore/edit/copy-ignore-file.js'
import {IGNORE_FILE} from '../load/load-ignore-file.js'
import type {Build} from '../project.js'
import type {AnalyzedGroup} from './analyze-builds.js'
import {
  createChange,
  describeChange,
  type IgnoreFileChange,
  measureWritten,
  parseWritten,
  withChanges,
} from './ignore-file-change.js'

/**
 * An ignore file of its own for a build that needs what the others should not send. It replaces the shared one for that
 * build entirely, and so repeats its lines.
 */
export interface Split {
  /** The lines that the shared file could then take. */
  lines: readonly SuggestedLine[]
  shared: IgnoreFileChange
  own: readonly OwnIgnoreFile[]
  /** The fall in bytes, summed over the builds, beyond what the safe lines save. */
  savedBytes: number
}

/** An ignore file that only one Dockerfile has. */
interface OwnIgnoreFile {
  /** Relative to the context. */
  dockerfile: string
  /** The builds that read it, by name. */
  plans: readonly string[]
  change: IgnoreFileChange
}

const NOTABLE_BYTES = 1_000_000

/** Proposes ignore files of their own for the builds that keep others from saving; null where that gains little. */
export function proposeSplit(group: AnalyzedGroup): Split | null {
  const lines = group.lines.filter((line) => isSplittable(group, line))
  const needing = listNeeding(group, lines)
  if (needing.length === 0 || needing.length === group.builds.length) return null
  const shared = createChange(group, [...group.accepted, ...lines])
  if (shared === null) return null
  const own = createOwnFiles(group, needing, lines)
  const after = withChanges(group.context.tree, [shared, ...own.map(({change}) => change)])
  const sharedFile = parseWritten(shared)
  const ownFiles = new Map(own.map(({dockerfile, change}) => [dockerfile, parseWritten(change)]))
  let savedBytes = 0
  for (const build of group.builds) {
    const file = ownFiles.get(build.plan.dockerfile?.path ?? '') ?? sharedFile
    const {transfer} = measureWritten(build, after, file)
    savedBytes += build.after.transfer.sizes.transferBytes - transfer.sizes.transferBytes
  }
  return savedBytes < NOTABLE_BYTES ? null : {lines, shared, own, savedBytes}
}

/** Only builds at hand block it, each from a Dockerfile that can have an ignore file of its own. */
function isSplittable(
  {builds}: AnalyzedGroup,
  {confidence, isSafeElsewhere, blockedBy}: SuggestedLine,
): boolean {
  if (confidence !== 'blocked' || !isSafeElsewhere) return false
  return blockedBy.every((name) =>
    builds.some(({plan}) => plan.name === name && plan.dockerfile !== null && plan.dockerfile.path !== '-'),
  )
}

/** The builds whose Dockerfile gets an ignore file: others may share it. */
function listNeeding({builds}: AnalyzedGroup, lines: readonly SuggestedLine[]): Build[] {
  const names = new Set(lines.flatMap(({blockedBy}) => blockedBy))
  const dockerfiles = new Set(
    builds.filter(({plan}) => names.has(plan.name)).map(({plan}) => plan.dockerfile?.path),
  )
  return builds.filter(({plan}) => dockerfiles.has(plan.dockerfile?.path))
}

function createOwnFiles(
  {context, source, ignorePath, change}: AnalyzedGroup,
  needing: readonly Build[],
  lines: readonly SuggestedLine[],
): OwnIgnoreFile[] {
  const content = change?.after ?? source.ignoreFile?.content ?? new Uint8Array()
  const dockerfiles = new Set(needing.map(({plan}) => plan.dockerfile!.path))
  return [...dockerfiles].map((dockerfile) => {
    const own = `${dockerfile}${IGNORE_FILE}`
    const plans = needing.filter(({plan}) => plan.dockerfile!.path === dockerfile).map(({plan}) => plan.name)
    const kept = lines.filter(({blockedBy}) => blockedBy.some((name) => plans.includes(name)))
    const after = copyIgnoreFile(content, [
      `For ${dockerfile} this file replaces ${context.show(ignorePath)} entirely: its lines are repeated here,`,
      `without ${kept.map(({pattern}) => pattern).join(', ')}, which this build needs.`,
    ])
    return {dockerfile, plans, change: describeChange(context, own, null, after)}
  })
}
