import {DockerfileError} from '../../errors.js'
import {parseDockerfile} from '../../languages/dockerfile/syntax/parse-dockerfile.js'
import {suggest} from '../../languages/text/suggest.js'
import type {Finding} from '../../report/context-report.js'
import {compareFindings} from '../compare-findings.js'
import {CONFIGURABLE_IDS, OTHER_RULE_IDS} from '../rule-ids.js'
import {listYamlComments} from './outline-yaml.js'

/** What the comments `# slim-check ignore=RULE[,RULE]` say. */
export interface InlineIgnores {
  /** Tells whether a comment asks to leave a finding out. */
  isIgnored(finding: Pick<Finding, 'rule' | 'file' | 'line'>): boolean
  /** The comments that name rules there are not. */
  findings: Finding[]
}

/** A comment of ours. */
interface IgnoreComment {
  file: string
  /** 1-based. */
  line: number
  /** What it stands above; null: the whole file. */
  target: Lines | null
  rules: readonly string[]
}

/** Lines of a file, 1-based, both included. */
interface Lines {
  first: number
  last: number
}

/** A file's lines that matter here. */
interface Outline {
  comments: {line: number; text: string}[]
  /** First lines of patterns or instructions, ascending. */
  targets: number[]
}

const COMMENT = /^#[ \t]*slim-check[ \t]+ignore(-file)?[ \t]*=[ \t]*(.*?)[ \t\r]*$/
const IGNORE_FILE = /(?:^|[./])(?:docker|container)ignore$/
const YAML_FILE = /\.ya?ml$/i
const MAX_FINDINGS = 20

/** Leaves out the findings that comments ask to leave out, and adds one for each comment that names no rule. */
export function applyInlineIgnores(
  findings: readonly Finding[],
  texts: ReadonlyMap<string, string>,
): Finding[] {
  const ignores = readInlineIgnores(texts)
  const kept = findings.filter((finding) => !ignores.isIgnored(finding))
  return [...kept, ...ignores.findings].sort(compareFindings)
}

/**
 * Reads the comments. `ignore=` applies to the next pattern or instruction, in a compose file to the next service, key or
 * item with all below it; `ignore-file=` to the whole file.
 * @param texts the ignore files, Dockerfiles and compose files, by the names that findings give them
 */
export function readInlineIgnores(texts: ReadonlyMap<string, string>): InlineIgnores {
  const known = new Set(CONFIGURABLE_IDS)
  const ignored = new Map<string, IgnoredLines>()
  const findings: Finding[] = []
  for (const comment of [...texts].flatMap(([file, text]) => readComments(file, text))) {
    const {file, line, target, rules} = comment
    for (const rule of rules) {
      const key = keyOf(file, rule)
      if (known.has(rule) || rule.startsWith('buildkit/')) {
        const lines = ignored.get(key) ?? new IgnoredLines()
        ignored.set(key, lines)
        lines.add(target)
      } else
        findings.push({
          rule: OTHER_RULE_IDS.unknownRule,
          severity: 'info',
          message: explain(rule),
          file,
          line,
        })
    }
  }
  const isIgnored: InlineIgnores['isIgnored'] = ({file, line, rule}) =>
    file !== undefined && ignored.get(keyOf(file, rule))?.holds(line) === true
  return {isIgnored, findings: findings.filter((finding) => !isIgnored(finding)).slice(0, MAX_FINDINGS)}
}

function keyOf(file: string, rule: string): string {
  return `${rule} ${file}`
}

/** The lines of one file that one rule is silent about. */
class IgnoredLines {
  #isWhole = false
  /** Apart from each other, ascending. */
  readonly #spans: Lines[] = []

  /** In the order of the file. @param lines null: all */
  add(lines: Lines | null): void {
    const last = this.#spans.at(-1)
    if (lines === null) this.#isWhole = true
    else if (last !== undefined && lines.first <= last.last) last.last = Math.max(last.last, lines.last)
    else this.#spans.push({...lines})
  }

  holds(line: number | undefined): boolean {
    if (this.#isWhole || line === undefined) return this.#isWhole
    let [from, to] = [0, this.#spans.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if (this.#spans[middle]!.last < line) from = middle + 1
      else to = middle
    }
    const span = this.#spans[from]
    return span !== undefined && span.first <= line && line > 0
  }
}

function explain(rule: string): string {
  if (rule === '') return 'the comment names no rule'
  const shown = rule.length > 60 ? `${rule.slice(0, 60)}…` : rule
  return `there is no rule ${JSON.stringify(shown)}${suggest(rule, CONFIGURABLE_IDS)}`
}

function readComments(file: string, text: string): IgnoreComment[] {
  if (!text.includes('slim-check')) return []
  const comments = YAML_FILE.test(file) ? listYamlComments(text) : listBefore(file, text)
  return comments.flatMap(({line, text: comment, first, last}) => {
    const match = COMMENT.exec(comment)
    if (match === null) return []
    const [, isWhole, list = ''] = match
    const rules = list.split(',').map((rule) => rule.trim())
    return [{file, line, target: isWhole === undefined ? {first, last} : null, rules}]
  })
}

/** The comments of an ignore file or a Dockerfile, each with the line of the pattern or instruction behind it. */
function listBefore(file: string, text: string): ({line: number; text: string} & Lines)[] {
  const {comments, targets} = IGNORE_FILE.test(file) ? outlineIgnoreFile(text) : outlineDockerfile(text)
  let next = 0
  return comments.map((comment) => {
    while (next < targets.length && targets[next]! < comment.line) next++
    const at = targets[next] ?? 0
    return {...comment, first: at, last: at}
  })
}

/** Comments begin in the first column (docs/buildkit.md 2): anything else is a pattern. */
function outlineIgnoreFile(text: string): Outline {
  const outline: Outline = {comments: [], targets: []}
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.startsWith('#')) outline.comments.push({line: index + 1, text: line})
    else if (line.trim() !== '') outline.targets.push(index + 1)
  }
  return outline
}

/** Lines of an instruction are not read: in a heredoc they are content. */
export function outlineDockerfile(text: string): Outline {
  const outline: Outline = {comments: [], targets: []}
  const instructions = readInstructions(text)
  let at = 0
  for (const [index, line] of text.split('\n').entries()) {
    while (at < instructions.length && instructions[at]!.endLine <= index) at++
    const {line: start = Number.POSITIVE_INFINITY} = instructions[at] ?? {}
    const trimmed = line.trim()
    if (index + 1 < start && trimmed.startsWith('#')) outline.comments.push({line: index + 1, text: trimmed})
  }
  outline.targets = instructions.map((instruction) => instruction.line)
  return outline
}

/** A Dockerfile that cannot be read has other findings than those that a comment can be about. */
function readInstructions(text: string): readonly {line: number; endLine: number}[] {
  try {
    return parseDockerfile(text).instructions
  } catch (error) {
    if (error instanceof DockerfileError) return []
    throw error
  }
}
