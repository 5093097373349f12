import type {Severity} from './context-report.js'

/** The documentation of a rule. */
export interface RuleDescription {
  /** Stable; the name of its file. */
  id: string
  /** Default severity of its findings. */
  severity: Severity
  /** One sentence, imperative. */
  summary: string
  /** What goes wrong if the rule is not followed. */
  reason: string
  /** What to do about it. */
  remedy: string
  /** The page in docs/ that documents it. Default: a page of its own, `rules/ID.md`. */
  page?: string
}
/** The project's repository: base of the addresses of the rules' documentation, and of installs from Git. */
export const PROJECT_URL = 'https://github.com/docker-slim-check/docker-slim-check'
