import {linkTargetOf} from '../../../tree/model/tree-link-reader.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'

type Why = 'directory' | 'link' | 'unreadable'

const REASONS: Record<Why, string> = {
  directory: 'it is a directory',
  link: 'it is a link out of the context, or a broken link',
  unreadable: 'it cannot be read, and Docker treats it as empty',
}

/** Finds ignore files that Docker passes over without a word. */
export default defineRule<{path: string; why: Why}>({
  id: 'unread-ignore-file',
  severity: 'warning',
  summary: 'Make the ignore file readable for Docker',
  reason:
    'Docker gives no warning when the ignore file is a directory, a link out of the context, or unreadable: it ignores nothing.',
  remedy: 'Replace it with a readable file, or with a link to one in the context.',
  examples: {
    good: [{ignore: 'notes', tree: ['notes/a.txt']}],
    bad: [
      {tree: ['.dockerignore -> ../shared/.dockerignore', 'a.txt']},
      {tree: ['.dockerignore/', 'a.txt']},
      {ignore: '', unreadableIgnoreFile: '.dockerignore', tree: ['.dockerignore']},
    ],
  },
  message: ({path, why}) => `Docker silently reads no patterns from "${path}": ${REASONS[why]}`,
  check(facts) {
    const {unreadableIgnoreFile} = facts.input
    const found = expectedFiles(facts).flatMap((path) => {
      const why = path === unreadableIgnoreFile ? 'unreadable' : findReason(facts, path)
      return why === null ? [] : [{data: {path, why}, place: {file: path}}]
    })
    if (found.length > 0 || unreadableIgnoreFile === undefined) return found
    return [{data: {path: unreadableIgnoreFile, why: 'unreadable'}, place: {file: unreadableIgnoreFile}}]
  },
})

/** Where Docker looks, up to the file in force. */
function expectedFiles({plan, ignoreFile}: RuleFacts): string[] {
  const own = plan.dockerfile === null ? [] : [`${plan.dockerfile.path}.dockerignore`]
  const all = [...own, '.dockerignore']
  const inForce = ignoreFile === null ? all.length : all.indexOf(ignoreFile.path)
  return all.slice(0, inForce + 1)
}

function findReason({tree, ignoreFile}: RuleFacts, path: string): Why | null {
  const entry = tree.find(path)
  if (entry < 0 || ignoreFile?.path === path) return null
  if (tree.isDirectory(entry)) return 'directory'
  return linkTargetOf(tree, entry) === null ? null : 'link'
}
