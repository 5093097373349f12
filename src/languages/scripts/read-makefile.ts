import {type JoinedLine, joinContinued} from './join-continued.js'

/** What a Makefile runs for some goals: its recipes as shell scripts, with the variables that it sets itself. */

/** The names by which make finds its file, in its order. */
export const MAKEFILES: readonly string[] = ['GNUmakefile', 'makefile', 'Makefile']

/** One rule. */
interface Rule {
  prerequisites: readonly string[]
  lines: readonly JoinedLine[]
}

export interface Makefile {
  rules: ReadonlyMap<string, Rule>
  variables: ReadonlyMap<string, string>
  /** The first goal that is no pattern; null if there is none. */
  defaultGoal: string | null
  includes: readonly string[]
  /** Variables that are set only where nothing else sets them: `NAME ?= value`. */
  defaults: ReadonlySet<string>
}

const MAX_GOALS = 500

/** Reads the rules of a Makefile and of what it includes, their texts in order. */
export function readMakefile(texts: readonly string[]): Makefile {
  const rules = new Map<string, {prerequisites: string[]; lines: JoinedLine[]}>()
  const variables = new Map<string, string>()
  const includes: string[] = []
  const defaults = new Set<string>()
  let current: {prerequisites: string[]; lines: JoinedLine[]}[] = []
  let defaultGoal: string | null = null
  for (const {text: line, line: number} of joinContinued(texts.join('\n'))) {
    if (line.startsWith('\t')) {
      for (const rule of current) addLine(rule.lines, line, number)
      continue
    }
    const included = /^-?s?include[ \t]+(.+)$/.exec(line)?.[1]
    if (included !== undefined) includes.push(...included.split(/[ \t]+/).filter(Boolean))
    const [, name, value] =
      /^(?:export[ \t]+|override[ \t]+)?([\w.-]+)[ \t]*(?::{0,3}|\?|\+|!)=[ \t]*(.*)$/.exec(line) ?? []
    if (name !== undefined) {
      const isDefault = /^[^=]*\?=/.test(line)
      if (isDefault && !variables.has(name)) defaults.add(name)
      if (!variables.has(name) || !isDefault) variables.set(name, value ?? '')
      continue
    }
    const [, targets, rest] = /^([^\s:#=][^:#=]*?)[ \t]*::?(?!=)[ \t]*([^#]*)/.exec(line) ?? []
    if (targets === undefined) continue
    const [prerequisites = '', inline] = (rest ?? '').split(';', 2)
    // `a b &: c` makes both at once
    const names = targets.replace(/&$/, '').trim()
    current = names.split(/[ \t]+/).map((target) => {
      const rule = rules.get(target) ?? {prerequisites: [], lines: []}
      rule.prerequisites.push(...prerequisites.split(/[ \t|]+/).filter(Boolean))
      if (inline !== undefined) addLine(rule.lines, inline, number)
      rules.set(target, rule)
      if (defaultGoal === null && !/^[.%]/.test(target)) defaultGoal = target
      return rule
    })
  }
  return {rules, variables, defaultGoal, includes, defaults}
}

/** The Makefile as it is with variables of the command line, which win, and of the environment, which only replace defaults. */
export function withVariables(
  makefile: Makefile,
  given: ReadonlyMap<string, string>,
  env: ReadonlyMap<string, string>,
): Makefile {
  const variables = new Map(makefile.variables)
  for (const name of makefile.defaults) {
    const value = env.get(name)
    // a build argument without a value is unset
    if (value !== undefined && value !== `$${name}`) variables.set(name, value)
  }
  for (const [name, value] of given) variables.set(name, value)
  return {...makefile, variables}
}

/** The recipe lines for some goals and all that they need, what is needed before what needs it, as a shell would get them. For unknown goals: all lines. */
export function listRecipes(makefile: Makefile, goals: readonly string[]): string[] {
  const {rules, variables, defaultGoal} = makefile
  const wanted = goals.length > 0 ? goals : defaultGoal === null ? [] : [defaultGoal]
  const isKnown = wanted.length > 0 && wanted.every((goal) => rules.has(goal))
  return orderGoals(makefile, isKnown ? wanted : [...rules.keys()]).flatMap((goal) =>
    (rules.get(goal)?.lines ?? []).map(({text}) => expandMake(text, variables)),
  )
}

/** Goals with all that they need, in the order in which make runs them. */
function orderGoals(makefile: Makefile, goals: readonly string[]): string[] {
  const reached = new Set<string>()
  const ordered: string[] = []
  const visit = (goal: string): void => {
    if (reached.has(goal) || reached.size > MAX_GOALS) return
    reached.add(goal)
    for (const one of listPrerequisites(makefile, goal)) visit(one)
    ordered.push(goal)
  }
  for (const goal of goals) visit(goal)
  return ordered
}

/** What a goal needs, as far as the file has rules for it; what has none may be made by any pattern. */
function listPrerequisites({rules, variables}: Makefile, goal: string): string[] {
  const needed = (rules.get(goal)?.prerequisites ?? []).flatMap((one) =>
    expandMake(one, variables).split(/\s+/),
  )
  return needed.flatMap((one) =>
    rules.has(one) ? [one] : [...rules.keys()].filter((name) => name.includes('%')),
  )
}

/** A goal with what its own recipe runs. */
export interface Goal {
  name: string
  lines: readonly ExpandedLine[]
}

/** A line of a recipe with the variables that the file sets put in. */
interface ExpandedLine extends JoinedLine {
  /** It has a variable that make sets for each goal, such as `$@`: `x` stands for it. */
  isAutomatic: boolean
}

/** The goals with the recipe lines of each alone, in the file's order. */
export function listGoals({rules, variables}: Makefile): Goal[] {
  return [...rules].map(([goal, {lines}]) => ({
    name: expandMake(goal, variables),
    lines: lines.map(({text, line}) => ({
      text: expandMake(text, variables),
      line,
      isAutomatic: /(?<!\$)(?:\$\$)*\$[@<^*?+%]/.test(text),
    })),
  }))
}

function addLine(lines: JoinedLine[], written: string, line: number): void {
  const text = written.replace(/^[\s@+-]+/, '')
  if (text !== '') lines.push({text, line})
}

const MAX_DEPTH = 6

const EXPANDED =
  /\$(?:\$|\(shell\s+(?:which|command\s+-v|type\s+-p)\s+([\w.-]+)\s*\)|\(shell\s+|[({]([\w.-]+)[)}]|[@<^*?+%])/g

/** Puts in the variables that the file sets; `$(shell which go)` is that program, `$(shell …)` becomes a substitution, `$$` a dollar, others stay names. */
function expandMake(text: string, variables: ReadonlyMap<string, string>, depth = 0): string {
  return text.replace(EXPANDED, (found, program?: string, name?: string) => {
    if (found === '$$') return '$'
    if (program !== undefined) return program
    if (found.startsWith('$(shell')) return '$('
    if (name === undefined) return 'x'
    const value = variables.get(name)
    if (value !== undefined && depth < MAX_DEPTH) return expandMake(value, variables, depth + 1)
    return name === 'MAKE' ? 'make' : (value ?? `$${name}`)
  })
}
