/** What a Makefile runs for some goals: its recipes as shell scripts, with the variables that it sets itself. */

/** One rule. */
interface Rule {
  prerequisites: readonly string[]
  lines: readonly string[]
}

export interface Makefile {
  rules: ReadonlyMap<string, Rule>
  variables: ReadonlyMap<string, string>
  /** The first goal that is no pattern; null if there is none. */
  defaultGoal: string | null
  includes: readonly string[]
}

const MAX_GOALS = 500

/** Reads the rules of a Makefile and of what it includes, their texts in order. */
export function readMakefile(texts: readonly string[]): Makefile {
  const rules = new Map<string, {prerequisites: string[]; lines: string[]}>()
  const variables = new Map<string, string>()
  const includes: string[] = []
  let current: {prerequisites: string[]; lines: string[]}[] = []
  let defaultGoal: string | null = null
  for (const line of texts
    .join('\n')
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)) {
    if (line.startsWith('\t')) {
      for (const rule of current) rule.lines.push(line.slice(1))
      continue
    }
    const included = /^-?s?include[ \t]+(.+)$/.exec(line)?.[1]
    if (included !== undefined) includes.push(...included.split(/[ \t]+/).filter(Boolean))
    const [, name, value] =
      /^(?:export[ \t]+|override[ \t]+)?([\w.-]+)[ \t]*(?::{0,3}|\?|\+|!)=[ \t]*(.*)$/.exec(line) ?? []
    if (name !== undefined) {
      if (!variables.has(name) || !line.includes('?=')) variables.set(name, value ?? '')
      continue
    }
    const [, targets, rest] = /^([^\s:#=][^:#=]*?)[ \t]*::?(?!=)[ \t]*([^#]*)/.exec(line) ?? []
    if (targets === undefined) continue
    const [prerequisites = '', inline] = (rest ?? '').split(';', 2)
    current = targets.split(/[ \t]+/).map((target) => {
      const rule = rules.get(target) ?? {prerequisites: [], lines: []}
      rule.prerequisites.push(...prerequisites.split(/[ \t|]+/).filter(Boolean))
      if (inline !== undefined) rule.lines.push(inline)
      rules.set(target, rule)
      if (defaultGoal === null && !/^[.%]/.test(target)) defaultGoal = target
      return rule
    })
  }
  return {rules, variables, defaultGoal, includes}
}

/** The recipe lines for some goals and all that they need, as a shell would get them. Of goals nobody knows: all lines. */
export function listRecipes({rules, variables, defaultGoal}: Makefile, goals: readonly string[]): string[] {
  const wanted = goals.length > 0 ? goals : defaultGoal === null ? [] : [defaultGoal]
  const isKnown = wanted.length > 0 && wanted.every((goal) => rules.has(goal))
  const reached = new Set(isKnown ? wanted : rules.keys())
  for (const goal of reached) {
    if (reached.size > MAX_GOALS) break
    const expanded = (rules.get(goal)?.prerequisites ?? []).map((one) => expandMake(one, variables))
    for (const one of expanded.flatMap((text) => text.split(/\s+/))) {
      if (rules.has(one)) reached.add(one)
      else for (const pattern of rules.keys()) if (pattern.includes('%')) reached.add(pattern)
    }
  }
  return [...reached].flatMap((goal) =>
    (rules.get(goal)?.lines ?? []).map((line) => expandMake(line.replace(/^[\s@+-]+/, ''), variables)),
  )
}

/** The goals with the recipe lines of each alone, in the file's order. */
export function listGoals({rules, variables}: Makefile): [goal: string, lines: string[]][] {
  return [...rules].map(([goal, {lines}]) => [
    expandMake(goal, variables),
    lines.map((line) => expandMake(line, variables)),
  ])
}

const MAX_DEPTH = 6

/** Puts in the variables that the file sets; `$(shell …)` becomes a substitution, `$$` a dollar, others stay names. */
function expandMake(text: string, variables: ReadonlyMap<string, string>, depth = 0): string {
  return text.replace(/\$(?:\$|\(shell\s+|[({]([\w.-]+)[)}]|[@<^*?+%])/g, (found, name?: string) => {
    if (found === '$$') return '$'
    if (found.startsWith('$(shell')) return '$('
    if (name === undefined) return 'x'
    const value = variables.get(name)
    if (value !== undefined && depth < MAX_DEPTH) return expandMake(value, variables, depth + 1)
    return name === 'MAKE' ? 'make' : (value ?? `$${name}`)
  })
}
