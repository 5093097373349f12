/**
 * The order in which fields are printed, however the object was built: what it is, then figures, then lists. A field that is
 * not here comes last, in the order of its object.
 */
const FIELDS = [
  ...['schemaVersion', 'name', 'path', 'pathBytes', 'exists', 'verdict', 'type', 'kind', 'title', 'context'],
  ...[
    'dockerfile',
    'target',
    'rule',
    'severity',
    'confidence',
    'reason',
    'message',
    'file',
    'line',
    'text',
    'fix',
  ],
  ...['pattern', 'negated', 'ignoredBy', 'matchedPath', 'requestedBy', 'plan', 'plans', 'unit', 'limit'],
  ...['actual', 'ok', 'baseline', 'tolerance', 'paths', 'pathCount', 'entryCount', 'fileCount', 'fileBytes'],
  ...[
    'transferBytes',
    'rebuildTransferBytes',
    'savedBytes',
    'oneBuilderSavedBytes',
    'mode',
    'linkName',
    'arrivesEmpty',
    'ignoreFile',
    'gitContext',
  ],
  ...[
    'blockedBy',
    'wantedBy',
    'relievedBy',
    'usesContext',
    'requestedPaths',
    'eligible',
    'before',
    'after',
    'oneBuilder',
  ],
  ...[
    'namedContexts',
    'largest',
    'otherPaths',
    'suggestions',
    'findings',
    'budgets',
    'rates',
    'label',
    'bytesPerSecond',
  ],
]

const RANKS = new Map(FIELDS.map((field, rank) => [field, rank]))

/** The indent of items of a list in an object. */
const ITEM_INDENT = '    '

/** Characters that a terminal or a build's log may interpret. In JSON they occur in strings only. */
const UNSAFE = /[\u007f-\u009f]|[\p{Cf}\p{Zl}\p{Zp}]|#(?=#(?:\[|vso\[|teamcity\[))/gu

/**
 * Renders a stable object as JSON for `--json`, harmless wherever it is shown, its fields always in the same order. Ends in
 * a newline.
 */
export function renderJson(value: object): string {
  return `${JSON.stringify(orderFields(value), null, 2).replace(UNSAFE, escapeCharacter)}\n`
}

/** Renders `{schemaVersion: 1, [field]: items}` as `renderJson` does, item by item: all at once may be more than a string holds. */
export function* renderJsonList(field: string, items: Iterable<object>): Generator<string> {
  const head = `{\n  "schemaVersion": 1,\n  ${JSON.stringify(field)}: [`
  let hasItems = false
  for (const item of items) {
    const text = renderJson(item).trimEnd().replaceAll('\n', `\n${ITEM_INDENT}`)
    yield `${hasItems ? ',' : head}\n${ITEM_INDENT}${text}`
    hasItems = true
  }
  yield hasItems ? '\n  ]\n}\n' : `${head}]\n}\n`
}

/** Orders the fields of objects at every depth; what is in order already is not copied. */
function orderFields(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return orderParts(value)
  const fields = Object.keys(value) as (keyof typeof value)[]
  const inOrder = isOrdered(fields)
  if (inOrder && fields.every((field) => orderFields(value[field]) === value[field])) return value
  const ordered = inOrder ? fields : fields.toSorted((one, other) => rankOf(one) - rankOf(other))
  return Object.fromEntries(ordered.map((field) => [field, orderFields(value[field])]))
}

function orderParts(values: readonly unknown[]): readonly unknown[] {
  const ordered = values.map(orderFields)
  return ordered.some((part, at) => part !== values[at]) ? ordered : values
}

function isOrdered(fields: readonly string[]): boolean {
  let last = 0
  for (const field of fields) {
    const rank = rankOf(field)
    if (rank < last) return false
    last = rank
  }
  return true
}

function rankOf(field: string): number {
  return RANKS.get(field) ?? FIELDS.length
}

function escapeCharacter(character: string): string {
  const units = Array.from({length: character.length}, (_, at) => character.charCodeAt(at))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
