import {formatBytes} from '../../languages/text/amounts.js'
import type {ContextReport, Finding} from '../../report/context-report.js'
import type {ImageAnalysis, ImageReport} from '../../report/image-report.js'
import {NO_SIZES} from '../../report/sizes.js'
import {nameImage} from './write-image.js'

/** The rule id of exceeded limits. */
export const IMAGE_BUDGET = {
  id: 'image-budget',
  severity: 'error',
  summary: 'Keep an image within its limits',
  reason: 'A limit of the command line is exceeded.',
  remedy: 'See the report for what makes the image large.',
  page: 'images.md#budgets',
} as const

/** The findings of images as a report of findings alone, for the formats that annotate files. */
export function toFindingsReport({images}: ImageAnalysis): ContextReport {
  const findings = images.flatMap((image) => [...listBudgets(image), ...image.findings.map(withFile)])
  const nothing = {plans: [], largest: [], suggestions: [], budgets: []}
  return {schemaVersion: 1, context: '.', before: NO_SIZES, after: NO_SIZES, findings, ...nothing}
}

/** What no line is known for is about the Dockerfile as a whole. */
function withFile(finding: Finding): Finding {
  return finding.file === undefined ? {...finding, file: 'Dockerfile'} : finding
}

function listBudgets(image: ImageReport): Finding[] {
  const violated = image.budgets.filter(({ok}) => !ok)
  return violated.map(({name, limit, actual}) => ({
    rule: IMAGE_BUDGET.id,
    severity: 'error',
    message: `${nameImage(image)} exceeds ${name}: ${formatBytes(actual)} of ${formatBytes(limit)}`,
    file: 'Dockerfile',
  }))
}
