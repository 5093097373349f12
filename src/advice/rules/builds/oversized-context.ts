import {sentence, toMessageFields} from '../../../languages/text/sentence.js'
import type {BuildFacts, RuleAcross} from './define-rule-across.js'

const NOTABLE_BYTES = 10_000_000
const FACTOR = 10

/** Finds builds whose context is far larger than what they ask for, all of it in one folder. */
export const oversizedContext: RuleAcross = {
  id: 'oversized-context',
  severity: 'info',
  summary: 'Use as context the folder that the build needs',
  reason:
    'BuildKit sends only what the Dockerfile needs. But with a much larger context the next COPY . . sends all of it, and a builder without BuildKit sends all of it now.',
  remedy: 'Use the folder as the context, and remove its name from the COPY sources.',
  check: ({plans}) =>
    plans.flatMap((plan) => {
      const {name, eligible, before} = plan
      const folder = findFolder(plan)
      if (folder === null || eligible.transferBytes < NOTABLE_BYTES) return []
      if (eligible.transferBytes < before.transferBytes * FACTOR) return []
      const [part, whole] = [
        {bytes: before.transferBytes},
        {bytes: eligible.transferBytes, isBare: true as const},
      ]
      const message = sentence`the build "${name}" only needs files in "${folder}", ${part} of a context of ${whole}`
      return [{...toMessageFields(message), plan: name}]
    }),
}

/** The folder that all requested paths lie in; null for the context itself. */
function findFolder({requestedPaths}: BuildFacts): string | null {
  const [first, ...others] = requestedPaths ?? []
  if (first === undefined) return null
  let parts = first.split('/').slice(0, -1)
  for (const other of others) {
    const names = other.split('/')
    const end = parts.findIndex((part, depth) => names[depth] !== part)
    if (end >= 0) parts = parts.slice(0, end)
  }
  // A wildcard names no folder.
  const end = parts.findIndex((part) => /[*?[\\]/.test(part))
  const folder = (end < 0 ? parts : parts.slice(0, end)).join('/')
  return folder === '' ? null : folder
}
