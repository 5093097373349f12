import {defineRule} from '../define-rule.js'

/** Finds directories that Docker enters and cannot read. */
export default defineRule<{path: string; code: string}>({
  id: 'unreadable-directory',
  severity: 'error',
  summary: 'Ignore directories that you cannot read',
  reason:
    'Docker fails as soon as it enters such a directory, even an ignored one if a negation with a wildcard makes it search there.',
  remedy: 'Ignore the directory, or make it readable.',
  examples: {
    good: [{ignore: 'private', tree: ['private/ (unreadable)', 'a.txt']}],
    bad: [{ignore: '', tree: ['private/ (unreadable)', 'a.txt']}],
  },
  message: ({path, code}) => `"${path}" cannot be read (${code}): docker build fails here`,
  check: ({tree, selection}) =>
    selection.unreadable.map((entry) => {
      const code = tree.rareOf(entry)?.unreadable ?? 'EIO'
      return {data: {path: tree.pathOf(entry), code}}
    }),
})
