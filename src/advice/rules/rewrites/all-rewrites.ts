import type {RewriteRule} from './define-rewrite.js'
import installAfterSource from './install-after-source.js'
import lateCleanup from './late-cleanup.js'
import lockFileNotCopied from './lock-file-not-copied.js'
import ownershipCopy from './ownership-copy.js'
import shellIsPid1 from './shell-is-pid-1.js'
import startInstalls from './start-installs.js'

/** The rules that propose changes of a Dockerfile, by name. */
export const REWRITE_RULES: readonly RewriteRule[] = [
  installAfterSource,
  lateCleanup,
  lockFileNotCopied,
  ownershipCopy,
  shellIsPid1,
  startInstalls,
]
