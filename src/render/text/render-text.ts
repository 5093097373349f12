import type {Confidence, ContextReport} from '../../report/context-report.js'
import {wrapText} from '../terminal/table.js'
import {createPage, type TextOptions} from './page.js'
import {renderBaseline} from './render-baseline.js'
import {renderBudgets} from './render-budgets.js'
import {renderBuilds} from './render-builds.js'
import {renderFindings} from './render-findings.js'
import {renderHeading} from './render-heading.js'
import {renderLargest} from './render-largest.js'
import {renderSplits} from './render-splits.js'
import {renderSuggestions} from './render-suggestions.js'
import {renderSummary} from './render-summary.js'

export type {TextOptions} from './page.js'

/** Renders a report for a terminal or a pipe: the summary first, one idea a line, no list without end. Ends in a newline. */
export function renderText(report: ContextReport, options: TextOptions): string {
  const page = createPage(options)
  const sections = [
    renderHeading(report, page),
    renderSummary(report, page),
    renderBudgets(report, page, options.isExact),
    renderBaseline(report, page),
    renderBuilds(report, page),
    options.tree === undefined ? renderLargest(report, page) : [options.tree.trimEnd()],
    renderSuggestions(report, page),
    renderSplits(report, page),
    renderFindings(report, page),
    renderNextStep(report, options.width),
  ]
  const shown = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${shown.join('\n\n')}\n`
}

function renderNextStep({suggestions, findings}: ContextReport, width: number): string[] {
  const has = (confidence: Confidence): boolean => suggestions.some((one) => one.confidence === confidence)
  const review = 'add --all for the ? lines, once you have reviewed them.'
  if (has('safe')) {
    const steps = 'Run again with --write to add the + lines, --diff to see the change'
    return wrapText(has('review') ? `${steps}; ${review}` : `${steps}.`, width)
  }
  if (has('review')) {
    return wrapText(
      'No line is proved safe. Run again with --all --diff to see the ? lines as a change, --all --write to add them.',
      width,
    )
  }
  return suggestions.length + findings.length === 0 ? ['No problems, nothing to suggest.'] : []
}
