import type {RuleAcross} from './define-rule-across.js'

/** Reports builds that cannot start. */
export const brokenBuild: RuleAcross = {
  id: 'broken-build',
  severity: 'error',
  summary: 'Make sure that every build can start',
  reason: 'Docker fails before the first step of this build. The report covers the other builds.',
  remedy: 'Correct what the message names, or remove the build from the file that lists it.',
  check: ({failed}) =>
    failed.map(({name, message, file, line, fix}) => ({
      message: `the build "${name}" cannot start: ${message}`,
      ...(file !== undefined && {file}),
      ...(line !== undefined && {line}),
      plan: name,
      ...(fix !== undefined && {fix}),
    })),
}
