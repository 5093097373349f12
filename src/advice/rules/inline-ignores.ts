import {DockerfileError} from '../../errors.js'
import {parseDockerfile} from '../../languages/dockerfile/syntax/parse-dockerfile.js'
import {suggest} from '../../languages/text/suggest.js'
import type {Finding} from '../../report/context-report.js'
import {compareFindings} from '../compare-findings.js'
import {CONFIGURABLE_IDS, OTHER_RULE_IDS} from '../rule-ids.js'

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
  /** 1-based, of what it stands above; null: the whole file. */
  target: number | null
  rules: readonly string[]
}

/** A file's lines that matter here. */
interface Outline {
  comments: {line: number; text: string}[]
  /** First lines of patterns or instructions, ascending. */
  targets: number[]
}

const COMMENT = /^#[ \t]*slim-check[ \t]+ignore(-file)?[ \t]*=[ \t]*(.*?)[ \t\r]*$/
const IGNORE_FILE = /(?:^|[./])(?:docker|container)ignore$/
const MAX_FINDINGS = 20

/** What a comment applies to that stands below everything. */
const NOWHERE = 0

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
 * Reads the comments. `ignore=` applies to the next pattern or instruction, `ignore-file=` to the whole file.
 * @param texts the ignore files and Dockerfiles, by the names that findings give them
 */
export function readInlineIgnores(texts: ReadonlyMap<string, string>): InlineIgnores {
  const known = new Set(CONFIGURABLE_IDS)
  const ignored = new Set<string>()
  const findings: Finding[] = []
  for (const comment of [...texts].flatMap(([file, text]) => readComments(file, text))) {
    const {file, line, target, rules} = comment
    for (const rule of rules) {
      if (known.has(rule) || rule.startsWith('buildkit/')) ignored.add(keyOf(file, target, rule))
      else
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
    file !== undefined &&
    (ignored.has(keyOf(file, null, rule)) || ignored.has(keyOf(file, line ?? null, rule)))
  return {isIgnored, findings: findings.filter((finding) => !isIgnored(finding)).slice(0, MAX_FINDINGS)}
}

function keyOf(file: string, line: number | null, rule: string): string {
  return `${line ?? ''} ${rule} ${file}`
}

function explain(rule: string): string {
  if (rule === '') return 'the comment names no rule'
  const shown = rule.length > 60 ? `${rule.slice(0, 60)}…` : rule
  return `there is no rule ${JSON.stringify(shown)}${suggest(rule, CONFIGURABLE_IDS)}`
}

function readComments(file: string, text: string): IgnoreComment[] {
  if (!text.includes('slim-check')) return []
  const {comments, targets} = IGNORE_FILE.test(file) ? outlineIgnoreFile(text) : outlineDockerfile(text)
  const found: IgnoreComment[] = []
  let next = 0
  for (const {line, text} of comments) {
    while (next < targets.length && targets[next]! < line) next++
    const match = COMMENT.exec(text)
    if (match === null) continue
    const [, isWhole, list = ''] = match
    const target = isWhole === undefined ? (targets[next] ?? NOWHERE) : null
    const rules = list.split(',').map((rule) => rule.trim())
    found.push({file, line, target, rules})
  }
  return found
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
