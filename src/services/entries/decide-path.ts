import {IgnorePatternError, SlimCheckError} from '../../errors.js'
import type {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import type {Match} from '../../languages/ignore/pattern-matcher.js'
import type {PlanIgnoreFile} from '../../plan/build-plan.js'

/** What an ignore file says of a path. */
interface Decision {
  ignored: boolean
  by?: {line: number; pattern: string; negated: boolean}
  matchedPath?: string
}

/** The verdict with the line that made it, and the topmost parent that line matches. */
export function decidePath({rules, path: shown}: PlanIgnoreFile, contextPath: string): Decision {
  const reached = findReached(rules, contextPath)
  const {matched, decidedBy} = matchOrExplain(rules, reached, shown)
  const pattern = rules.patterns[decidedBy]
  if (pattern === undefined) return {ignored: matched}
  const by = {line: pattern.line, pattern: pattern.text, negated: pattern.negated}
  const parents = contextPath.split('/').map((_, depth, parts) => parts.slice(0, depth + 1).join('/'))
  const matchedPath = parents.find((parent) => rules.matchPath(parent).bits.includes(decidedBy))
  return {
    ignored: matched,
    by,
    ...(matchedPath !== undefined && matchedPath !== contextPath && {matchedPath}),
  }
}

/**
 * The path itself, or the topmost directory above it that Docker does not enter: then nothing brings the path back, not
 * even a negation that matches it: two wildcards at its end are dropped where Docker looks at the prefix (docs/buildkit.md 4).
 */
function findReached(rules: IgnoreRules, contextPath: string): string {
  if (rules.entersAll) return contextPath
  for (let end = contextPath.indexOf('/'); end > 0; end = contextPath.indexOf('/', end + 1)) {
    const directory = contextPath.slice(0, end)
    if (!rules.enters(directory) && rules.matchesPath(directory)) return directory
  }
  return contextPath
}

/** A path that was not walked may reach a broken pattern. @throws SlimCheckError `ignore-pattern-failed` */
function matchOrExplain(rules: IgnoreRules, contextPath: string, file: string): Match {
  try {
    return rules.matchPath(contextPath)
  } catch (error) {
    if (!(error instanceof IgnorePatternError)) throw error
    const {pattern, line, reason} = error
    throw new SlimCheckError('ignore-pattern-failed', {file, line, pattern, path: error.path, reason})
  }
}
