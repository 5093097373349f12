import type {WideEncoding} from '../../../plan/build-plan.js'
import {defineRule} from '../define-rule.js'

/** Finds an ignore file that Docker reads and gets nothing out of. */
export default defineRule<{path: string; encoding: WideEncoding}>({
  id: 'utf16-ignore-file',
  severity: 'warning',
  summary: 'Save the ignore file as UTF-8',
  reason:
    'PowerShell writes UTF-16 with > and Out-File, and so do some editors. Docker reads the bytes as UTF-8: the build runs, and no line has an effect.',
  remedy: 'Save the file as UTF-8. In PowerShell: Set-Content -Encoding utf8.',
  examples: {
    good: [{ignore: 'notes', tree: ['notes/a.txt']}],
    bad: [{ignore: '', encoding: 'UTF-16', tree: ['.dockerignore', 'notes/a.txt']}],
  },
  message: ({path, encoding}) =>
    `"${path}" is ${encoding}, and Docker reads UTF-8: none of its lines has an effect`,
  fix: ({path}) => `Save "${path}" as UTF-8`,
  check({ignoreFile}) {
    if (ignoreFile?.encoding === undefined) return []
    const {path, encoding} = ignoreFile
    return [{data: {path, encoding}, place: {file: path, line: 1}}]
  },
})
