import type {Finding} from '../../../report/context-report.js'
import type {CacheRule} from '../define-cache-rule.js'
import cacheChangingArgument from './cache-changing-argument.js'
import cacheCopiedBuildFiles from './cache-copied-build-files.js'
import cacheCopiedGit from './cache-copied-git.js'
import cacheEmptyMount from './cache-empty-mount.js'
import type {CacheFacts} from './cache-facts.js'
import cacheInstallBelowCopy from './cache-install-below-copy.js'
import cacheMinMode from './cache-min-mode.js'
import cacheMovingBase from './cache-moving-base.js'
import cacheUnreadPath from './cache-unread-path.js'

/** Every rule about the cache, by id. */
export const CACHE_RULES: readonly CacheRule[] = [
  cacheChangingArgument,
  cacheCopiedBuildFiles,
  cacheCopiedGit,
  cacheEmptyMount,
  cacheInstallBelowCopy,
  cacheMinMode,
  cacheMovingBase,
  cacheUnreadPath,
]

/** Runs all rules; the findings come in the order of the Dockerfile. */
export function runCacheRules(facts: CacheFacts): Finding[] {
  return CACHE_RULES.flatMap((rule) => rule.findProblems(facts)).sort(
    (one, other) => (one.line ?? 0) - (other.line ?? 0),
  )
}
