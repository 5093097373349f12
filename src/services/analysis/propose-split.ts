import path from 'node:path'
import type {SuggestedLine} from '../../advice/suggest/suggest-lines.js'
import {copyIgnoreFile} from '../../languages/ignore/edit/copy-ignore-file.js'
import {IGNORE_FILE} from '../load/load-ignore-file.js'
import type {AnalyzedGroup} from './analyze-builds.js'
import {joinPrefix} from './group-plans.js'
import {createChange, type IgnoreFileChange, measureWritten, withChanges} from './ignore-file-change.js'
import type {MeasuredPlan} from './measure-plan.js'

/**
 * A way out where one build needs what the others should not send: an ignore file of its own. It replaces the shared
 * one for that build entirely, and so carries its lines over.
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
  if (needing.length === 0 || needing.length === group.members.length) return null
  const shared = createChange(group, [...group.accepted, ...lines])
  if (shared === null) return null
  const own = createOwnFiles(group, needing, lines)
  const after = withChanges(group.members[0]!.tree, [shared, ...own.map(({change}) => change)])
  let savedBytes = 0
  for (const [number, member] of group.members.entries()) {
    const file = own.find(({dockerfile}) => dockerfile === member.plan.dockerfile?.path)
    const {transfer} = measureWritten(member, after, file?.change ?? shared)
    savedBytes += group.after[number]!.transfer.sizes.transferBytes - transfer.sizes.transferBytes
  }
  return savedBytes < NOTABLE_BYTES ? null : {lines, shared, own, savedBytes}
}

/** Only builds at hand block it, each from a Dockerfile that can have an ignore file of its own. */
function isSplittable(
  {members}: AnalyzedGroup,
  {confidence, isSafeElsewhere, blockedBy}: SuggestedLine,
): boolean {
  if (confidence !== 'blocked' || !isSafeElsewhere) return false
  return blockedBy.every((name) =>
    members.some(({plan}) => plan.name === name && plan.dockerfile !== null && plan.dockerfile.path !== '-'),
  )
}

/** The builds whose Dockerfile gets an ignore file: others may share it. */
function listNeeding({members}: AnalyzedGroup, lines: readonly SuggestedLine[]): MeasuredPlan[] {
  const names = new Set(lines.flatMap(({blockedBy}) => blockedBy))
  const dockerfiles = new Set(
    members.filter(({plan}) => names.has(plan.name)).map(({plan}) => plan.dockerfile?.path),
  )
  return members.filter(({plan}) => dockerfiles.has(plan.dockerfile?.path))
}

function createOwnFiles(
  {members, prefix, change}: AnalyzedGroup,
  needing: readonly MeasuredPlan[],
  lines: readonly SuggestedLine[],
): OwnIgnoreFile[] {
  const {ignoreFile, hostPath} = members[0]!.plan.context
  const content = change?.after ?? ignoreFile?.content ?? new Uint8Array()
  const dockerfiles = new Set(needing.map(({plan}) => plan.dockerfile!.path))
  return [...dockerfiles].map((dockerfile) => {
    const own = `${dockerfile}${IGNORE_FILE}`
    const plans = needing.filter(({plan}) => plan.dockerfile!.path === dockerfile).map(({plan}) => plan.name)
    const kept = lines.filter(({blockedBy}) => blockedBy.some((name) => plans.includes(name)))
    const after = copyIgnoreFile(content, [
      `For ${dockerfile} this file replaces ${joinPrefix(prefix, ignoreFile?.path ?? IGNORE_FILE)} entirely: its lines are repeated here,`,
      `without ${kept.map(({pattern}) => pattern).join(', ')}, which this build needs.`,
    ])
    const file = path.join(hostPath, own)
    const root = own.startsWith('../') ? path.dirname(file) : hostPath
    return {
      dockerfile,
      plans,
      change: {path: joinPrefix(prefix, own), contextPath: own, hostPath: file, root, before: null, after},
    }
  })
}
