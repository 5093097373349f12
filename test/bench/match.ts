/**
 * How the time of a match grows with the path: doubling the path should double the time, whatever the pattern.
 * Prints a table; nothing here is asserted.
 */
import {compilePattern} from '../../src/languages/ignore/compile-pattern.js'
import {CLASSICS} from '../helpers/hostile-patterns.js'

const ROUNDS = 20

export function benchMatch(): string[] {
  const lines = ['match: milliseconds for the path, and for one twice as long']
  for (const {name, pattern, path} of CLASSICS) {
    const once = measure(pattern, path)
    const twice = measure(pattern, path + path)
    lines.push(
      `  ${name.padEnd(20)} ${once.toFixed(2).padStart(8)} ${twice.toFixed(2).padStart(8)}  × ${(twice / once).toFixed(1)}`,
    )
  }
  return lines
}

/** Each round compiles anew, so that no state is kept from the last one. */
function measure(pattern: string, path: string): number {
  const start = process.hrtime.bigint()
  for (let round = 0; round < ROUNDS; round++) compilePattern(pattern).matches(path)
  return Number(process.hrtime.bigint() - start) / 1e6 / ROUNDS
}
