import type {SplitReport} from '../report/context-report.js'

/** Explains why a build should have an ignore file of its own. Names are not escaped. */
export function explainSplit(split: SplitReport): string {
  const {ignoreFile, patterns, forSenders} = split
  const lines = patterns.join(', ')
  const how = forSenders
    ? `The file repeats the lines of ${ignoreFile}, which it replaces for this build, and adds ${lines}`
    : `The file replaces ${ignoreFile} for this build and repeats its lines, so that ${ignoreFile} can take ${lines}`
  return `${explainNeed(split)}. ${how}`
}

function explainNeed(split: SplitReport): string {
  const {patterns, ownFiles, confidence, forSenders, neededBy, isNeedLikely = false} = split
  const names = ownFiles.flatMap(({plans}) => plans)
  const others = forSenders ? [...new Set(names)].join(', ') : 'the other builds'
  const isOne = forSenders && names.length === 1
  const verb = `${isNeedLikely ? 'probably ' : ''}${neededBy.length > 1 ? 'need' : 'needs'}`
  const need = `${neededBy.join(', ')} ${verb} ${patterns.join(', ')}`
  if (confidence === 'safe') return `${need}; ${others} ${isOne ? 'does' : 'do'} not`
  return `${need}; it is not known whether ${others} ${isOne ? 'does' : 'do'}, so that is your decision`
}
