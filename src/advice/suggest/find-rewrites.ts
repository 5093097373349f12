import type {BuildGraph} from '../../build/graph/build-graph.js'
import {createBuildGraph} from '../../build/graph/create-build-graph.js'
import {DockerfileError} from '../../errors.js'
import {applyEdits, type TextEdit} from '../../languages/dockerfile/edit/apply-edits.js'
import type {EvaluatedDockerfile} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {parseDockerfile} from '../../languages/dockerfile/syntax/parse-dockerfile.js'
import type {Range} from '../../languages/text/range.js'
import type {Rewrite} from '../../report/dockerfile-report.js'
import {RewriteFacts, type RewriteInput} from '../rewrites/rewrite-facts.js'
import {findDifference} from '../rewrites/same-outcome.js'
import {type InlineIgnores, readInlineIgnores} from '../rules/inline-ignores.js'
import {type OtherIgnores, readOtherIgnores} from '../rules/other-linters.js'
import {REWRITE_RULES} from '../rules/rewrites/all-rewrites.js'
import type {ProposedRewrite} from '../rules/rewrites/define-rewrite.js'

/** One build of a Dockerfile. */
export interface RewriteBuild extends Pick<RewriteInput, 'tree' | 'rules' | 'evidence' | 'outside'> {
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

/** Far more than an image can have layers: 127. Beyond it nothing is looked for. */
const MAX_STEPS = 1_000

/** More than anybody reads at once: the next turn finds the others. */
const MAX_REWRITES = 50

/** Finds the rewrites of a Dockerfile, in the order of the file; each was tried on the text for every build. */
export function findRewrites({file, text, builds}: RewriteSearch): Rewrite[] {
  const tried = builds.map((build) => ({
    build,
    before: new Map(build.targets.map((target) => [target, createBuildGraph(build.evaluate(text, target))])),
  }))
  const search: Search = {file, text, tried}
  const groups = new Map<string, Found[]>()
  for (const found of tried.flatMap((one) => propose(search, one))) {
    const {rule, proposed} = found
    const key = `${rule} ${proposed.line} ${proposed.endLine}`
    groups.set(key, [...(groups.get(key) ?? []), found])
  }
  const ordered = [...groups.values()].sort(([one], [other]) => compareLines(one!.proposed, other!.proposed))
  const ignores = readInlineIgnores(new Map([[file, text]]))
  const others = readOtherIgnores(text)
  const wanted = ordered.filter(([found]) => !isIgnored(found!, file, ignores, others))
  return wanted.slice(0, MAX_REWRITES).map((group) => judge(group, search))
}

/** A comment above any instruction that a rewrite is about takes it away. */
function isIgnored(
  {rule, proposed}: Found,
  file: string,
  ignores: InlineIgnores,
  others: OtherIgnores,
): boolean {
  for (let {line} = proposed; line <= proposed.endLine; line++) {
    if (ignores.isIgnored({file, line, rule}) || others.isIgnored(rule, line)) return true
  }
  return false
}

function compareLines(one: ProposedRewrite, other: ProposedRewrite): number {
  return one.line - other.line || one.endLine - other.endLine
}

/** Applies as many as do not touch each other, the widest at a place first, then from the top; the others are for another turn. */
export function applyRewrites(
  text: string,
  rewrites: readonly Rewrite[],
): {text: string; applied: Rewrite[]; edits: TextEdit[]} {
  const applied: Rewrite[] = []
  const isWhole = ({rule}: Rewrite) => Number(rule === 'multi-stage')
  const widestFirst = rewrites.toSorted(
    (one, other) => isWhole(one) - isWhole(other) || one.line - other.line || other.endLine - one.endLine,
  )
  for (const rewrite of widestFirst) {
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

/** A build with what it makes of the text as it is, by target. */
interface TriedBuild {
  build: RewriteBuild
  before: ReadonlyMap<string | null, BuildGraph>
}

interface Search extends Pick<RewriteSearch, 'file' | 'text'> {
  tried: readonly TriedBuild[]
}

/** A proposal of one rule for one build and target. */
interface Found {
  rule: string
  build: RewriteBuild
  proposed: ProposedRewrite
}

function propose({file, text}: Search, {build, before}: TriedBuild): Found[] {
  const dockerfile = parseDockerfile(text)
  return [...before].flatMap(([target, graph]) => {
    const facts = new RewriteFacts({...build, file, dockerfile, graph, isMain: target === build.targets[0]})
    if (graph.steps.length > MAX_STEPS) return []
    return REWRITE_RULES.flatMap((rule) =>
      rule.find(facts).map((proposed) => ({rule: rule.id, build, proposed})),
    )
  })
}

/** Says how sure a change is that some builds propose: as sure as for the build that speaks most against it. */
function judge(group: readonly Found[], search: Search): Rewrite {
  const {rule, proposed} = group[0]!
  const {line, endLine, title, proof, edits} = proposed
  const base: Omit<Rewrite, 'confidence'> = {
    rule,
    file: search.file,
    line,
    endLine,
    title,
    proof: [...proof],
    edits: edits.map(({range, text}) => ({...range, text})),
    cache: [],
  }
  const blocker = findBlocker(group, search)
  if (blocker !== null) return {...base, confidence: 'blocked', blocker, edits: []}
  const questions = [
    ...new Set(group.flatMap((found) => found.proposed.questions)),
    ...search.tried
      .filter(({build}) => group.every((found) => found.build !== build))
      .map(({build: {name}}) => `Is it right for ${name}, too? There is nothing there to show it with`),
  ]
  if (questions.length > 0) return {...base, confidence: 'review', questions}
  const claim = 'the new text asks for no more, runs the same commands and says the same of the image'
  return {...base, confidence: 'safe', proof: [...base.proof, {claim, evidence: describeTrial(search)}]}
}

function findBlocker(group: readonly Found[], search: Search): string | null {
  const {proposed} = group[0]!
  const blocked = group.find((found) => found.proposed.blocker !== undefined)
  if (blocked !== undefined) return blocked.proposed.blocker ?? null
  const other = group.find((found) => JSON.stringify(found.proposed.edits) !== JSON.stringify(proposed.edits))
  if (other !== undefined) return `${group[0]!.build.name} and ${other.build.name} need different texts`
  return proposed.edits.length === 0 ? null : tryEdits(proposed, search)
}

function describeTrial({tried}: Search): string {
  const trials = tried.map(({build: {name, targets}}) => {
    const stages = targets.map((target) => target ?? 'the last stage').join(', ')
    return tried.length === 1 ? stages : `${name} (${stages})`
  })
  return `evaluated for ${trials.join(', ')}`
}

/** Evaluates the text with the edits for every build and target; what differs, or null. */
function tryEdits({edits, changes = []}: ProposedRewrite, {text, tried}: Search): string | null {
  const after = applyEdits(text, edits)
  const allowed = Object.fromEntries(changes.map((change) => [change, true]))
  try {
    for (const {build, before} of tried) {
      for (const [target, graph] of before) {
        const changed = createBuildGraph(build.evaluate(after, target))
        const difference = findDifference(graph, changed, allowed)
        if (difference !== null) return `it would change ${difference}`
      }
    }
    return null
  } catch (error) {
    if (error instanceof DockerfileError) return `the new text would not build: ${error.message}`
    throw error
  }
}
