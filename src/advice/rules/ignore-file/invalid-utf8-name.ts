import {defineRule} from '../define-rule.js'

/** Finds names and link targets that are not valid UTF-8. */
export default defineRule<{path: string; what: string}>({
  id: 'invalid-utf8-name',
  severity: 'error',
  summary: 'Send only names that are valid UTF-8',
  reason:
    'BuildKit sends names in messages that must be valid UTF-8; on Engine 28 the build fails if one is not.',
  remedy: 'Rename or ignore the file.',
  examples: {
    good: [{ignore: 'caf*', tree: ['caf\\xe9.txt']}, {tree: ['café.txt']}],
    bad: [
      {ignore: '', tree: ['caf\\xe9.txt']},
      {ignore: '', tree: ['link -> caf\\xe9']},
    ],
  },
  message: ({path, what}) => `"${path}": ${what} is not valid UTF-8, which BuildKit refuses`,
  check: ({tree, isSent}) =>
    [...tree.rareEntries()].flatMap((entry) => {
      const {nameBytes, linkTarget} = tree.rareOf(entry) ?? {}
      const isRefused = nameBytes !== undefined || typeof linkTarget === 'object'
      if (isSent[entry] === 0 || !isRefused) return []
      const what = nameBytes === undefined ? 'the target of this link' : 'this name'
      return [{data: {path: tree.pathOf(entry), what}}]
    }),
})
