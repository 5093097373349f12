import {extensionOf} from '../text/extension-of.js'
import {Automaton} from './automaton.js'
import {
  ExpressionProblem,
  findRequiredBeginning,
  findRequiredEnding,
  parseExpression,
} from './parse-expression.js'
import type {IgnorePattern} from './parse-ignore-file.js'
import {type PatternPlan, translatePattern} from './translate-pattern.js'

/** A pattern ready to be tried against paths. */
export interface CompiledPattern {
  readonly plan: PatternPlan
  /** Why trying it fails the build; null for a sound pattern. Docker compiles an expression only when it first tries it. */
  readonly problem: string | null
  /** The directory that all it matches lies in; '' where it may lie anywhere. */
  readonly directory: string
  /** What all it matches ends in from its last dot on, such as `.log`; '' where that is not known. */
  readonly extension: string
  /** Tells whether it matches this path itself, parents not considered. Linear in pattern × path. */
  matches(path: string): boolean
}

const COMPILED = new WeakMap<IgnorePattern, CompiledPattern>()

/** Compiles a line of an ignore file, once for all who ask. */
export function compileIgnorePattern(pattern: IgnorePattern): CompiledPattern {
  const known = COMPILED.get(pattern)
  if (known !== undefined) return known
  const compiled = compilePattern(pattern.glob)
  COMPILED.set(pattern, compiled)
  return compiled
}

/** Compiles a cleaned pattern without its `!`; never throws: a broken one copies its `problem`. */
export function compilePattern(glob: string): CompiledPattern {
  const plan = translatePattern(glob)
  switch (plan.how) {
    case 'exact':
      return {
        plan,
        problem: null,
        directory: parentOf(plan.path),
        extension: '',
        matches: (path) => path === plan.path,
      }
    case 'prefix':
      return {
        plan,
        problem: null,
        directory: parentOf(plan.prefix),
        extension: '',
        matches: (path) => path.startsWith(plan.prefix),
      }
    case 'suffix':
      return {
        plan,
        problem: null,
        directory: '',
        extension: extensionOf(plan.suffix),
        matches: (path) => hasSuffix(path, plan.suffix),
      }
    case 'expression':
      return compileExpression(plan)
  }
}

/** `**` and a suffix: `**\/x` matches `x` too, though it does not end in `/x`. */
function hasSuffix(path: string, suffix: string): boolean {
  return path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1))
}

function compileExpression(plan: PatternPlan & {how: 'expression'}): CompiledPattern {
  try {
    const nodes = parseExpression(plan.source)
    const ending = findRequiredEnding(nodes)
    const beginning = findRequiredBeginning(nodes)
    // Most patterns of a long file never get as far, and an automaton takes some kilobytes, as do its nodes: neither is held.
    let automaton: Automaton | null = null
    const runs = (path: string): boolean => {
      automaton ??= new Automaton(parseExpression(plan.source))
      return automaton.matches(path)
    }
    return {
      plan,
      problem: null,
      directory: parentOf(beginning),
      extension: extensionOf(ending),
      matches: (path) => path.startsWith(beginning) && path.endsWith(ending) && runs(path),
    }
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error
    return {plan, problem: error.message, directory: '', extension: '', matches: () => false}
  }
}

/** What stands before the last slash. */
function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
