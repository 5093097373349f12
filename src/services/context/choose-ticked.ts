import type {Suggestion} from '../../report/context-report.js'
import type {Analysis, Split} from '../analysis/analysis.js'
import {acceptSplits, chooseLines} from '../analysis/analyze-builds.js'

/** What a person may tick: first the lines, then the ignore files of their own. */
export interface Offer {
  lines: readonly Suggestion[]
  splits: readonly Split[]
}

/** What was ticked, as an analysis that holds just that. */
export interface Ticked {
  /** Its `after` counts the lines alone. */
  analysis: Analysis
  /** What the ticked ignore files of their own save besides, each build on a fresh builder. */
  ownBytes: number
}

/** What can be written: no line that would break a build. */
export function listOffer({report, splits}: Analysis): Offer {
  return {lines: report.suggestions.filter(({confidence}) => confidence !== 'blocked'), splits}
}

/** A line that a ticked file is for goes there, and not into the file that the builds share. @param places in the offer */
export function chooseTicked(analysis: Analysis, {lines, splits}: Offer, places: readonly number[]): Ticked {
  const asked = splits.filter((_, at) => places.includes(lines.length + at))
  const ofShared = lines.filter(
    ({pattern, ignoreFile}, at) =>
      places.includes(at) && !asked.some((split) => split.ignoreFile === ignoreFile && holds(split, pattern)),
  )
  const chosen = chooseLines(analysis, ofShared)
  // Found anew, with what the chosen lines leave. One to review holds the lines of the safe one before it.
  const found = chosen.splits.filter((split) => asked.some((one) => isAlike(one, split)))
  const own = found.filter(
    ({ignoreFile}, at) => !found.slice(at + 1).some((later) => later.ignoreFile === ignoreFile),
  )
  const ownBytes = own.reduce((sum, {savedBytes}) => sum + savedBytes, 0)
  return {analysis: acceptSplits(chosen, own), ownBytes}
}

function holds({lines}: Split, pattern: string): boolean {
  return lines.some((line) => line.pattern === pattern)
}

function isAlike(one: Split, other: Split): boolean {
  return one.ignoreFile === other.ignoreFile && one.confidence === other.confidence
}
