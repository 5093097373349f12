/**
 * Tells the tests apart that start programs: those that import `node:child_process`, themselves or through another file
 * of the tests. Read from what the compiler wrote, in which types are gone. Every other test is a unit test.
 */
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('../dist-test/test', import.meta.url))
/** They have commands of their own. */
const APART = /^(?:engine|bench)[\\/]/
const IMPORT = /\b(?:from|import)\s*\(?\s*'([^']+)'/g

/** Lists the test files of the two kinds, absolute and sorted. */
export function listTests() {
  const names = existsSync(root) ? readdirSync(root, {recursive: true, encoding: 'utf8'}) : []
  const files = names
    .filter((name) => name.endsWith('.test.js') && !APART.test(name))
    .map((name) => path.join(root, name))
    .sort()
  return {
    unit: files.filter((file) => !startsPrograms(file)),
    program: files.filter((file) => startsPrograms(file)),
  }
}

/** @param seen files that are being looked at: imports may go in a circle */
function startsPrograms(file, seen = new Set()) {
  if (seen.has(file)) return false
  seen.add(file)
  return importsOf(file).some((module) => {
    if (module === 'node:child_process') return true
    const imported = path.resolve(path.dirname(file), module)
    const isOwn = module.startsWith('.') && imported.startsWith(root + path.sep)
    // a test of sources quotes imports of files that are nowhere
    return isOwn && existsSync(imported) && startsPrograms(imported, seen)
  })
}

const known = new Map()

function importsOf(file) {
  if (!known.has(file)) {
    known.set(
      file,
      Array.from(readFileSync(file, 'utf8').matchAll(IMPORT), ([, module]) => module),
    )
  }
  return known.get(file)
}
