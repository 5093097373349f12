import {toMessageFields} from '../../languages/text/sentence.js'
import type {Severity} from '../../report/context-report.js'
import type {ImageFinding} from '../../report/image-report.js'
import type {Message} from '../../report/message.js'
import type {RuleDescription} from '../../report/rule-description.js'
import type {ImageFacts, ImageLayerFacts} from '../facts/image/image-facts.js'

/** A rule about images as its file writes it down. */
export interface ImageRuleDefinition<Data> extends RuleDescription {
  /** Small images that show the rule at work; run by the tests. */
  examples: {good: readonly ImageExample[]; bad: readonly ImageExample[]}
  message(data: Data, facts: ImageFacts): Message
  /** What to do, imperative, no period. */
  fix(data: Data, facts: ImageFacts): string
  check(facts: ImageFacts): ImageHit<Data>[]
}

/** Layers from the lowest. */
export interface ImageExample {
  layers: readonly ExampleLayer[]
  /** Layers that another image had, which this one is compared with. */
  before?: readonly ExampleLayer[]
}

export interface ExampleLayer {
  /** As a history has it. */
  by: string
  /** `a/b (9 bytes)` a file, `a/` a directory, `- a/b` a whiteout, `a -> b` a link; `= TEXT` behind it: the content. */
  entries: readonly string[]
  isBase?: true
}

/** One violation. */
export interface ImageHit<Data> {
  data: Data
  /** What it costs. */
  bytes: number
  /** The layers concerned, the one to change first. */
  layers: number[]
  severity?: Severity
}

/** A rule that can be run. */
export interface ImageRule extends RuleDescription {
  examples: {good: readonly ImageExample[]; bad: readonly ImageExample[]}
  findProblems(facts: ImageFacts): ImageFinding[]
}

/** Makes a rule of its definition. */
export function defineImageRule<Data>(definition: ImageRuleDefinition<Data>): ImageRule {
  const {message, fix, check, ...description} = definition
  return {
    ...description,
    findProblems: (facts) =>
      check(facts).map(({data, bytes, layers, severity}) => ({
        rule: description.id,
        severity: severity ?? description.severity,
        ...toMessageFields(withoutPlace(message(data, facts), facts.layers[layers[0]!]?.place ?? null)),
        ...facts.layers[layers[0]!]?.place,
        fix: fix(data, facts),
        bytes,
        layers,
      })),
  }
}

/** A finding has its place beside the message: there it need not be said again. */
function withoutPlace(message: Message, place: ImageLayerFacts['place']): Message {
  if (place === null) return message
  const own = ` (${place.file}:${place.line})`
  return message.map((part) => (typeof part === 'string' ? part.replaceAll(own, '') : part))
}
