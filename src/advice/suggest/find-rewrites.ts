import {DockerfileError} from '../../errors.js'
import {applyEdits, type TextEdit} from '../../languages/dockerfile/edit/apply-edits.js'
import type {EvaluatedDockerfile} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {parseDockerfile} from '../../languages/dockerfile/syntax/parse-dockerfile.js'
import type {Range} from '../../languages/text/range.js'
import type {Rewrite} from '../../report/dockerfile-report.js'
import {RewriteFacts, type RewriteInput} from '../rewrites/rewrite-facts.js'
import {findDifference} from '../rewrites/same-outcome.js'
import {REWRITE_RULES} from '../rules/rewrites/all-rewrites.js'
import type {ProposedRewrite} from '../rules/rewrites/define-rewrite.js'

/** A Dockerfile and how builds read it. */
export interface RewriteSearch extends Omit<RewriteInput, 'dockerfile' | 'evaluated'> {
  /** The file's text without its byte-order mark. */
  text: string
  /** The stage that is built; null: the last. */
  target: string | null
  /** Other stages that somebody may build. */
  otherTargets: readonly string[]
  /** Evaluates a text as the build does. @throws DockerfileError */
  evaluate(text: string, target: string | null): EvaluatedDockerfile
}

/** Finds the rewrites of a Dockerfile, in the order of the file; each was applied to the text and evaluated again. */
export function findRewrites(search: RewriteSearch): Rewrite[] {
  const {text, target, evaluate} = search
  const dockerfile = parseDockerfile(text)
  const facts = new RewriteFacts({...search, dockerfile, evaluated: evaluate(text, target)})
  const found = REWRITE_RULES.flatMap((rule) =>
    rule.find(facts).map((proposed) => judge(rule.id, proposed, search)),
  )
  return found.sort((one, other) => one.line - other.line || one.endLine - other.endLine)
}

/** Applies as many as do not touch each other, the first ones first; the others are for another turn. */
export function applyRewrites(
  text: string,
  rewrites: readonly Rewrite[],
): {text: string; applied: Rewrite[]; edits: TextEdit[]} {
  const applied: Rewrite[] = []
  for (const rewrite of rewrites) {
    if (rewrite.edits.length === 0) continue
    const hull = hullOf(rewrite)
    if (applied.every((other) => !touches(hull, hullOf(other)))) applied.push(rewrite)
  }
  const edits = applied.flatMap((rewrite) => toTextEdits(rewrite))
  return {text: applyEdits(text, edits), applied, edits}
}

function toTextEdits({edits}: Rewrite): TextEdit[] {
  return edits.map(({start, end, text}) => ({range: {start, end}, text}))
}

function hullOf({edits}: Rewrite): Range {
  return {
    start: Math.min(...edits.map(({start}) => start)),
    end: Math.max(...edits.map(({end}) => end)),
  }
}

function touches(one: Range, other: Range): boolean {
  return one.start <= other.end && other.start <= one.end
}

/** Says how sure a proposal is, after a try of its text. */
function judge(rule: string, proposed: ProposedRewrite, search: RewriteSearch): Rewrite {
  const {line, endLine, title, proof, questions, blocker, edits} = proposed
  const base = {
    rule,
    line,
    endLine,
    title,
    proof: [...proof],
    edits: edits.map(({range, text}) => ({...range, text})),
  }
  if (blocker !== undefined) return {...base, confidence: 'blocked', blocker, edits: []}
  const difference = edits.length === 0 ? null : tryEdits(proposed, search)
  if (difference !== null) return {...base, confidence: 'blocked', blocker: difference, edits: []}
  if (questions.length > 0) return {...base, confidence: 'review', questions: [...questions]}
  const evidence = ['the last stage', ...search.otherTargets].join(', ')
  const claim = 'the new text asks for no more, runs the same commands and says the same of the image'
  return {...base, confidence: 'safe', proof: [...base.proof, {claim, evidence: `evaluated for ${evidence}`}]}
}

/** Evaluates the text with the edits for every target; what differs, or null. */
function tryEdits({edits, changes = []}: ProposedRewrite, search: RewriteSearch): string | null {
  const {text, target, otherTargets, evaluate} = search
  const after = applyEdits(text, edits)
  const allowed = Object.fromEntries(changes.map((change) => [change, true]))
  try {
    for (const one of [target, ...otherTargets]) {
      const difference = findDifference(evaluate(text, one), evaluate(after, one), allowed)
      if (difference !== null) return `it would change ${difference}`
    }
    return null
  } catch (error) {
    if (error instanceof DockerfileError) return `the new text would not build: ${error.message}`
    throw error
  }
}
