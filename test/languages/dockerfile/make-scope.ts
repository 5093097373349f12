import assert from 'node:assert/strict'
import {DockerfileError} from '../../../src/errors.js'
import {
  type Fail,
  failAt,
  type WordScope,
  WorkBudget,
} from '../../../src/languages/dockerfile/words/word-scope.js'

/** Reports failures as line 1. */
export const fail: Fail = failAt(1)

/** What words are expanded with in tests. */
export function makeScope(
  variables: Readonly<Record<string, string>> = {},
  escapeCharacter = '\\',
): WordScope {
  const values = new Map(Object.entries(variables))
  return {escapeCharacter, fail, budget: new WorkBudget(), lookUp: (name) => values.get(name)}
}

/** Runs what must fail and returns `line: message`. */
export function failureOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    assert.ok(error instanceof DockerfileError, String(error))
    return `${error.line}: ${error.message}`
  }
  return assert.fail('nothing failed')
}
