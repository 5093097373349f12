import {compilePattern} from '../languages/ignore/compile-pattern.js'
import {createIgnorePattern, findPatternProblem} from '../languages/ignore/parse-ignore-file.js'
import {parseSize} from '../languages/text/parse-size.js'
import {parseTolerance} from './parse-tolerance.js'

/** What a text must be, beyond its type: each says what is wrong, null for nothing. */
export const CONFIG_FORMATS: Readonly<Record<string, (text: string) => string | null>> = {
  size: (text) => (parseSize(text) === null ? 'is no size' : null),
  tolerance: (text) => (parseTolerance(text) === null ? 'is neither a share nor a size' : null),
  'ignore-pattern': (text) =>
    text.startsWith('#') ? 'is a comment: write "\\#" for a name that begins so' : findGlobProblem(text),
  'build-name': (text) => {
    if (text.trim() === '') return 'is empty'
    if (text.startsWith('!')) return 'negates: builds are named, not left out'
    return findGlobProblem(text)
  },
}

/** Both what Docker finds wrong when it reads a pattern and what it finds only when it tries it. */
function findGlobProblem(text: string): string | null {
  const pattern = createIgnorePattern(text)
  return findPatternProblem(pattern) ?? compilePattern(pattern.glob).problem
}
