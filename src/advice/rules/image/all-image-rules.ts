import type {ImageFinding} from '../../../report/image-report.js'
import type {ImageFacts} from '../../facts/image/image-facts.js'
import type {ImageRule} from '../define-image-rule.js'
import imageCacheLeft from './image-cache-left.js'
import imageCompiler from './image-compiler.js'
import imageDevDependencies from './image-dev-dependencies.js'
import imageDuplicates from './image-duplicates.js'
import imageEarlyChange from './image-early-change.js'
import imageOwnershipCopied from './image-ownership-copied.js'
import imageRemovedTooLate from './image-removed-too-late.js'
import imageRepository from './image-repository.js'
import imageSecret from './image-secret.js'
import imageSourceTree from './image-source-tree.js'
import venvCopiedTwice from './venv-copied-twice.js'

/** Every rule about images, by id. */
export const IMAGE_RULES: readonly ImageRule[] = [
  imageCacheLeft,
  imageCompiler,
  imageDevDependencies,
  imageDuplicates,
  imageEarlyChange,
  imageOwnershipCopied,
  imageRemovedTooLate,
  imageRepository,
  imageSecret,
  imageSourceTree,
  venvCopiedTwice,
]

const RANK = {error: 0, warning: 1, info: 2}

/** Runs all rules. */
export function runImageRules(facts: ImageFacts): ImageFinding[] {
  return sortFindings(IMAGE_RULES.flatMap((rule) => rule.findProblems(facts)))
}

/** Errors first, then by what it costs. */
export function sortFindings(findings: readonly ImageFinding[]): ImageFinding[] {
  return findings.toSorted(
    (one, other) => RANK[one.severity] - RANK[other.severity] || other.bytes - one.bytes,
  )
}
