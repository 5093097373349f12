import type {Finding, PlanReport} from '../../../report/context-report.js'
import type {RuleDescription} from '../../../report/rule-description.js'

/** What the rules about several builds judge. */
export interface AcrossFacts {
  plans: readonly BuildFacts[]
  /** Builds that would fail before their first step. */
  failed: readonly {
    name: string
    message: string
    file?: string
    line?: number
    fix?: string
    /** Nobody builds it as it stands: another program makes the Dockerfile of it. */
    isTemplate?: true
  }[]
  /** Builds whose base images hang on build arguments that nobody gives. Default: none. */
  lacking?: readonly LackingFacts[]
  /** Compose or bake builds them in one run: the same request crosses once. */
  isOneRun?: boolean
  /** Ignore files at or above the builds' contexts that none of them reads, relative to the report's context. */
  unusedIgnoreFiles?: readonly string[]
}

/** A build with the build arguments that its base images lack. */
export interface LackingFacts {
  name: string
  arguments: readonly string[]
  /** What the first such FROM names, as written. */
  image: string
  file: string
  line: number
  /** A search found it, nobody asks for it alone. */
  isSearched: boolean
}

/** A build, its context's real place beside its own words. */
export interface BuildFacts
  extends Pick<PlanReport, 'name' | 'ignoreFile' | 'usesContext' | 'requestedPaths' | 'eligible' | 'before'> {
  /** Relative to the report's context; empty for the same directory. */
  contextPath: string
  /** What services mount over what COPY brought; files relative to the report's context. */
  hidden?: readonly HiddenPath[]
}

/** A place of an image that a service does not see. */
export interface HiddenPath {
  service: string
  /** As the file has the mount: `.:/app`. */
  mount: string
  /** The place in the image. */
  target: string
  file: string
  line: number
}

/** A rule about several builds together. */
export interface RuleAcross extends RuleDescription {
  /** It may find something where there is one build only. */
  isAboutOne?: true
  /** A severity where it differs from the rule's. */
  check(facts: AcrossFacts): (Omit<Finding, 'rule' | 'severity'> & Partial<Pick<Finding, 'severity'>>)[]
}
