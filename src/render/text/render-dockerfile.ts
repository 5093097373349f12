import type {
  DockerfileReport,
  Rewrite,
  RewriteConfidence,
  RewrittenBuild,
} from '../../report/dockerfile-report.js'
import type {FileChange} from '../../report/file-change.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {createStyles, type Screen, type Style} from '../terminal/style.js'
import {wrapText} from '../terminal/table.js'
import {renderDiff} from './render-change.js'

const MARKS: Readonly<Record<RewriteConfidence, string>> = {safe: '+', review: '?', blocked: 'x'}

/** Wider than this no text is read with ease. */
const MAX_WIDTH = 110

const MAX_QUESTIONS = 3

/** The rewrites of each Dockerfile with their proofs, and what is open or speaks against them. */
export function renderDockerfile(report: DockerfileReport, screen: Screen): string {
  const {dim, red} = createStyles(screen.hasColor)
  const {builds, rewrites, failed} = report
  const files = [...new Set(builds.map(({dockerfile}) => dockerfile))]
  const blocks = files.map((file) => renderFile(file, report, screen))
  const failures = failed.map(({name, message}) =>
    red(`${escapeForTerminal(name)}: ${escapeForTerminal(message)}`),
  )
  const hint = rewrites.length === 0 ? [] : [dim(hintOf(rewrites))]
  return [...blocks, ...failures, ...hint, ''].join('\n')
}

function renderFile(file: string, {builds, rewrites}: DockerfileReport, screen: Screen): string {
  const {bold} = createStyles(screen.hasColor)
  const own = builds.filter(({dockerfile}) => dockerfile === file)
  const found = rewrites.filter((rewrite) => rewrite.file === file)
  const texts = found.flatMap((rewrite) => [...renderRewrite(rewrite, screen), ''])
  const empty = ['  Nothing to rewrite that the rules know of', '']
  return [
    `${bold(escapeForTerminal(file))}   ${describeBuilds(file, own, screen)}`.trimEnd(),
    '',
    ...(found.length === 0 ? empty : texts),
  ].join('\n')
}

/** The builds of a file, where they say more than its name, and the stages that they were tried for. */
function describeBuilds(file: string, builds: readonly RewrittenBuild[], screen: Screen): string {
  const {dim} = createStyles(screen.hasColor)
  const texts = builds.flatMap(({name, target, otherTargets}) => {
    const stages = [...(target === null ? [] : [target]), ...otherTargets.map((other) => `also ${other}`)]
    const shown = [
      ...(name === file ? [] : [name]),
      ...(stages.length === 0 ? [] : [`(${stages.join(', ')})`]),
    ]
    return shown.length === 0 ? [] : [escapeForTerminal(shown.join(' '))]
  })
  return dim(texts.join(', '))
}

/** What a write changes, as diffs. */
export function renderRewriteChanges(
  {rewrites}: DockerfileReport,
  changes: readonly FileChange[],
  screen: Screen,
): string {
  if (changes.length > 0) return changes.map((change) => `${renderDiff(change, screen)}\n`).join('')
  const isOpen = rewrites.some(({confidence, edits}) => confidence === 'review' && edits.length > 0)
  const more = isOpen ? '; --all takes the ? ones, once you have reviewed them' : ''
  return `Nothing to write: no rewrite is proved safe${more}\n`
}

/** One line for each rewrite that can be written, to tick; the safe ones are ticked. */
export function renderRewriteChoices(
  rewrites: readonly Rewrite[],
): {value: string; name: string; short: string; isTicked: boolean}[] {
  return rewrites.map(({file, line, title, confidence}, index) => ({
    value: String(index),
    name: `${MARKS[confidence]} ${escapeForTerminal(`${file}:${line}  ${title}`)}`,
    short: escapeForTerminal(`${file}:${line}`),
    isTicked: confidence === 'safe',
  }))
}

function renderRewrite(rewrite: Rewrite, screen: Screen): string[] {
  const {bold, dim} = createStyles(screen.hasColor)
  const {confidence, line, endLine, title, rule, proof, questions = [], blocker} = rewrite
  const place = line === endLine ? `line ${line}` : `lines ${line}-${endLine}`
  const mark = styleOf(confidence, screen)(MARKS[confidence])
  const texts = [
    ...proof.map(({claim, evidence}) => `${claim}: ${evidence}`),
    ...shownQuestions(questions),
    ...(blocker === undefined ? [] : [`blocked: ${blocker}`]),
  ]
  const width = Math.min(screen.width, MAX_WIDTH) - 6
  return [
    `  ${mark} ${bold(escapeForTerminal(title))}   ${dim(`${place}, ${rule}`)}`,
    ...texts.flatMap((text) => wrapText(escapeForTerminal(text), width).map((part) => `      ${part}`)),
  ]
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
  return hasEdits ? 'Run again with --all --diff to see the ? changes' : 'These are for a person to make'
}
