import type {Budget, ContextReport} from '../../report/context-report.js'

/** What a hook has to say of a report. */
export interface CheckedReport {
  report: ContextReport
  /** Budgets that do not hold, the report's own and the one given here. */
  violations: Budget[]
  /** Whether the safe suggestions take away enough to speak of. */
  isWasteful: boolean
}

const WORTH_BYTES = 1_000_000
const WORTH_SHARE = 0.1

/** Checks a report: a megabyte and a tenth of the transfer are worth a word. */
export function checkReport(report: ContextReport, maxTransferBytes: number | null): CheckedReport {
  const {before, after, budgets} = report
  const violations = budgets.filter(({ok}) => !ok)
  const isKnown = budgets.some(({name}) => name === 'max-transfer')
  if (!isKnown && maxTransferBytes !== null && before.transferBytes > maxTransferBytes) {
    const plan = report.plans[0]?.name ?? report.context
    violations.push({
      name: 'max-transfer',
      plan,
      limit: maxTransferBytes,
      actual: before.transferBytes,
      unit: 'bytes',
      ok: false,
      relievedBy: [],
    })
  }
  const saved = before.transferBytes - after.transferBytes
  return {
    report,
    violations,
    isWasteful: saved >= WORTH_BYTES && saved >= WORTH_SHARE * before.transferBytes,
  }
}
