import type {Candidate} from './candidate.js'

/** What other programs leave behind wherever they come by: nobody ships it, and no test is about it. */
const LITTER = new Set([
  'os-litter',
  'python-bytecode',
  'editor-leftovers',
  'python-tool-cache',
  'python-test-environments',
  'js-tool-cache',
  'npm-cache',
  'yarn-state',
  'typescript-build-info',
  'next-cache',
  'vite-cache',
  'angular-cache',
  'gradle-cache',
  'jvm-tool-cache',
  'tagged-cache',
  'test-cache',
  'code-tags',
  'shell-history',
  'deleted-open-files',
])

/** Tells whether a path is such litter. */
export function isLitterAnywhere({entry}: Candidate): boolean {
  return LITTER.has(entry?.rule ?? '')
}
