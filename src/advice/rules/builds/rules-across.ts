import {brokenBuild} from './broken-build.js'
import type {RuleAcross} from './define-rule-across.js'
import {mountHidesImage} from './mount-hides-image.js'
import {oversizedContext} from './oversized-context.js'
import {repeatedTransfer} from './repeated-transfer.js'
import {unusedIgnoreFile} from './unused-ignore-file.js'

/** Every rule about several builds, by id. */
export const RULES_ACROSS: readonly RuleAcross[] = [
  brokenBuild,
  mountHidesImage,
  oversizedContext,
  repeatedTransfer,
  unusedIgnoreFile,
]
