import type {Finding} from '../../report/context-report.js'
import type {DockerfileReport, Rewrite} from '../../report/dockerfile-report.js'
import {describeDifference} from '../dockerfile/describe-difference.js'
import {explainCheck} from '../dockerfile/explain-check.js'
import {explainEffect, explainRewriteEffects} from '../dockerfile/explain-effect.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {toCode, toProse} from './escape-markdown.js'
import {fitSections} from './fit-sections.js'
import {markReport} from './mark-report.js'
import type {Section} from './section.js'

/** GitHub cuts comments and job summaries beyond this; UTF-16 units. */
const MAX_CHARACTERS = 60_000

const TITLES = {safe: 'Proved changes', review: 'Changes to review', blocked: 'Blocked'} as const

/** Renders rewrites as Markdown, for a comment on a pull request. */
export function renderDockerfileMarkdown(report: DockerfileReport): string {
  const {builds, failed, effects, rewrites, check} = report
  const isOfSeveral = builds.length > 1
  const files = [...new Set(builds.map(({dockerfile}) => dockerfile))]
  const head = [
    markReport('dockerfile'),
    '',
    `### Rewrites of ${files.map((file) => toCode(file)).join(', ')}`,
    '',
    ...effects.map((effect) => {
      const whose = isOfSeveral ? `${toCode(effect.build)}: ` : ''
      return `- ${whose}${toProse(explainEffect(effect))}`
    }),
    ...failed.map(({name, message}) => `- ${toCode(name)} ${toProse(message)}`),
    ...(rewrites.length === 0 ? ['- No rule found anything to improve'] : []),
    ...(check === null || check.status === 'done' ? [] : [`- ${toProse(explainCheck(check))}`]),
  ]
  const sections = (['safe', 'review', 'blocked'] as const).flatMap((confidence) =>
    listRewrites(
      TITLES[confidence],
      rewrites.filter((rewrite) => rewrite.confidence === confidence),
    ),
  )
  return fitSections(
    `${head.join('\n')}\n`,
    [...sections, ...listVerifications(report), ...listFindings(report)],
    MAX_CHARACTERS,
  )
}

function listRewrites(title: string, rewrites: readonly Rewrite[]): Section[] {
  if (rewrites.length === 0) return []
  return [
    {name: title.toLowerCase(), head: [`#### ${title}`, ''], rows: rewrites.flatMap(listRewrite), foot: []},
  ]
}

function listRewrite(rewrite: Rewrite): string[] {
  const {file, line, endLine, title, rule, proof, questions = [], blocker} = rewrite
  const place = `${file}:${line}${endLine === line ? '' : `-${endLine}`}`
  const gains = blocker === undefined ? explainRewriteEffects(rewrite) : []
  return [
    `- ${toCode(place)} **${toProse(title)}** (${toCode(rule)})`,
    ...gains.map((text) => `  - ${toProse(text)}`),
    ...proof.map(({claim, evidence}) => `  - ${toProse(`${claim}: ${evidence}`)}`),
    ...questions.map((question) => `  - open: ${toProse(question)}`),
    ...(blocker === undefined ? [] : [`  - blocked: ${toProse(blocker)}`]),
  ]
}

function listFindings({findings}: DockerfileReport): Section[] {
  if (findings.length === 0) return []
  return [{name: 'problems', head: ['#### Problems', ''], rows: findings.flatMap(listFinding), foot: []}]
}

function listFinding({severity, rule, message, file, line, fix, snippet}: Finding): string[] {
  const place = file === undefined ? '' : ` ${toCode(`${file}${line === undefined ? '' : `:${line}`}`)}`
  return [
    `- **${severity}**${place} ${toProse(message)} (${toCode(rule)})`,
    ...(fix === undefined ? [] : [`  - ${toProse(fix)}`]),
    ...(snippet === undefined ? [] : listSnippet(snippet)),
  ]
}

/** Indented by six: nothing in it ends it. */
function listSnippet(snippet: string): string[] {
  return ['', ...snippet.split('\n').map((line) => `      ${escapeForTerminal(line)}`), '']
}

function listVerifications({verifications = []}: DockerfileReport): Section[] {
  const rows = verifications.flatMap(({build, status, reason, comparedCount, differences}) => [
    `- ${toCode(build)} **${status}**${reason === undefined ? `, ${comparedCount} paths compared` : `: ${toProse(reason)}`}`,
    ...differences.map(({path, kind, before, after}) => {
      return `  - ${toCode(`/${path}`)} ${toProse(describeDifference(kind, before, after))}`
    }),
  ])
  return rows.length === 0 ? [] : [{name: 'builds', head: ['#### Verified by building', ''], rows, foot: []}]
}
