import type {RewriteRule} from './define-rewrite.js'
import doubleInstall from './double-install.js'
import entrypointWithoutExec from './entrypoint-without-exec.js'
import installAfterSource from './install-after-source.js'
import lateCleanup from './late-cleanup.js'
import lockFileNotCopied from './lock-file-not-copied.js'
import multiStage from './multi-stage.js'
import ownershipCopy from './ownership-copy.js'
import shellIsPid1 from './shell-is-pid-1.js'
import startInstalls from './start-installs.js'

/** The rules that propose changes of a Dockerfile, by name. */
export const REWRITE_RULES: readonly RewriteRule[] = [
  doubleInstall,
  entrypointWithoutExec,
  installAfterSource,
  lateCleanup,
  lockFileNotCopied,
  multiStage,
  ownershipCopy,
  shellIsPid1,
  startInstalls,
]
