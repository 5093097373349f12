import ciCacheKey from './ci-cache-key.js'
import ciCacheOneWay from './ci-cache-one-way.js'
import ciCacheScope from './ci-cache-scope.js'
import ciNeedsBuilder from './ci-needs-builder.js'
import ciNoCache from './ci-no-cache.js'
import ciSquash from './ci-squash.js'
import type {CiRule} from './define-ci-rule.js'

/** The rules about the instructions of CI, by name. */
export const CI_RULES: readonly CiRule[] = [
  ciCacheKey,
  ciCacheOneWay,
  ciCacheScope,
  ciNeedsBuilder,
  ciNoCache,
  ciSquash,
]
