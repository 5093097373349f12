/** One import of a Python source. */
export interface PythonImport {
  /** Without leading dots; empty for `from . import x`. */
  module: string
  /** The number of leading dots. */
  level: number
  /** What is taken out of it: modules perhaps. */
  names: readonly string[]
  /** 1-based. */
  line: number
  /** It stands at no indentation: it always runs. */
  isCertain: boolean
}

/** A string of a source, or a call that loads what nobody can tell. */
export interface SourceString {
  text: string
  /** 1-based. */
  line: number
}

const IMPORT =
  /^([ \t]*)import[ \t]+([\w.]+(?:[ \t]+as[ \t]+\w+)?(?:[ \t]*,[ \t]*[\w.]+(?:[ \t]+as[ \t]+\w+)?)*)/gm
const FROM = /^([ \t]*)from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n(]+))/gm

/** Reads the imports of a source; those in longer strings are left out. */
export function readPythonImports(text: string): PythonImport[] {
  const code = blankLongStrings(text)
  const lines = createLineFinder(code)
  const plain = Array.from(code.matchAll(IMPORT), ({1: indent = '', 2: list = '', index}) =>
    list.split(',').map((one) => ({
      module: one.trim().split(/\s/)[0]!,
      level: 0,
      names: [],
      line: lines(index),
      isCertain: indent === '',
    })),
  )
  const taken = Array.from(code.matchAll(FROM), (match): PythonImport => {
    const [, indent = '', dots = '', module = '', listed, rest] = match
    const names = (listed ?? rest ?? '')
      .replace(/#[^\n]*/g, '')
      .split(',')
      .map((one) => one.trim().split(/\s/)[0]!)
      .filter((name) => /^\w+$/.test(name))
    return {module, level: dots.length, names, line: lines(match.index), isCertain: indent === ''}
  })
  return [...plain.flat(), ...taken]
}

/** As a report quotes it, with three names at most. */
export function describeImport({module, level, names}: PythonImport): string {
  const dots = '.'.repeat(level)
  return names.length === 0
    ? `import ${module}`
    : `from ${dots}${module} import ${names.slice(0, 3).join(', ')}`
}

const STRING = /(["'])((?:\\.|(?!\1)[^\\\n])*)\1/g

/** The short strings of a source in any language that quotes like Python and JavaScript; comments are not told apart. */
export function readStrings(text: string): SourceString[] {
  const lines = createLineFinder(text)
  return Array.from(text.matchAll(STRING), ({2: value = '', index}) => ({
    text: value,
    line: lines(index),
  })).filter(({text: value}) => value !== '' && value.length <= MAX_LENGTH && /^[\w@./:-]+$/.test(value))
}

const MAX_LENGTH = 200

const LOADS =
  /\b(?:importlib\.import_module|__import__|import_string|import_module)\(\s*[^"'\s)][^\n]*|\bpkgutil\.(?:iter_modules|walk_packages)\([^\n]*|\brunpy\.\w+\([^\n]*|\bexecfile\([^\n]*|\brequire\(\s*[^"'`\s)][^\n]*|\bimport\(\s*[^"'`\s)][^\n]*/g

/** Calls that load modules by names that no source has. */
export function readLoaders(text: string): SourceString[] {
  const lines = createLineFinder(text)
  return Array.from(text.matchAll(LOADS), ({0: call, index}) => ({
    text: call.trim().slice(0, 60),
    line: lines(index),
  }))
}

/** Keeps the lines. */
function blankLongStrings(text: string): string {
  return text.replace(/("""|''')[\s\S]*?\1/g, (found) => found.replace(/[^\n]/g, ' '))
}

/** Finds the line of an offset; offsets must not fall. */
function createLineFinder(text: string): (offset: number) => number {
  let line = 1
  let at = 0
  return (offset) => {
    if (offset < at) [line, at] = [1, 0]
    for (; at < offset; at++) if (text.charCodeAt(at) === 10) line++
    return line
  }
}
