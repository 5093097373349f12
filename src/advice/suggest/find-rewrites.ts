import type {BuildGraph} from '../../build/graph/build-graph.js'
import {createBuildGraph} from '../../build/graph/create-build-graph.js'
import {DockerfileError, SlimCheckError} from '../../errors.js'
import {applyEdits, type TextEdit} from '../../languages/dockerfile/edit/apply-edits.js'
import type {EvaluatedDockerfile} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {parseDockerfile} from '../../languages/dockerfile/syntax/parse-dockerfile.js'
import type {Range} from '../../languages/text/range.js'
import type {Finding} from '../../report/context-report.js'
import type {Claim, Rewrite} from '../../report/dockerfile-report.js'
import {RewriteFacts, type RewriteInput} from '../rewrites/rewrite-facts.js'
import {findDifference} from '../rewrites/same-outcome.js'
import {type InlineIgnores, readInlineIgnores} from '../rules/inline-ignores.js'
import {type OtherIgnores, readOtherIgnores} from '../rules/other-linters.js'
import {REWRITE_RULES} from '../rules/rewrites/all-rewrites.js'
import type {ProposedRewrite, RewriteRule} from '../rules/rewrites/define-rewrite.js'

/** One build of a Dockerfile. */
export interface RewriteBuild
  extends Pick<RewriteInput, 'tree' | 'rules' | 'evidence' | 'outside' | 'services'> {
  name: string
  /** The stages that it may be asked for, its own first; null: the last. */
  targets: readonly (string | null)[]
  /** Evaluates a text as the build does. @throws DockerfileError */
  evaluate(text: string, target: string | null): EvaluatedDockerfile
  /** Runs the rules of `context` on a text, for the build's own stage. Default: none. @throws SlimCheckError where it cannot be built */
  findProblems?(text: string): readonly Finding[]
  /** Nobody asked for this build: nothing is proposed for it, and no change may break it. Default: false. */
  isWitness?: boolean
}

/** A Dockerfile that some builds share. */
export interface RewriteSearch {
  /** As reports name it. */
  file: string
  /** The file's text without its byte-order mark. */
  text: string
  /** Those that are asked for first. */
  builds: readonly RewriteBuild[]
  /** What keeps every change from being proved: builds that are not known. Default: none. */
  doubts?: readonly string[]
  /** The ids of the rules that are asked. Default: all. */
  only?: ReadonlySet<string>
}

/** Far more than an image can have layers: 127. Beyond it nothing is looked for. */
const MAX_STEPS = 1_000

/** More than anybody reads at once: the next turn finds the others. */
const MAX_REWRITES = 50

/** Finds the rewrites of a Dockerfile, in the order of the file; each was tried on the text for every build. */
export function findRewrites({file, text, builds, doubts = [], only}: RewriteSearch): Rewrite[] {
  const rules = REWRITE_RULES.filter(({id}) => only?.has(id) ?? true)
  const tried = builds.map((build) => ({
    build,
    before: new Map(build.targets.map((target) => [target, createBuildGraph(build.evaluate(text, target))])),
  }))
  const search: Search = {file, text, tried, doubts, rules, problems: new Map()}
  const groups = new Map<string, Found[]>()
  const mains = new Set(
    tried.filter(({build}) => build.isWitness !== true).map((one) => mainOf(one).target.index),
  )
  for (const found of tried.flatMap((one) => propose(search, one, mains))) {
    const {rule, proposed} = found
    const key = `${rule} ${proposed.line} ${proposed.endLine}`
    groups.set(key, [...(groups.get(key) ?? []), found])
  }
  const asked = [...groups.values()].filter((group) => group.some(({build}) => build.isWitness !== true))
  const ordered = asked.sort(([one], [other]) => compareLines(one!.proposed, other!.proposed))
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

/** What they write spans most of a stage: it comes when all else is done. */
const ADDS_STAGES: ReadonlySet<string> = new Set(['multi-stage', 'build-tools-in-final'])

/** Applies as many as do not touch each other, the widest at a place first, then from the top; the others are for another turn. */
export function applyRewrites(
  text: string,
  rewrites: readonly Rewrite[],
): {text: string; applied: Rewrite[]; edits: TextEdit[]} {
  const applied: Rewrite[] = []
  const isWhole = ({rule}: Rewrite) => Number(ADDS_STAGES.has(rule))
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

interface Search extends Required<Pick<RewriteSearch, 'file' | 'text' | 'doubts'>> {
  tried: readonly TriedBuild[]
  rules: readonly RewriteRule[]
  /** Of the text as it is, by build; filled when a changed text has any. */
  problems: Map<RewriteBuild, readonly Finding[]>
}

/** A proposal of one rule for one build and target. */
interface Found {
  rule: string
  build: RewriteBuild
  proposed: ProposedRewrite
}

/** What a build makes of its own stage. */
function mainOf({build, before}: TriedBuild): BuildGraph {
  return before.get(build.targets[0]!)!
}

/**
 * What the rules propose for a build, and for other stages that somebody may ask for: a stage that another build makes is
 * that one's, and a stage that another one copies from is no image. Of a build that nobody asked for only its own stage counts.
 * @param mains the stages that the builds make that are asked for
 */
function propose(
  {file, text, tried, rules}: Search,
  {build, before}: TriedBuild,
  mains: ReadonlySet<number>,
): Found[] {
  const dockerfile = parseDockerfile(text)
  const copied = new Set(tried.flatMap((one) => [...one.before.values()]).flatMap(listCopiedFrom))
  return [...before].flatMap(([target, graph]) => {
    const isMain = target === build.targets[0]
    const {index} = graph.target
    if (!isMain && (build.isWitness === true || mains.has(index) || copied.has(index))) return []
    const facts = new RewriteFacts({...build, file, dockerfile, graph, isMain})
    if (graph.steps.length > MAX_STEPS) return []
    return rules.flatMap((rule) => rule.find(facts).map((proposed) => ({rule: rule.id, build, proposed})))
  })
}

/** The stages that another one copies from. */
function listCopiedFrom({steps}: BuildGraph): number[] {
  return steps.flatMap(({reads}) =>
    reads.flatMap(({from}) => (from.kind === 'stage' ? [from.stage.index] : [])),
  )
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
      .filter((one) => group.every((found) => found.build !== one.build) && concerns(one, proposed))
      .map(({build: {name}}) => `Is it right for ${name}, too? The files that would prove it are not there`),
    ...search.doubts,
  ]
  if (questions.length > 0) return {...base, confidence: 'review', questions}
  const claim =
    'the new Dockerfile sends no more files, runs the same commands and sets the same image configuration'
  const trial = {claim, evidence: describeTrial(search)}
  return {...base, confidence: 'safe', proof: [...base.proof, trial, ...proveContext(search)]}
}

/** Whether a build has anything to do with the lines of a proposal. */
function concerns(one: TriedBuild, {line, endLine}: ProposedRewrite): boolean {
  return mainOf(one).stages.some(
    ({isReachable, instructions}) =>
      isReachable && instructions.some((own) => own.line >= line && own.line <= endLine),
  )
}

function proveContext({tried}: Search): Claim[] {
  const claim = 'with the ignore file as it is, no COPY loses files'
  const isTried = tried.every(({build}) => build.findProblems !== undefined)
  return isTried
    ? [{claim, evidence: 'checked with the rules of docker slimcheck context on the new Dockerfile'}]
    : []
}

function findBlocker(group: readonly Found[], search: Search): string | null {
  const {proposed} = group[0]!
  const blocked = group.find((found) => found.proposed.blocker !== undefined)
  if (blocked !== undefined) {
    const name = blocked.build === group[0]!.build ? '' : `${blocked.build.name}: `
    return `${name}${blocked.proposed.blocker}`
  }
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
function tryEdits({edits, changes = []}: ProposedRewrite, search: Search): string | null {
  const {text, tried} = search
  const after = applyEdits(text, edits)
  const allowed = Object.fromEntries(changes.map((change) => [change, true]))
  const nameIn = ({name}: RewriteBuild) => (tried.length === 1 ? '' : `${name}: `)
  try {
    for (const {build, before} of tried) {
      for (const [target, graph] of before) {
        const changed = createBuildGraph(build.evaluate(after, target))
        const difference = findDifference(graph, changed, allowed)
        if (difference !== null) return `${nameIn(build)}it would change ${difference}`
      }
      const problem = findNewProblem(after, build, search)
      if (problem !== null) return `${nameIn(build)}${problem}`
    }
    return null
  } catch (error) {
    if (error instanceof DockerfileError || error instanceof SlimCheckError)
      return `the new Dockerfile would not build: ${error.message}`
    throw error
  }
}

/** What a new text makes wrong with a build that is right now; lines differ, so problems are counted by their rules and severities. */
function findNewProblem(after: string, build: RewriteBuild, {text, problems}: Search): string | null {
  if (build.findProblems === undefined) return null
  const found = build.findProblems(after).filter(({severity}) => severity !== 'info')
  if (found.length === 0) return null
  const before = problems.get(build) ?? build.findProblems(text)
  problems.set(build, before)
  const countOf = ({rule, severity}: Finding, all: readonly Finding[]) =>
    all.filter((one) => one.rule === rule && (one.severity === severity || one.severity === 'error')).length
  const fault = found.find((one) => countOf(one, found) > countOf(one, before))
  if (fault === undefined) return null
  const place = fault.line === undefined ? '' : ` (line ${fault.line} of the new Dockerfile)`
  return `with the new Dockerfile ${fault.message}${place}`
}
