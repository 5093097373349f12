/** Which lines of a module run when it is loaded, as far as its indentation tells. */
import type {ScriptLanguage} from './path-expression.js'

/** Lines from one at the margin to the next. */
interface Block {
  start: number
  end: number
  header: string
  /** A function by this name; null for what is none. */
  called: string | null
}

const FUNCTION: Readonly<Record<ScriptLanguage, RegExp>> = {
  python: /^(?:async\s+)?def\s+(\w+)/,
  javascript:
    /^(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*(\w+)|^(?:export\s+)?(?:const|let|var)\s+(\w+)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|\([^()]*\)(?:\s*:[^=]+)?\s*=>|\w+\s*=>)/,
}
/** What begins a line that may not run, or runs later. */
const DOUBTFUL: Readonly<Record<ScriptLanguage, RegExp>> = {
  python:
    /^\s*(?:if|elif|else|try|except|finally|for|while|class|match|@|(?:async\s+)?def)\b|\blambda\b|\sif\s.+\selse\s/,
  javascript:
    /^\s*\}?\s*(?:if|else|try|catch|finally|for|while|switch|case|(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class)\b|=>|\bfunction\b|\)\s*\{\s*$|&&|\|\||\?(?![.?])/,
}
const MAIN = /^if\s+__name__\s*==/
const CALLED_AT_ONCE = /^;?\((?:async\s*)?(?:\(|function)/

/** Tells of each line, by its number from 0, whether it runs for sure. @param isStarted the module is the program itself */
export function listLoadedLines(text: string, language: ScriptLanguage, isStarted: boolean): boolean[] {
  const lines = text.split('\n')
  const loaded = lines.map(() => false)
  const blocks = listBlocks(lines, language)
  const waiting = new Map(blocks.flatMap((block) => (block.called === null ? [] : [[block.called, block]])))
  const open = blocks.filter((block) => block.called === null && runsAtOnce(block, language, isStarted))
  for (const block of open) {
    for (const at of listCertain(lines, block, language)) {
      loaded[at] = true
      for (const [, name = ''] of lines[at]!.matchAll(/\b(\w+)\(/g)) {
        const called = waiting.get(name)
        if (called !== undefined) open.push(called)
        waiting.delete(name)
      }
    }
  }
  return loaded
}

function listBlocks(lines: readonly string[], language: ScriptLanguage): Block[] {
  const starts = lines.flatMap((line, at) => (/^[^\s)\]}#/*]/.test(line) ? [at] : []))
  return starts.map((start, number) => {
    const header = lines[start]!
    const match = FUNCTION[language].exec(header)
    const end = starts[number + 1] ?? lines.length
    return {start, end, header, called: match?.[1] ?? match?.[2] ?? null}
  })
}

function runsAtOnce({header}: Block, language: ScriptLanguage, isStarted: boolean): boolean {
  if (MAIN.test(header)) return isStarted
  return CALLED_AT_ONCE.test(header) || !DOUBTFUL[language].test(header)
}

/** The lines of a block that stand under no condition and in no inner function. */
function listCertain(lines: readonly string[], block: Block, language: ScriptLanguage): number[] {
  const found = block.called === null ? [block.start] : []
  let doubtful = Number.POSITIVE_INFINITY
  for (let at = block.start + 1; at < block.end; at++) {
    const line = lines[at]!
    if (line.trim() === '') continue
    const indent = line.length - line.trimStart().length
    if (indent > doubtful) continue
    const isDoubtful = DOUBTFUL[language].test(line)
    doubtful = isDoubtful ? indent : Number.POSITIVE_INFINITY
    if (!isDoubtful) found.push(at)
  }
  return found
}
