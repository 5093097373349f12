import type {SuggestedLine} from '../../advice/suggest/suggested-line.js'
import {copyIgnoreFile} from '../../languages/ignore/edit/copy-ignore-file.js'
import {writeNeededNote} from '../../languages/ignore/edit/needed-note.js'
import {IGNORE_FILE} from '../load/load-ignore-file.js'
import type {Build} from '../project.js'
import type {AnalyzedGroup, OwnIgnoreFile, Split} from './analysis.js'
import {
  addSuggestedLines,
  createChange,
  describeChange,
  type IgnoreFileChange,
  measureWritten,
  parseWritten,
  withChanges,
} from './ignore-file-change.js'

const NOTABLE_BYTES = 1_000_000

/** Proposes ignore files of their own: a safe split first, then one with the lines to review too. None that gains little. */
export function proposeSplits(group: AnalyzedGroup): Split[] {
  const splits: Split[] = []
  for (const confidence of ['safe', 'review'] as const) {
    const lines = group.lines.filter((line) => isSplit(group, line) && isFor(line, confidence))
    const [known] = splits
    // A safe split is found again with the lines to review.
    if (known !== undefined && lines.length === known.lines.length) continue
    const split = chooseSplit(group, lines, confidence)
    const savedBytes = (split?.savedBytes ?? 0) - (known?.savedBytes ?? 0)
    if (split !== null && savedBytes >= NOTABLE_BYTES) splits.push({...split, savedBytes})
  }
  return splits
}

/** The builds that a line would take something from that they need, or probably do. */
export function listNeeders({blockedBy, wantedBy}: SuggestedLine): string[] {
  return [...blockedBy, ...wantedBy]
}

/** Some builds need what the line takes out, and the line does not go into the file that they share. */
function isSplit({accepted}: AnalyzedGroup, line: SuggestedLine): boolean {
  return listNeeders(line).length > 0 && !accepted.includes(line)
}

/** Where each build needs something that others send, the lines that save most of those that the same builds need. */
function chooseSplit(
  group: AnalyzedGroup,
  lines: readonly SuggestedLine[],
  confidence: Split['confidence'],
): Split | null {
  const whole = splitForNeeding(group, lines, confidence) ?? splitForSenders(group, lines, confidence)
  if (whole !== null) return whole
  const needers = new Set(lines.map((line) => listNeeders(line).join('\n')))
  if (needers.size < 2) return null
  const parts = [...needers].flatMap((names) => {
    const same = lines.filter((line) => listNeeders(line).join('\n') === names)
    return splitForNeeding(group, same, confidence) ?? []
  })
  return parts.toSorted((one, other) => other.savedBytes - one.savedBytes)[0] ?? null
}

/** What is safe for the others is among what is to be reviewed. */
function isFor({confidenceElsewhere}: SuggestedLine, confidence: 'safe' | 'review'): boolean {
  return confidenceElsewhere === 'safe' || (confidence === 'review' && confidenceElsewhere === 'review')
}

/** The shared file takes the lines that only builds at hand need, and these get files with those of the others alone. */
function splitForNeeding(
  group: AnalyzedGroup,
  all: readonly SuggestedLine[],
  confidence: Split['confidence'],
): Split | null {
  const lines = all.filter((line) => isNeededAtHand(group, line))
  const needing = listNeeding(group, lines)
  if (needing.length === 0 || needing.length === group.builds.length) return null
  const shared = createChange(group, [...group.accepted, ...lines])
  if (shared === null) return null
  const own = createFilesForNeeding(group, needing, lines)
  return {
    ignoreFile: shared.path,
    lines,
    shared,
    own,
    confidence,
    savedBytes: measureFall(group, own, shared),
  }
}

/** Builds that are not at hand keep the shared file as it is: those that send the paths for nothing get files with the lines. */
function splitForSenders(
  group: AnalyzedGroup,
  all: readonly SuggestedLine[],
  confidence: Split['confidence'],
): Split | null {
  const lines = all.filter((line) => !isNeededAtHand(group, line))
  const sending = group.builds.filter(
    ({plan}) =>
      hasOwnName(plan.dockerfile?.path) && lines.every((line) => !listNeeders(line).includes(plan.name)),
  )
  const created = lines.length === 0 ? [] : createFilesForSenders(group, sending, lines)
  const own = created.filter((one) => measureFall(group, [one], null) > 0)
  if (own.length === 0) return null
  const ignoreFile = group.context.show(group.ignorePath)
  return {ignoreFile, lines, shared: null, own, confidence, savedBytes: measureFall(group, own, null)}
}

/** How much less the builds transfer in all. */
function measureFall(
  group: AnalyzedGroup,
  own: readonly OwnIgnoreFile[],
  shared: IgnoreFileChange | null,
): number {
  const changes = own.map(({change}) => change)
  const inForce = shared ?? group.change
  const after = withChanges(group.context.tree, inForce === null ? changes : [inForce, ...changes])
  const sharedFile = inForce && parseWritten(inForce)
  const ownFiles = new Map(own.map(({dockerfile, change}) => [dockerfile, parseWritten(change)]))
  const falls = group.builds.map((build) => {
    const file = ownFiles.get(build.plan.dockerfile?.path ?? '') ?? sharedFile
    const {transfer} = measureWritten(build, after, file)
    return build.after.transfer.sizes.transferBytes - transfer.sizes.transferBytes
  })
  return falls.reduce((sum, fall) => sum + fall, 0)
}

/** Only builds at hand need it, each from a Dockerfile that can have an ignore file of its own. */
function isNeededAtHand({builds}: AnalyzedGroup, line: SuggestedLine): boolean {
  return listNeeders(line).every((name) =>
    builds.some(({plan}) => plan.name === name && hasOwnName(plan.dockerfile?.path)),
  )
}

/** Tells whether a Dockerfile can have an ignore file of its own. */
function hasOwnName(dockerfile: string | undefined): boolean {
  return dockerfile !== undefined && dockerfile !== '-'
}

/** The builds whose Dockerfile gets an ignore file: others may share it. */
function listNeeding({builds}: AnalyzedGroup, lines: readonly SuggestedLine[]): Build[] {
  const names = new Set(lines.flatMap(listNeeders))
  const dockerfiles = new Set(
    builds.filter(({plan}) => names.has(plan.name)).map(({plan}) => plan.dockerfile?.path),
  )
  return builds.filter(({plan}) => dockerfiles.has(plan.dockerfile?.path))
}

function createFilesForNeeding(
  group: AnalyzedGroup,
  needing: readonly Build[],
  lines: readonly SuggestedLine[],
): OwnIgnoreFile[] {
  return createOwnFiles(group, needing, (plans) => {
    const kept = lines.filter((line) => listNeeders(line).some((name) => plans.includes(name)))
    const others = lines.filter((line) => !kept.includes(line))
    const inForce = group.change?.after ?? contentOf(group)
    const content = addSuggestedLines(inForce, others) ?? inForce
    const isSure = kept.some(({blockedBy}) => blockedBy.length > 0)
    const note = isSure
      ? `without ${listPatterns(kept)}, which this build needs.`
      : writeNeededNote(kept.map(({pattern}) => pattern))
    return {content, note}
  })
}

function createFilesForSenders(
  group: AnalyzedGroup,
  sending: readonly Build[],
  lines: readonly SuggestedLine[],
): OwnIgnoreFile[] {
  const content = addSuggestedLines(group.change?.after ?? contentOf(group), lines) ?? contentOf(group)
  const needing = [...new Set(lines.flatMap(listNeeders))].join(', ')
  const need = lines.some(({blockedBy}) => blockedBy.length > 0) ? 'needs' : 'probably needs'
  const note = `with ${listPatterns(lines)}, which ${needing} ${need} and this build does not.`
  return createOwnFiles(group, sending, () => ({content, note}))
}

/** One file for each Dockerfile, with a comment that says why it exists. */
function createOwnFiles(
  {context, ignorePath}: AnalyzedGroup,
  builds: readonly Build[],
  write: (plans: readonly string[]) => {content: Uint8Array; note: string},
): OwnIgnoreFile[] {
  const dockerfiles = new Set(builds.map(({plan}) => plan.dockerfile!.path))
  return [...dockerfiles].map((dockerfile) => {
    const plans = builds.filter(({plan}) => plan.dockerfile!.path === dockerfile).map(({plan}) => plan.name)
    const {content, note} = write(plans)
    const after = copyIgnoreFile(content, [
      `For ${dockerfile} this file replaces ${context.show(ignorePath)} entirely: its lines are repeated here,`,
      note,
    ])
    return {dockerfile, plans, change: describeChange(context, `${dockerfile}${IGNORE_FILE}`, null, after)}
  })
}

function contentOf({source}: AnalyzedGroup): Uint8Array {
  return source.ignoreFile?.content ?? new Uint8Array()
}

function listPatterns(lines: readonly SuggestedLine[]): string {
  return lines.map(({pattern}) => pattern).join(', ')
}
