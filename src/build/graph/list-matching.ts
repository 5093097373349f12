import {isWithin} from '../../languages/text/container-path.js'
import type {EvidenceTexts} from './proof-input.js'

/** A file that was opened, with its text. */
interface OpenedFile {
  path: string
  text: string
}

/** All images of a build, and all texts that are tried for it, ask the same of the same texts. */
const MATCHING = new WeakMap<EvidenceTexts, Map<string, readonly OpenedFile[]>>()

/**
 * The texts whose path matches, in their order; the same list for the same question.
 * @param pattern without the flags `g` and `y`
 * @param roots files and directories that they must be or lie in; '' is the whole context
 */
export function listMatching(
  evidence: EvidenceTexts,
  pattern: RegExp,
  roots: readonly string[] = [''],
): readonly OpenedFile[] {
  const known = MATCHING.get(evidence) ?? new Map<string, readonly OpenedFile[]>()
  MATCHING.set(evidence, known)
  const key = roots.includes('') ? String(pattern) : `${pattern} ${roots.join('\n')}`
  const listed = known.get(key) ?? findBelow(evidence, pattern, roots)
  known.set(key, listed)
  return listed
}

function findBelow(evidence: EvidenceTexts, pattern: RegExp, roots: readonly string[]): OpenedFile[] {
  if (roots.includes('')) return findMatching(evidence, pattern)
  return listMatching(evidence, pattern).filter(({path}) => roots.some((root) => isWithin(path, root)))
}

function findMatching(evidence: EvidenceTexts, pattern: RegExp): OpenedFile[] {
  const found: OpenedFile[] = []
  for (const [path, text] of evidence) if (pattern.test(path)) found.push({path, text})
  return found
}
