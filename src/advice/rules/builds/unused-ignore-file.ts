import {joinNames} from '../../../languages/text/sentence.js'
import type {RuleAcross} from './define-rule-across.js'

const MAX_SHOWN = 4

/** Reports ignore files above the contexts: nothing reads them. */
export const unusedIgnoreFile: RuleAcross = {
  id: 'unused-ignore-file',
  severity: 'warning',
  summary: 'Put the ignore file into the folder that is the context',
  reason:
    'Docker reads the ignore file at the root of the context, never one in a folder above it. If every build of a project has its own folder as context, an ignore file at the top keeps nothing out.',
  remedy: 'Move it into the contexts, or use its folder as the context.',
  isAboutOne: true,
  check({plans, unusedIgnoreFiles = []}) {
    const contexts = [...new Set(plans.map(({contextPath}) => contextPath.replace(/\/$/, '') || '.'))]
    const names = joinNames(contexts, MAX_SHOWN)
    return unusedIgnoreFiles.map((file) => ({
      message: `no build reads "${file}": ${contexts.length === 1 ? 'the context is' : 'the contexts are'} ${names}`,
      file,
      fix: `Move its lines into the ".dockerignore" of ${names}`,
    }))
  },
}
