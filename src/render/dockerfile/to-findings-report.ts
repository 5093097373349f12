import type {ContextReport, Finding, Severity} from '../../report/context-report.js'
import type {DockerfileReport, Rewrite} from '../../report/dockerfile-report.js'
import {NO_SIZES} from '../../report/sizes.js'
import {explainRewriteEffects} from './explain-effect.js'

/** Rewrites and findings as a report of findings alone, for the formats that annotate files. Blocked ones are left out. */
export function toRewriteFindings(report: DockerfileReport): ContextReport {
  const rewrites = report.rewrites.filter(({confidence}) => confidence !== 'blocked').map(toFinding)
  const nothing = {plans: [], largest: [], suggestions: [], budgets: []}
  return {
    schemaVersion: 1,
    context: report.context,
    before: NO_SIZES,
    after: NO_SIZES,
    findings: [...listFailures(report), ...rewrites, ...report.findings],
    ...nothing,
  }
}

function listFailures({failed}: DockerfileReport): Finding[] {
  return failed.map(({name, message}): Finding => {
    return {rule: 'broken-build', severity: 'error', message: `${name}: ${message}`}
  })
}

function toFinding(rewrite: Rewrite): Finding {
  const {rule, title, file, line, edits, questions = []} = rewrite
  const open = questions.length === 0 ? [] : [`open: ${questions[0]}`]
  return {
    rule,
    severity: severityOf(rewrite),
    message: [title, ...explainRewriteEffects(rewrite), ...open].join('; '),
    file,
    line,
    ...(edits.length > 0 && {edits}),
  }
}

/** A proved change is worth a warning, one with a question a hint; the configuration may say otherwise. */
function severityOf({confidence, severity}: Rewrite): Severity {
  return severity ?? (confidence === 'safe' ? 'warning' : 'info')
}
