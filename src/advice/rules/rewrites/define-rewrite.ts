import type {Step} from '../../../build/graph/build-graph.js'
import type {TextEdit} from '../../../languages/dockerfile/edit/apply-edits.js'
import type {Claim, RewriteConfidence} from '../../../report/dockerfile-report.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'

/** A rule that proposes changes of a Dockerfile. */
export interface RewriteRule {
  /** Stable; the name of its file. */
  id: string
  /** One sentence, imperative, no period. */
  summary: string
  /** What goes wrong otherwise, and what is proved of a change. */
  reason: string
  /** Run by the tests; the first is shown in the documentation. */
  examples: readonly RewriteExample[]
  /** Finds every change, in the order of the file. Pure. */
  find(facts: RewriteFacts): ProposedRewrite[]
}

/** A small project and what becomes of its Dockerfile. */
export interface RewriteExample {
  /** What the example shows. */
  title: string
  dockerfile: string
  ignore?: string
  /** As in the examples of rules: `a/b` a file, `a/` a directory. */
  tree: readonly string[]
  contents?: Readonly<Record<string, string>>
  /** CI files, Makefiles and other Dockerfiles of the project. */
  outside?: Readonly<Record<string, string>>
  /** The commands of services that run the image, by name. */
  services?: Readonly<Record<string, readonly string[]>>
  /** Null: nothing is proposed. */
  expected: {
    confidence: RewriteConfidence
    /** Of what is open, or speaks against it. */
    says?: RegExp
    /** The Dockerfile with the edits made; absent where there are none. */
    dockerfile?: string
  } | null
}

/** What a rule proposes. */
export interface ProposedRewrite {
  line: number
  endLine: number
  title: string
  proof: readonly Claim[]
  /** What is open; empty makes it safe. */
  questions: readonly string[]
  /** Set for one that something speaks against. */
  blocker?: string
  edits: readonly TextEdit[]
  /** What it changes on purpose; all else must stay as it is evaluated. */
  changes?: readonly IntendedChange[]
}

/**
 * `start`: the command of CMD or ENTRYPOINT. `commands`: what the RUNs call. `requests`: more is asked of the context.
 * `owners`: who owns what is copied, and its modes. `links`: whether a copy is linked. `copies`: less is copied, or from elsewhere. `settings`: the image says something more. `stages`: there is another stage, which
 * says the same as the one that it follows.
 */
type IntendedChange =
  | 'start'
  | 'commands'
  | 'requests'
  | 'owners'
  | 'links'
  | 'copies'
  | 'settings'
  | 'stages'

/** Asks for each step of the file itself, in its order; steps of ONBUILD cannot be changed here. */
export function proposeForSteps(
  facts: RewriteFacts,
  propose: (facts: RewriteFacts, step: Step) => ProposedRewrite | null,
): ProposedRewrite[] {
  return facts.graph.steps.flatMap((step) =>
    step.instruction.isInherited ? [] : (propose(facts, step) ?? []),
  )
}
