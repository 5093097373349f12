/** Budgets on a build's transfer, in the order of reports. */
export const BUDGET_NAMES = ['max-transfer', 'max-files', 'max-rebuild', 'max-entry'] as const

export type BudgetName = (typeof BUDGET_NAMES)[number]
