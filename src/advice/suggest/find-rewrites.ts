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

/** One build of a Dockerfile. */
export interface RewriteBuild extends Pick<RewriteInput, 'tree' | 'rules' | 'evidence'> {
  name: string
  /** The stages that it may be asked for, its own first; null: the last. */
  targets: readonly (string | null)[]
  /** Evaluates a text as the build does. @throws DockerfileError */
  evaluate(text: string, target: string | null): EvaluatedDockerfile
}

/** A Dockerfile that some builds share. */
export interface RewriteSearch {
  /** As reports name it. */
  file: string
  /** The file's text without its byte-order mark. */
  text: string
  builds: readonly RewriteBuild[]
}

/** Finds the rewrites of a Dockerfile, in the order of the file; each was tried on the text for every build. */
export function findRewrites(search: RewriteSearch): Rewrite[] {
  const groups = new Map<string, Found[]>()
  for (const found of search.builds.flatMap((build) => propose(search, build))) {
    const {rule, proposed} = found
    const key = `${rule} ${proposed.line} ${proposed.endLine}`
    groups.set(key, [...(groups.get(key) ?? []), found])
  }
  const rewrites = [...groups.values()].map((group) => judge(group, search))
  return rewrites.sort((one, other) => one.line - other.line || one.endLine - other.endLine)
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
  const edits = applied.flatMap(toTextEdits)
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

/** A proposal of one rule for one build and target. */
interface Found {
  rule: string
  build: RewriteBuild
  proposed: ProposedRewrite
}

function propose({file, text}: RewriteSearch, build: RewriteBuild): Found[] {
  const dockerfile = parseDockerfile(text)
  return build.targets.flatMap((target) => {
    const facts = new RewriteFacts({...build, file, dockerfile, evaluated: build.evaluate(text, target)})
    return REWRITE_RULES.flatMap((rule) =>
      rule.find(facts).map((proposed) => ({rule: rule.id, build, proposed})),
    )
  })
}

/** Says how sure a change is that some builds propose: as sure as for the build that speaks most against it. */
function judge(group: readonly Found[], search: RewriteSearch): Rewrite {
  const {rule, proposed} = group[0]!
  const {line, endLine, title, proof, edits} = proposed
  const base = {
    rule,
    file: search.file,
    line,
    endLine,
    title,
    proof: [...proof],
    edits: edits.map(({range, text}) => ({...range, text})),
  }
  const blocker = findBlocker(group, search)
  if (blocker !== null) return {...base, confidence: 'blocked', blocker, edits: []}
  const questions = [
    ...new Set(group.flatMap((found) => found.proposed.questions)),
    ...search.builds
      .filter((build) => group.every((found) => found.build !== build))
      .map(({name}) => `Is it right for ${name}, too? There is nothing there to show it with`),
  ]
  if (questions.length > 0) return {...base, confidence: 'review', questions}
  const claim = 'the new text asks for no more, runs the same commands and says the same of the image'
  return {...base, confidence: 'safe', proof: [...base.proof, {claim, evidence: describeTrial(search)}]}
}

function findBlocker(group: readonly Found[], search: RewriteSearch): string | null {
  const {proposed} = group[0]!
  const blocked = group.find((found) => found.proposed.blocker !== undefined)
  if (blocked !== undefined) return blocked.proposed.blocker ?? null
  const other = group.find((found) => JSON.stringify(found.proposed.edits) !== JSON.stringify(proposed.edits))
  if (other !== undefined) return `${group[0]!.build.name} and ${other.build.name} need different texts`
  return proposed.edits.length === 0 ? null : tryEdits(proposed, search)
}

function describeTrial({builds}: RewriteSearch): string {
  const trials = builds.map(({name, targets}) => {
    const stages = targets.map((target) => target ?? 'the last stage').join(', ')
    return builds.length === 1 ? stages : `${name} (${stages})`
  })
  return `evaluated for ${trials.join(', ')}`
}

/** Evaluates the text with the edits for every build and target; what differs, or null. */
function tryEdits({edits, changes = []}: ProposedRewrite, {text, builds}: RewriteSearch): string | null {
  const after = applyEdits(text, edits)
  const allowed = Object.fromEntries(changes.map((change) => [change, true]))
  try {
    for (const {targets, evaluate} of builds) {
      for (const target of targets) {
        const difference = findDifference(evaluate(text, target), evaluate(after, target), allowed)
        if (difference !== null) return `it would change ${difference}`
      }
    }
    return null
  } catch (error) {
    if (error instanceof DockerfileError) return `the new text would not build: ${error.message}`
    throw error
  }
}
