/** A line of a recipe, as make hands it to a shell. */
export interface RecipeLine {
  /** Of the rule. */
  target: string
  command: string
  /** 1-based. */
  line: number
}

/** More than this no variable of a Makefile is nested. */
const MAX_DEPTH = 5

/**
 * Reads the recipes of a Makefile. Variables that are set in it to plain text are put in; any other reference stays as it
 * is written, `$(NAME)`.
 */
export function readMakefile(text: string): RecipeLine[] {
  const lines = joinContinued(text)
  const variables = new Map<string, string>()
  const found: RecipeLine[] = []
  let target = ''
  for (const {text: line, number} of lines) {
    const [, name, value = ''] =
      /^(?:export\s+|override\s+)*([\w.-]+)\s*(?:::?|\?)?=\s*(.*?)\s*$/.exec(line) ?? []
    if (line.startsWith('\t')) {
      if (target === '') continue
      const command = line.replace(/^[\s@+-]+/, '')
      if (command !== '') found.push({target, command: expand(command, variables, 0), line: number})
    } else if (name !== undefined) variables.set(name, value)
    else target = /^([^\s:#=][^:#=]*?)\s*:(?!=)/.exec(line)?.[1] ?? (line.trim() === '' ? target : '')
  }
  return found
}

function joinContinued(text: string): {text: string; number: number}[] {
  const joined: {text: string; number: number}[] = []
  let isOpen = false
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const bare = line.replace(/\\$/, '')
    if (isOpen) joined.at(-1)!.text += ` ${bare.trim()}`
    else joined.push({text: bare, number: index + 1})
    isOpen = line.endsWith('\\')
  }
  return joined
}

function expand(text: string, variables: ReadonlyMap<string, string>, depth: number): string {
  const put = text.replace(/\$\$|\$[({]([\w.-]+)[)}]/g, (written, name?: string) => {
    if (name === undefined) return '$'
    const value = variables.get(name)
    return value === undefined || depth >= MAX_DEPTH ? written : expand(value, variables, depth + 1)
  })
  return put
}
