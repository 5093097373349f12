import {LineIndex} from '../text/line-index.js'
import {rememberReadings} from './remember-readings.js'

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

const IMPORT =
  /^([ \t]*)import[ \t]+([\w.]+(?:[ \t]+as[ \t]+\w+)?(?:[ \t]*,[ \t]*[\w.]+(?:[ \t]+as[ \t]+\w+)?)*)/gm
const FROM = /^([ \t]*)from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n(]+))/gm

/** Reads the imports of a source; those in longer strings are left out. */
export const readPythonImports = rememberReadings(findImports)

function findImports(text: string): readonly PythonImport[] {
  const code = blankLongStrings(text)
  const lines = new LineIndex(code)
  const plain = Array.from(code.matchAll(IMPORT), ({1: indent = '', 2: list = '', index}) =>
    list.split(',').map((one) => ({
      module: one.trim().split(/\s/)[0]!,
      level: 0,
      names: [],
      line: lines.lineAt(index),
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
    return {module, level: dots.length, names, line: lines.lineAt(match.index), isCertain: indent === ''}
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

/** Keeps the lines. */
function blankLongStrings(text: string): string {
  return text.replace(/("""|''')[\s\S]*?\1/g, (found) => found.replace(/[^\n]/g, ' '))
}
