import type {DockerfileReport, Rewrite, RewriteConfidence} from '../../report/dockerfile-report.js'
import type {FileChange} from '../../report/file-change.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {createStyles, type Screen, type Style} from '../terminal/style.js'
import {wrapText} from '../terminal/table.js'
import {renderDiff} from './render-change.js'

const MARKS: Readonly<Record<RewriteConfidence, string>> = {safe: '+', review: '?', blocked: 'x'}

/** Wider than this no text is read with ease. */
const MAX_WIDTH = 110

const MAX_QUESTIONS = 3

/** The rewrites of a Dockerfile, each with its proof, and what is open or speaks against it. */
export function renderDockerfile(report: DockerfileReport, screen: Screen): string {
  const {bold, dim} = createStyles(screen.hasColor)
  const {dockerfile, target, rewrites, alsoProvedFor} = report
  const arrow = screen.hasUnicode ? '→' : '->'
  const head = escapeForTerminal(target === null ? dockerfile : `${dockerfile} ${arrow} ${target}`)
  const also =
    alsoProvedFor.length === 0 ? '' : dim(`   also tried for ${escapeForTerminal(alsoProvedFor.join(', '))}`)
  const lines = [`${bold(head)}${also}`, '']
  if (rewrites.length === 0) return [...lines, 'Nothing to rewrite that the rules know of', ''].join('\n')
  for (const rewrite of rewrites) lines.push(...renderRewrite(rewrite, screen), '')
  return [...lines, dim(hintOf(rewrites)), ''].join('\n')
}

/** The change as a diff, and what is left for another turn. */
export function renderRewriteChange(
  report: DockerfileReport,
  change: (FileChange & {applied: readonly Rewrite[]}) | null,
  screen: Screen,
): string {
  if (change === null) {
    const isOpen = report.rewrites.some(({confidence, edits}) => confidence === 'review' && edits.length > 0)
    return `Nothing to write: no rewrite is proved safe${isOpen ? '; --all takes the ? ones, once you have reviewed them' : ''}\n`
  }
  return `${renderDiff(change, screen)}\n`
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
