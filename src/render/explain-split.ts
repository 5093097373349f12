import type {SplitReport} from '../report/context-report.js'

/** Explains why one build should have an ignore file of its own. Names are not escaped. */
export function explainSplit({ignoreFile, patterns, ownFiles}: SplitReport): string {
  const builds = [...new Set(ownFiles.flatMap(({plans}) => plans))].join(', ')
  const verb = ownFiles.flatMap(({plans}) => plans).length > 1 ? 'need' : 'needs'
  const lines = patterns.join(', ')
  return `${builds} ${verb} ${lines}, the others do not: with a file of its own, which replaces ${ignoreFile} entirely and so repeats its lines, ${ignoreFile} can take ${lines}`
}
