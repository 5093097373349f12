import aptMountWithoutKeep from './apt-mount-without-keep.js'
import baseDrift from './base-drift.js'
import buildToolsInFinal from './build-tools-in-final.js'
import cacheMount from './cache-mount.js'
import changingArgEarly from './changing-arg-early.js'
import type {RewriteRule} from './define-rewrite.js'
import devDependenciesInFinal from './dev-dependencies-in-final.js'
import doubleInstall from './double-install.js'
import entrypointWithoutExec from './entrypoint-without-exec.js'
import installAfterSource from './install-after-source.js'
import lateCleanup from './late-cleanup.js'
import linkNamedOwner from './link-named-owner.js'
import linkThroughSymlink from './link-through-symlink.js'
import linkWithoutMerge from './link-without-merge.js'
import localOverBase from './local-over-base.js'
import lockFileNotCopied from './lock-file-not-copied.js'
import missingCertificates from './missing-certificates.js'
import multiStage from './multi-stage.js'
import narrowCopy from './narrow-copy.js'
import noHealthCheck from './no-health-check.js'
import noLock from './no-lock.js'
import ownershipCopy from './ownership-copy.js'
import packageLists from './package-lists.js'
import packageRecommends from './package-recommends.js'
import packagesApart from './packages-apart.js'
import recopiedTree from './recopied-tree.js'
import rootAtRunTime from './root-at-run-time.js'
import servicesShareImports from './services-share-imports.js'
import shellIsPid1 from './shell-is-pid-1.js'
import slimBase from './slim-base.js'
import startInstalls from './start-installs.js'
import unusedPackages from './unused-packages.js'
import unusedStageCopy from './unused-stage-copy.js'
import venvCopiedTwice from './venv-copied-twice.js'
import wholeContextBind from './whole-context-bind.js'

/** The rules that propose changes of a Dockerfile, by name. */
export const REWRITE_RULES: readonly RewriteRule[] = [
  aptMountWithoutKeep,
  baseDrift,
  buildToolsInFinal,
  cacheMount,
  changingArgEarly,
  devDependenciesInFinal,
  doubleInstall,
  entrypointWithoutExec,
  installAfterSource,
  lateCleanup,
  linkNamedOwner,
  linkThroughSymlink,
  linkWithoutMerge,
  localOverBase,
  lockFileNotCopied,
  missingCertificates,
  multiStage,
  narrowCopy,
  noHealthCheck,
  noLock,
  ownershipCopy,
  packageLists,
  packageRecommends,
  packagesApart,
  recopiedTree,
  rootAtRunTime,
  servicesShareImports,
  shellIsPid1,
  slimBase,
  startInstalls,
  unusedPackages,
  unusedStageCopy,
  venvCopiedTwice,
  wholeContextBind,
]
