import arrivesEmpty from './arrives-empty.js'
import brokenPatternUnreached from './broken-pattern-unreached.js'
import caseMismatch from './case-mismatch.js'
import controlCharacter from './control-character.js'
import copyIgnoredSource from './copy-ignored-source.js'
import copyMissingSource from './copy-missing-source.js'
import copyPartlyIgnored from './copy-partly-ignored.js'
import deadPattern from './dead-pattern.js'
import type {Rule} from './define-rule.js'
import duplicatePattern from './duplicate-pattern.js'
import emptyExpansion from './empty-expansion.js'
import escapedTrailingSpace from './escaped-trailing-space.js'
import gitStylePattern from './git-style-pattern.js'
import indentedComment from './indented-comment.js'
import inertIgnoreFile from './inert-ignore-file.js'
import inlineComment from './inline-comment.js'
import invalidUtf8Name from './invalid-utf8-name.js'
import noIgnoreFile from './no-ignore-file.js'
import roundedSizes from './rounded-sizes.js'
import secretInContext from './secret-in-context.js'
import shadowedPattern from './shadowed-pattern.js'
import slashComment from './slash-comment.js'
import slowNegation from './slow-negation.js'
import tmpfsMount from './tmpfs-mount.js'
import unreadIgnoreFile from './unread-ignore-file.js'
import unreadableDirectory from './unreadable-directory.js'
import uselessNegation from './useless-negation.js'
import wildcardSource from './wildcard-source.js'
import xattrsNotRead from './xattrs-not-read.js'

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  arrivesEmpty,
  brokenPatternUnreached,
  caseMismatch,
  controlCharacter,
  copyIgnoredSource,
  copyMissingSource,
  copyPartlyIgnored,
  deadPattern,
  duplicatePattern,
  emptyExpansion,
  escapedTrailingSpace,
  gitStylePattern,
  indentedComment,
  inertIgnoreFile,
  inlineComment,
  invalidUtf8Name,
  noIgnoreFile,
  roundedSizes,
  secretInContext,
  shadowedPattern,
  slashComment,
  slowNegation,
  tmpfsMount,
  unreadIgnoreFile,
  unreadableDirectory,
  uselessNegation,
  wildcardSource,
  xattrsNotRead,
]
