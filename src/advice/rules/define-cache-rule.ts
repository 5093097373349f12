import {toMessageFields} from '../../languages/text/sentence.js'
import type {Finding, Severity} from '../../report/context-report.js'
import type {Message} from '../../report/message.js'
import type {RuleDescription} from '../../report/rule-description.js'
import type {CacheFacts} from './cache/cache-facts.js'

/** A small project that shows a rule at work. */
export interface CacheExample {
  dockerfile: string
  /** `a/b` a file, `a/` a directory. */
  tree: readonly string[]
  /** `cache-to` of a workflow that builds it; null: it has none. Absent: there is no workflow. */
  cacheTo?: string | null
}

/** A rule about the cache as its file writes it down. */
export interface CacheRuleDefinition<Data> extends RuleDescription {
  /** Run by the tests. */
  examples: {good: readonly CacheExample[]; bad: readonly CacheExample[]}
  message(data: Data): Message
  /** What to do, imperative, no period. */
  fix(data: Data): string
  check(facts: CacheFacts): CacheHit<Data>[]
}

/** One violation. */
interface CacheHit<Data> {
  data: Data
  /** 1-based, in the Dockerfile. */
  line: number
  severity?: Severity
}

/** A rule that can be run. */
export interface CacheRule extends RuleDescription {
  examples: {good: readonly CacheExample[]; bad: readonly CacheExample[]}
  findProblems(facts: CacheFacts): Finding[]
}

/** Makes a rule of its definition. */
export function defineCacheRule<Data>(definition: CacheRuleDefinition<Data>): CacheRule {
  const {message, fix, check, ...description} = definition
  return {
    ...description,
    findProblems: (facts) =>
      check(facts).map(({data, line, severity}) => ({
        rule: description.id,
        severity: severity ?? description.severity,
        ...toMessageFields(message(data)),
        file: facts.file,
        line,
        fix: fix(data),
      })),
  }
}
