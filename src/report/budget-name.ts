/** What a build can be held to. */
export const BUDGET_NAMES = ['max-transfer', 'max-files', 'max-rebuild', 'max-entry'] as const

export type BudgetName = (typeof BUDGET_NAMES)[number]
