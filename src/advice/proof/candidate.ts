import type {CatalogueEntry} from '../catalogue/catalogue-entry.js'

/** A path that might be left out, and what is known of it before any Dockerfile is asked. */
export interface Candidate {
  index: number
  path: string
  isDirectory: boolean
  /** What the catalogue takes it for; null for what it does not know. */
  entry: CatalogueEntry | null
  /** Whether Git ignores it; null where nobody knows. */
  isGitIgnored: boolean | null
  /** Whether Git tracks it, or anything in it; null where nobody knows. */
  isTracked: boolean | null
  /** What makes it a candidate without an entry: `ignored by .gitignore:3`. */
  evidence: string
}

/** Tells whether a path is made anew: by its marks, or as Git ignores what a step makes. */
export function isRegenerated({entry, isGitIgnored}: Candidate): boolean {
  if (entry?.disposition === 'regenerated') return true
  return entry?.disposition === 'doubtful' && isGitIgnored === true && entry.producers !== undefined
}
