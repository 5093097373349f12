import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import type {PlanIgnoreFile} from '../../plan/build-plan.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {findOtherCase} from './near-matches.js'
import {type IgnoreUse, observePatterns} from './observe-patterns.js'

/** What an ignore file does to a context, whichever build reads it; each computed once and only if asked for. */
export class IgnoreFacts {
  readonly rules: IgnoreRules
  private readonly computed: {
    lines?: readonly string[]
    use?: IgnoreUse
    otherCases?: ReadonlyMap<number, string>
  } = {}

  /** @param file null: there is none, and nothing is ignored */
  constructor(
    private readonly tree: FileTree,
    private readonly file: PlanIgnoreFile | null,
  ) {
    this.rules = file?.rules ?? new IgnoreRules([])
  }

  /** The lines as written, without their ends. */
  get lines(): readonly string[] {
    this.computed.lines ??= new TextDecoder().decode(this.file?.content).split('\n')
    return this.computed.lines
  }

  get use(): IgnoreUse {
    this.computed.use ??= observePatterns(this.tree, this.rules)
    return this.computed.use
  }

  /** Of the patterns that match nothing, those that would if capitals did not count: with an example. */
  get otherCases(): ReadonlyMap<number, string> {
    this.computed.otherCases ??= findOtherCase(this.tree, this.rules.patterns, this.use)
    return this.computed.otherCases
  }
}
