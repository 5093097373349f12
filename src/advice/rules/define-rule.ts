import type {Submodule} from '../../languages/git/tracked-paths.js'
import type {Location} from '../../languages/text/range.js'
import {toMessageFields} from '../../languages/text/sentence.js'
import type {WideEncoding} from '../../plan/build-plan.js'
import type {Workspace} from '../../plan/workspace.js'
import type {Finding, Severity} from '../../report/context-report.js'
import {type Message, RESTORES} from '../../report/message.js'
import type {RuleDescription} from '../../report/rule-description.js'
import type {RuleFacts} from '../facts/rule-facts.js'

/** A rule as its file writes it down. */
export interface RuleDefinition<Data> extends RuleDescription, RuleExamples {
  /** The sentence of one finding: things in double quotes, no period. Numbers that people read are amounts in a `sentence`. */
  message(data: Data): string | Message
  /** What to do about one finding, imperative, no period; absent where nothing more can be said than the rule's remedy. */
  fix?(data: Data): string | undefined
  /** Paths of the context that the ignore file keeps out and the build needs. Default: none. */
  restores?(data: Data): readonly string[]
  /** Finds every violation, in any order. Pure. */
  check(facts: RuleFacts): Hit<Data>[]
}

/** What shows a rule at work. */
interface RuleExamples {
  /** Run by the tests; the first bad one is shown in the documentation. */
  examples: {good: readonly Example[]; bad: readonly Example[]}
}

/** A small project: the rules are run on it. */
export interface Example {
  dockerfile?: string
  ignore?: string
  /** `a/b` a file, `a/` a directory, `a -> b` a link, `a/ (unreadable)`, `a (9 bytes)`; `\xff` a byte. Parents come by themselves. */
  tree: readonly string[]
  /** What the files hold, where it matters. */
  contents?: Readonly<Record<string, string>>
  /** Default: true. */
  hasXattrs?: boolean
  unreadableIgnoreFile?: string
  /** Default: `Dockerfile`. */
  dockerfilePath?: string
  /** The Dockerfile was found by a search. */
  isSearched?: true
  /** Of the ignore file. Default: UTF-8. */
  encoding?: WideEncoding
  /** The text of a `.gitignore` at the root. */
  gitIgnore?: string
  /** The paths that Git tracks. */
  tracked?: readonly string[]
  submodules?: readonly Submodule[]
  workspace?: Workspace
  /** The text of the root's `.dockerignore`; `ignore` is then the Dockerfile's own. */
  replaced?: string
}

/** One violation. */
export interface Hit<Data> {
  data: Data
  /** Without a line it is about the whole file; absent for one that is about the whole context. */
  place?: Location | Pick<Location, 'file'>
  /** Where it differs from the rule's. */
  severity?: Severity
}

/** A rule that can be run. */
export interface Rule extends RuleDescription, RuleExamples {
  findProblems(facts: RuleFacts): Finding[]
}

/** Makes a rule of its definition. */
export function defineRule<Data>({
  message,
  fix,
  restores,
  check,
  ...description
}: RuleDefinition<Data>): Rule {
  const {id, severity} = description
  return {
    ...description,
    findProblems: (facts) =>
      check(facts).map(({data, place, ...hit}) => {
        const paths = restores?.(data) ?? []
        return {
          rule: id,
          severity: hit.severity ?? severity,
          ...toFields(message(data)),
          ...(place && toPosition(place)),
          fix: fix?.(data) ?? description.remedy.replace(/\.$/, ''),
          ...(paths.length > 0 && {[RESTORES]: paths}),
        }
      }),
  }
}

function toPosition(place: Location | Pick<Location, 'file'>): Pick<Finding, 'file' | 'line'> {
  return 'line' in place ? {file: place.file, line: place.line} : place
}

function toFields(message: string | Message): Pick<Finding, 'message'> {
  return typeof message === 'string' ? {message} : toMessageFields(message)
}
