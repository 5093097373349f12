/** A step of Cloud Build as a command. */
export interface CloudStep {
  /** The program and its arguments. */
  words: readonly string[]
  /** Where it works, relative to the repository; empty for its root. */
  directory: string
  /** Of its arguments, 1-based. */
  line: number
}

const STEP = /^(\s*)-\s+(?:name|id|args|entrypoint|dir|env|waitFor|timeout):/

/** Reads the steps of a `cloudbuild.yaml`, as far as their arguments are lists of words. */
export function readCloudBuild(text: string): CloudStep[] {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => STEP.test(line))
  if (first < 0) return []
  const indent = STEP.exec(lines[first]!)![1]!.length
  const starts = lines.flatMap((line, at) => {
    const match = STEP.exec(line)
    return match !== null && match[1]!.length === indent ? [at] : []
  })
  return starts.flatMap((start, number) => readStep(lines, start, starts[number + 1] ?? lines.length) ?? [])
}

function readStep(lines: readonly string[], start: number, end: number): CloudStep | null {
  const step = lines.slice(start, end)
  const readKey = (key: string): string | undefined =>
    step
      .map((line) => new RegExp(`^[\\s-]*${key}:\\s*["']?([^"'#\\n]+?)["']?\\s*(?:#.*)?$`).exec(line)?.[1])
      .find((one) => one !== undefined)
  const at = step.findIndex((line) => /^[\s-]*args:/.test(line))
  const program =
    readKey('entrypoint') ??
    readKey('name')
      ?.replace(/^.*\//, '')
      .replace(/[:@].*$/, '')
  if (at < 0 || program === undefined) return null
  const args = readList(
    step
      .slice(at)
      .join('\n')
      .replace(/^[\s-]*args:/, ''),
  )
  return {words: [program, ...args], directory: readKey('dir') ?? '', line: start + at + 1}
}

/** `['a', 'b']`, or one item a line; ends at the next key. */
function readList(text: string): string[] {
  const inline = /^\s*\[([^\]]*)\]/.exec(text)?.[1]
  if (inline !== undefined) return inline.split(',').map(unquote).filter(Boolean)
  const items: string[] = []
  for (const line of text.split('\n').slice(1)) {
    const item = /^\s*-\s+(.*)$/.exec(line)?.[1]
    if (item === undefined) break
    items.push(unquote(item))
  }
  return items
}

function unquote(word: string): string {
  return word.trim().replace(/^(["'])(.*)\1$/, '$2')
}

/** The text with each step as one line at the place of its arguments: what looks for commands finds them there. */
export function writeOutSteps(text: string): string {
  const lines = text.split('\n')
  for (const {words, line} of readCloudBuild(text)) lines[line - 1] = words.join(' ')
  return lines.join('\n')
}
