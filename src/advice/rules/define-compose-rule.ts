import type {Range} from '../../languages/text/range.js'
import {toMessageFields} from '../../languages/text/sentence.js'
import type {Finding, Severity} from '../../report/context-report.js'
import type {Claim} from '../../report/dockerfile-report.js'
import type {Message} from '../../report/message.js'
import type {RuleDescription} from '../../report/rule-description.js'
import type {ComposeFacts} from '../facts/compose/compose-facts.js'

/** A rule about a Compose project. */
export interface ComposeRule extends RuleDescription {
  /** Small projects that show the rule at work; run by the tests. */
  examples: {good: readonly ComposeExample[]; bad: readonly ComposeExample[]}
  /** Finds every violation, in the order of the services. Pure. */
  check(facts: ComposeFacts): ComposeHit[]
}

export interface ComposeExample {
  /** Of `compose.yaml`. */
  compose: string
  /** Other files with what they hold; those of the context among them. */
  files?: Readonly<Record<string, string>>
  /** What the file becomes with the change that is proposed; absent where none is. */
  expected?: string
}

/** One violation. */
export interface ComposeHit {
  message: Message
  /** In a compose file, absolute. */
  place: {file: string; line: number}
  /** The service that it is about, if it is one. */
  service?: string
  /** Where it differs from the rule's. */
  severity?: Severity
  /** What to do, imperative, no period. */
  fix?: string
  change?: ComposeChange
}

/** A change of one compose file that mends a violation. */
export interface ComposeChange {
  title: string
  proof: readonly Claim[]
  /** What a person must answer first; none makes it safe. */
  questions: readonly string[]
  /** The file, absolute. */
  file: string
  edits: readonly {range: Range; text: string}[]
  /** What the project says differently afterwards: keys by service. All else must stay. */
  changes: Readonly<Record<string, readonly string[]>>
}

/** A finding with the change that mends it. */
export interface ComposeProblem {
  finding: Finding
  change: ComposeChange | null
}

/** Runs rules over a project. */
export function runComposeRules(rules: readonly ComposeRule[], facts: ComposeFacts): ComposeProblem[] {
  return rules.flatMap((rule) =>
    rule.check(facts).map(({message, place, service, severity, fix, change}) => ({
      finding: {
        rule: rule.id,
        severity: severity ?? rule.severity,
        ...toMessageFields(message),
        ...facts.placeOf(place),
        ...(service !== undefined && {plan: service}),
        ...(fix !== undefined && {fix}),
      },
      change: change ?? null,
    })),
  )
}
