import type {EvidenceTexts} from './proof-input.js'

/** A file that was opened, with its text. */
interface OpenedFile {
  path: string
  text: string
}

/** All images of a build ask the same of the same texts. */
const MATCHING = new WeakMap<EvidenceTexts, Map<string, readonly OpenedFile[]>>()

/** The texts whose path matches, in their order. @param pattern without the flags `g` and `y` */
export function listMatching(evidence: EvidenceTexts, pattern: RegExp): readonly OpenedFile[] {
  const known = MATCHING.get(evidence) ?? new Map<string, readonly OpenedFile[]>()
  MATCHING.set(evidence, known)
  const key = String(pattern)
  const listed = known.get(key) ?? findMatching(evidence, pattern)
  known.set(key, listed)
  return listed
}

function findMatching(evidence: EvidenceTexts, pattern: RegExp): OpenedFile[] {
  const found: OpenedFile[] = []
  for (const [path, text] of evidence) if (pattern.test(path)) found.push({path, text})
  return found
}
