import {createUnifiedDiff} from '../../languages/ignore/edit/unified-diff.js'
import {formatThings} from '../../languages/text/amounts.js'
import {capitalize} from '../../languages/text/sentence.js'
import type {Finding} from '../../report/context-report.js'
import type {
  DockerfileReport,
  Rewrite,
  RewriteConfidence,
  RewriteEffect,
  RewrittenBuild,
} from '../../report/dockerfile-report.js'
import type {FileChange} from '../../report/file-change.js'
import {explainCheck} from '../dockerfile/explain-check.js'
import {explainChosenEffect, explainEffect, explainRewriteEffects} from '../dockerfile/explain-effect.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {measureWidth} from '../terminal/measure-width.js'
import {createStyles, type Screen, type Style} from '../terminal/style.js'
import {wrapText} from '../terminal/table.js'
import {MARKS, renderLegend} from './marks.js'
import {renderDiff} from './render-change.js'
import type {Choice} from './render-picker.js'
import {renderVerifications} from './render-verifications.js'

/** Wider than this no text is read with ease. */
const MAX_WIDTH = 110

const MAX_QUESTIONS = 3

const MAX_CLAIMS = 6

/** Of builds that share a file. */
const MAX_EFFECTS = 8

/** The rewrites of each Dockerfile with their proofs, and what is open or speaks against them. */
export function renderDockerfile(report: DockerfileReport, screen: Screen): string {
  const {dim, red} = createStyles(screen.hasColor)
  const {builds, rewrites, failed} = report
  const files = [...new Set(builds.map(({dockerfile}) => dockerfile))]
  const blocks = files.map((file) => renderFile(file, report, screen))
  const failures = failed.map(({name, message}) =>
    red(`${escapeForTerminal(name)}: ${escapeForTerminal(message)}`),
  )
  const hint = rewrites.length === 0 ? [] : wrapText(hintOf(rewrites), screen.width).map((line) => dim(line))
  const legend = renderLegend(
    rewrites.map(({confidence}) => confidence),
    {width: Math.min(screen.width, MAX_WIDTH), styles: {dim}},
  )
  return [
    ...blocks,
    ...(legend.length === 0 ? [] : [...legend.slice(1), '']),
    ...failures,
    ...renderProblems(report, screen),
    `${renderVerifications(report, screen)}${hint.join('\n')}`,
    '',
  ].join('\n')
}

function renderFile(file: string, report: DockerfileReport, screen: Screen): string {
  const {builds, rewrites} = report
  const own = builds.filter(({dockerfile}) => dockerfile === file)
  const found = rewrites.filter((rewrite) => rewrite.file === file)
  const shared = listSharedProof(found)
  const texts = found.flatMap((rewrite) => [...renderRewrite(rewrite, shared, screen), ''])
  const empty = ['  No rule found anything to improve', '']
  return [
    ...renderFileHeading(file, own, screen),
    '',
    ...renderEffects(file, report, screen),
    ...(found.length === 0 ? empty : texts),
    ...renderSharedProof(shared, screen),
  ].join('\n')
}

/** What the proofs of all safe changes of a file have in common; nothing where fewer than two are safe. */
function listSharedProof(rewrites: readonly Rewrite[]): ReadonlySet<string> {
  const proofs = rewrites
    .filter(({confidence}) => confidence === 'safe')
    .map(({proof}) => proof.map(explainClaim))
  const [first = [], ...others] = proofs
  return new Set(
    others.length === 0 ? [] : first.filter((claim) => others.every((one) => one.includes(claim))),
  )
}

function renderSharedProof(shared: ReadonlySet<string>, screen: Screen): string[] {
  if (shared.size === 0) return []
  return ['  For each + change', ...[...shared].flatMap((claim) => wrap(claim, 6, screen)), '']
}

function explainClaim({claim, evidence}: Rewrite['proof'][number]): string {
  return `${claim}: ${evidence}`
}

/** What an edit runs again, for each build of a file; those that are equal but for the name once. */
function renderEffects(file: string, {effects}: DockerfileReport, screen: Screen): string[] {
  const own = effects.filter(({dockerfile}) => dockerfile === file)
  if (own.length === 0) return []
  const texts = [...new Set(own.map(explainEffect))]
  const shown = texts.length === 1 ? texts : own.map((effect) => `${effect.build}: ${explainEffect(effect)}`)
  return [...shown.slice(0, MAX_EFFECTS).flatMap((text) => wrap(capitalize(text), 2, screen)), '']
}

function renderProblems({findings, check, ciFiles}: DockerfileReport, screen: Screen): string[] {
  const {bold, dim} = createStyles(screen.hasColor)
  const skipped = check === null || check.status === 'done' ? [] : wrap(explainCheck(check), 2, screen)
  const isClean = check?.status === 'done' && !findings.some(({rule}) => rule.startsWith('buildkit/'))
  const clean = isClean ? [dim('  docker build --check found nothing')] : []
  const lines = findings.flatMap((finding) => renderFinding(finding, screen))
  const noCi = ciFiles?.length === 0 ? [dim('  there is no workflow and no .gitlab-ci.yml to check')] : []
  const all = [...lines, ...noCi, ...skipped.map(dim), ...clean]
  return all.length === 0 ? [] : [bold('Problems'), ...all, '']
}

/** The longest severity and what stands around it. */
const FINDING_INDENT = 11

function renderFinding(finding: Finding, screen: Screen): string[] {
  const {red, yellow, dim} = createStyles(screen.hasColor)
  const {severity, rule, message, file, line, fix = '', snippet = ''} = finding
  const style = {error: red, warning: yellow, info: dim}[severity]
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`} `
  const [first = '', ...rest] = wrap(`${place}${message} (${rule})`, FINDING_INDENT, screen)
  const indent = ' '.repeat(FINDING_INDENT)
  const lines = snippet === '' ? [] : snippet.split('\n').map((one) => `${indent}  ${escapeForTerminal(one)}`)
  return [
    `  ${style(severity.padEnd(7))}  ${first.trimStart()}`,
    ...rest,
    ...(fix === '' ? [] : wrap(fix, FINDING_INDENT, screen).map(dim)),
    ...lines,
  ]
}

function wrap(text: string, indent: number, screen: Screen): string[] {
  const width = Math.min(screen.width, MAX_WIDTH) - indent
  return wrapText(escapeForTerminal(text), width).map((line) => ' '.repeat(indent) + line)
}

/** The file, and its builds behind it, or below where there is no room. */
function renderFileHeading(file: string, builds: readonly RewrittenBuild[], screen: Screen): string[] {
  const {bold, dim} = createStyles(screen.hasColor)
  const title = `Rewrites of ${escapeForTerminal(file)}`
  const text = describeBuilds(file, builds)
  if (text === '') return [bold(title)]
  if (measureWidth(title) + 3 + measureWidth(text) <= screen.width) return [`${bold(title)}   ${dim(text)}`]
  return [bold(title), ...wrapText(text, screen.width - 2).map((line) => dim(`  ${line}`))]
}

/** The builds of a file, where they say more than its name, and the stages that they were tried for. */
function describeBuilds(file: string, builds: readonly RewrittenBuild[]): string {
  const texts = builds.flatMap(({name, target, otherTargets}) => {
    const others = otherTargets.length === 0 ? [] : [`tried with --target ${otherTargets.join(', ')}, too`]
    const stages = [...(target === null ? [] : [target]), ...others]
    const shown = [
      ...(name === file ? [] : [name]),
      ...(stages.length === 0 ? [] : [`(${stages.join(', ')})`]),
    ]
    return shown.length === 0 ? [] : [escapeForTerminal(shown.join(' '))]
  })
  return texts.join(', ')
}

/** What a write changes, as diffs. @param isRaw for `git apply`: every byte as it is, nothing made harmless */
export function renderRewriteChanges(
  {rewrites}: {rewrites: readonly Pick<Rewrite, 'confidence' | 'edits'>[]},
  changes: readonly FileChange[],
  screen: Screen & {isRaw?: boolean},
): string {
  if (changes.length > 0) {
    if (screen.isRaw === true)
      return changes.map(({path, before, after}) => createUnifiedDiff(path, before, after)).join('')
    return changes.map((change) => `${renderDiff(change, screen)}\n`).join('')
  }
  const isOpen = rewrites.some(({confidence, edits}) => confidence === 'review' && edits.length > 0)
  const more = isOpen ? '; --all takes the ? ones, once you have reviewed them' : ''
  return `Nothing to write: no change is proved safe${more}\n`
}

/** Said beside the diffs: what was written, and that there is more to review. Empty where both are said already. */
export function renderRewriteOutcome(
  {rewrites}: {rewrites: readonly Pick<Rewrite, 'confidence' | 'edits'>[]},
  changes: readonly FileChange[],
  {isWritten, all}: {isWritten: boolean; all: boolean},
): string {
  if (changes.length === 0) return ''
  const open = rewrites.filter(({confidence, edits}) => confidence === 'review' && edits.length > 0).length
  const files = changes.map(({path}) => escapeForTerminal(path)).join(', ')
  return [
    ...(isWritten ? [`Updated ${files}\n`] : []),
    ...(all || open === 0
      ? []
      : [
          `${formatThings(open, '? change')} to review: add --all to see ${open === 1 ? 'it' : 'them'} too\n`,
        ]),
  ].join('')
}

/** The rewrites that can be written, to tick, with what each saves, why it holds and what is open. */
export function renderRewriteChoices(
  rewrites: readonly (Pick<Rewrite, 'file' | 'line' | 'title' | 'confidence' | 'questions'> &
    Partial<Pick<Rewrite, 'proof' | 'cache'>>)[],
): Choice[] {
  return rewrites.map(({file, line, title, confidence, proof = [], cache = [], questions = []}) => ({
    mark: confidence === 'safe' ? '+' : '?',
    title: escapeForTerminal(`${file}:${line}  ${title}`),
    gain: '',
    reasons: [
      ...explainRewriteEffects({cache}).map(capitalize),
      ...proof.map(explainClaim),
      ...questions.map((question) => `open: ${question}`),
    ].map(escapeForTerminal),
  }))
}

/** What the ticked rewrites come to. @param appliedCount those that can be made together */
export function renderRewriteTotal(
  effects: readonly RewriteEffect[],
  chosenCount: number,
  appliedCount: number,
): string {
  const waiting = chosenCount - appliedCount
  const texts = [
    ...effects.map(explainChosenEffect),
    ...(waiting === 0
      ? []
      : [`${waiting} on the same lines as another change, which makes them unnecessary`]),
  ]
  return escapeForTerminal(texts.length === 0 ? 'an edit runs as many steps as before' : texts.join('; '))
}

/** @param shared claims that are shown elsewhere */
function renderRewrite(rewrite: Rewrite, shared: ReadonlySet<string>, screen: Screen): string[] {
  const {confidence, line, endLine, title, rule, proof, questions = [], blocker} = rewrite
  const place = line === endLine ? `line ${line}` : `lines ${line}-${endLine}`
  const mark = styleOf(confidence, screen)(MARKS[confidence])
  const texts = [
    ...shownProof(proof.map(explainClaim).filter((claim) => confidence !== 'safe' || !shared.has(claim))),
    ...shownQuestions(questions),
    ...(blocker === undefined ? [] : [`blocked: ${blocker}`]),
  ]
  const gains = confidence === 'blocked' ? [] : explainRewriteEffects(rewrite)
  return [
    ...renderTitle(`${escapeForTerminal(title)}`, `${place}, ${rule}`, screen).map((text, at) =>
      at === 0 ? `  ${mark} ${text}` : `    ${text}`,
    ),
    ...gains.flatMap((text) =>
      wrap(capitalize(text), 6, screen).map((part) => styleOf(confidence, screen)(part)),
    ),
    ...texts.flatMap((text) => wrap(text, 6, screen)),
  ]
}

/** The title with its place behind it, on a line of its own where both do not fit. */
function renderTitle(title: string, place: string, screen: Screen): string[] {
  const {bold, dim} = createStyles(screen.hasColor)
  const width = screen.width - 4
  if (measureWidth(title) + 3 + place.length <= width) return [`${bold(title)}   ${dim(place)}`]
  return [...wrapText(title, width).map((line) => bold(line)), dim(place)]
}

/** All claims of an ordinary change; of one that takes in many lines the first few. */
function shownProof(claims: readonly string[]): string[] {
  if (claims.length <= MAX_CLAIMS + 1) return [...claims]
  return [...claims.slice(0, MAX_CLAIMS), `${claims.length - MAX_CLAIMS} more reasons, which --json lists`]
}

/** The first few: one without an answer is enough to keep a change back. */
function shownQuestions(questions: readonly string[]): string[] {
  const shown = questions.slice(0, MAX_QUESTIONS).map((question) => `open: ${question}`)
  const others = questions.length - shown.length
  return others === 0
    ? shown
    : [...shown, `open: ${others} more ${others === 1 ? 'question' : 'questions'}, which --json lists`]
}

function styleOf(confidence: RewriteConfidence, {hasColor}: Screen): Style {
  const {green, yellow, red} = createStyles(hasColor)
  return {safe: green, review: yellow, blocked: red}[confidence]
}

function hintOf(rewrites: readonly Rewrite[]): string {
  const hasSafe = rewrites.some(({confidence}) => confidence === 'safe')
  const hasEdits = rewrites.some(({edits}) => edits.length > 0)
  if (hasSafe) return 'Run again with --write to make the + changes, --diff to see them'
  return hasEdits
    ? 'Run again with --all --diff to see the ? changes'
    : 'These changes have to be made by hand'
}
