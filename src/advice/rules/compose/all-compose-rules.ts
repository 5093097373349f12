import type {ComposeRule} from '../define-compose-rule.js'
import checkProgram from './compose-check-program.js'
import conflictingLimits from './compose-conflicting-limits.js'
import cutCommand from './compose-cut-command.js'
import foreignProgram from './compose-foreign-program.js'
import hiddenCopy from './compose-hidden-copy.js'
import hiddenInstall from './compose-hidden-install.js'
import noHealthCheck from './compose-no-health-check.js'
import noInit from './compose-no-init.js'
import noLimits from './compose-no-limits.js'
import refused from './compose-refused.js'
import repeatedBuild from './compose-repeated-build.js'
import samePort from './compose-same-port.js'
import shellIsPid1 from './compose-shell-is-pid-1.js'
import shortGrace from './compose-short-grace.js'
import staleVolume from './compose-stale-volume.js'
import startInstall from './compose-start-install.js'

/** The rules about a Compose project, by id. */
export const COMPOSE_RULES: readonly ComposeRule[] = [
  checkProgram,
  conflictingLimits,
  cutCommand,
  foreignProgram,
  hiddenCopy,
  hiddenInstall,
  noHealthCheck,
  noInit,
  noLimits,
  refused,
  repeatedBuild,
  samePort,
  shellIsPid1,
  shortGrace,
  staleVolume,
  startInstall,
]
