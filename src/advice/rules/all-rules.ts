import type {Rule} from './define-rule.js'
import arrivesEmpty from './dockerfile/arrives-empty.js'
import copyIgnoredSource from './dockerfile/copy-ignored-source.js'
import copyMissingSource from './dockerfile/copy-missing-source.js'
import copyOverInstall from './dockerfile/copy-over-install.js'
import copyPartlyIgnored from './dockerfile/copy-partly-ignored.js'
import danglingLink from './dockerfile/dangling-link.js'
import dirtyVersion from './dockerfile/dirty-version.js'
import emptyExpansion from './dockerfile/empty-expansion.js'
import flattenedCopy from './dockerfile/flattened-copy.js'
import gitSubmodule from './dockerfile/git-submodule.js'
import misnamedDockerfile from './dockerfile/misnamed-dockerfile.js'
import missingCheckout from './dockerfile/missing-checkout.js'
import missingInCheckout from './dockerfile/missing-in-checkout.js'
import neededIgnored from './dockerfile/needed-ignored.js'
import secretInContext from './dockerfile/secret-in-context.js'
import shallowCheckout from './dockerfile/shallow-checkout.js'
import tmpfsMount from './dockerfile/tmpfs-mount.js'
import unknownFlag from './dockerfile/unknown-flag.js'
import unknownStage from './dockerfile/unknown-stage.js'
import wildcardSource from './dockerfile/wildcard-source.js'
import brokenPatternUnreached from './ignore-file/broken-pattern-unreached.js'
import caseMismatch from './ignore-file/case-mismatch.js'
import controlCharacter from './ignore-file/control-character.js'
import deadPattern from './ignore-file/dead-pattern.js'
import duplicatePattern from './ignore-file/duplicate-pattern.js'
import escapedTrailingSpace from './ignore-file/escaped-trailing-space.js'
import gitStylePattern from './ignore-file/git-style-pattern.js'
import indentedComment from './ignore-file/indented-comment.js'
import inertIgnoreFile from './ignore-file/inert-ignore-file.js'
import inlineComment from './ignore-file/inline-comment.js'
import invalidUtf8Name from './ignore-file/invalid-utf8-name.js'
import misnamedIgnoreFile from './ignore-file/misnamed-ignore-file.js'
import nestedIgnoreFile from './ignore-file/nested-ignore-file.js'
import noIgnoreFile from './ignore-file/no-ignore-file.js'
import replacedIgnoreFile from './ignore-file/replaced-ignore-file.js'
import roundedSizes from './ignore-file/rounded-sizes.js'
import shadowedPattern from './ignore-file/shadowed-pattern.js'
import slashComment from './ignore-file/slash-comment.js'
import slowNegation from './ignore-file/slow-negation.js'
import undonePattern from './ignore-file/undone-pattern.js'
import unreadIgnoreFile from './ignore-file/unread-ignore-file.js'
import unreadableDirectory from './ignore-file/unreadable-directory.js'
import uselessNegation from './ignore-file/useless-negation.js'
import utf16IgnoreFile from './ignore-file/utf16-ignore-file.js'
import xattrsNotRead from './ignore-file/xattrs-not-read.js'

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  arrivesEmpty,
  brokenPatternUnreached,
  caseMismatch,
  controlCharacter,
  copyIgnoredSource,
  copyMissingSource,
  copyOverInstall,
  copyPartlyIgnored,
  danglingLink,
  deadPattern,
  dirtyVersion,
  duplicatePattern,
  emptyExpansion,
  escapedTrailingSpace,
  flattenedCopy,
  gitStylePattern,
  gitSubmodule,
  indentedComment,
  inertIgnoreFile,
  inlineComment,
  invalidUtf8Name,
  misnamedDockerfile,
  misnamedIgnoreFile,
  missingCheckout,
  missingInCheckout,
  neededIgnored,
  nestedIgnoreFile,
  noIgnoreFile,
  replacedIgnoreFile,
  roundedSizes,
  secretInContext,
  shadowedPattern,
  shallowCheckout,
  slashComment,
  slowNegation,
  tmpfsMount,
  undonePattern,
  unknownFlag,
  unknownStage,
  unreadIgnoreFile,
  unreadableDirectory,
  uselessNegation,
  utf16IgnoreFile,
  wildcardSource,
  xattrsNotRead,
]
