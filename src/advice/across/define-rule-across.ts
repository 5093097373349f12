import type {Finding, PlanReport, Severity} from '../../report/context-report.js'

/** What the rules about several builds judge. */
export interface AcrossFacts {
  plans: readonly BuildFacts[]
  /** Builds that would fail before their first step. */
  failed: readonly {name: string; message: string; file?: string; line?: number}[]
}

/** A build, its context's real place beside its own words. */
export interface BuildFacts
  extends Pick<PlanReport, 'name' | 'ignoreFile' | 'usesContext' | 'requestedPaths' | 'eligible' | 'before'> {
  /** Relative to the report's context; empty for the same directory. */
  contextPath: string
}

/** A rule about several builds together. */
export interface RuleAcross {
  /** Stable. */
  id: string
  severity: Severity
  /** One sentence, imperative. */
  summary: string
  /** What goes wrong otherwise. */
  reason: string
  /** What to do about it. */
  remedy: string
  check(facts: AcrossFacts): Omit<Finding, 'rule' | 'severity'>[]
}
