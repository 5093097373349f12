import type {Severity} from './context-report.js'

/** What documents a rule. */
export interface RuleDescription {
  /** Stable; the name of its file. */
  id: string
  /** Of a finding that does not say otherwise. */
  severity: Severity
  /** One sentence, imperative. */
  summary: string
  /** What goes wrong otherwise. */
  reason: string
  /** What to do about it. */
  remedy: string
  /** The page below docs/ that documents it under its id; default: rules.md. */
  page?: string
}
/** Where the project lives: the address of the rules' documentation, and of what installs from Git. */
export const PROJECT_URL = 'https://github.com/docker-slim-check/docker-slim-check'
