import path from 'node:path'
import {findRepository} from '../../host/files/locations.js'

/** Directories of other people's code, and how many names below them lead to one of their packages: `vendor/ORG/NAME`. */
const DEPTHS: readonly [name: string, depth: number][] = [
  ['node_modules', 1],
  ['bower_components', 1],
  ['third_party', 1],
  ['vendor', 2],
]

/** Directories of what tests are given to read: much of it is wrong on purpose. */
const OF_TESTS = /^(?:testdata|(?:test[-_])?fixtures|__fixtures__)$/

/**
 * Tells whether a directory belongs to a library that a repository holds a copy of: its compose files serve the library's own tests.
 * @param workingDir absolute; where names count from without a repository
 */
export function isVendored(directory: string, workingDir: string): boolean {
  const names = namesOf(directory, workingDir)
  return DEPTHS.some(([name, depth]) => {
    const at = names.indexOf(name)
    return at >= 0 && names.length - at > depth
  })
}

/** Tells whether tests of something else read what is in a directory. @param workingDir as above */
export function isTestData(directory: string, workingDir: string): boolean {
  return namesOf(directory, workingDir).some((name) => OF_TESTS.test(name))
}

function namesOf(directory: string, workingDir: string): string[] {
  return path.relative(findRepository(directory) ?? workingDir, directory).split(path.sep)
}
