import fs from 'node:fs'
import {syncBuiltinESMExports} from 'node:module'

/** Runs something while calls of `node:fs` are others: what happens between two calls to the system cannot be timed. */
export function withPatchedFs<Result>(calls: Partial<typeof fs>, run: () => Result): Result {
  const names = Object.keys(calls) as (keyof typeof fs)[]
  const original = Object.fromEntries(names.map((name) => [name, fs[name]]))
  Object.assign(fs, calls)
  syncBuiltinESMExports()
  try {
    return run()
  } finally {
    Object.assign(fs, original)
    syncBuiltinESMExports()
  }
}
