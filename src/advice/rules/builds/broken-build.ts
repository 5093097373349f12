import type {LackingFacts, RuleAcross} from './define-rule-across.js'

/** Reports builds that cannot start. */
export const brokenBuild: RuleAcross = {
  id: 'broken-build',
  severity: 'error',
  summary: 'Make sure that every build can start',
  isAboutOne: true,
  reason:
    'Docker fails before the first step of this build. The report covers the other builds. A build argument without a default that a base image hangs on, where no file tells how it is built, is a warning or an info: the rest of the build is checked. A template, of which another program makes the Dockerfile, is an info.',
  remedy: 'Correct what the message names, or remove the build from the file that lists it.',
  check: ({failed, lacking = []}) => [
    ...describeLacking(lacking),
    ...failed.map(({name, message, file, line, fix, isTemplate}) => ({
      ...(isTemplate && {severity: 'info' as const}),
      message: isTemplate
        ? `"${name}" is not analysed: ${message}`
        : `the build "${name}" cannot start: ${message}`,
      ...(file !== undefined && {file}),
      ...(line !== undefined && {line}),
      plan: name,
      ...(fix !== undefined && {fix}),
    })),
  ],
}

function describeLacking(lacking: readonly LackingFacts[]): ReturnType<RuleAcross['check']> {
  return lacking.map(({name, arguments: names, image, file, line, isSearched}) => {
    const [first, ...more] = names
    const and = more.length === 0 ? '' : ` (and ${more.map((one) => `"${one}"`).join(', ')})`
    return {
      severity: isSearched ? 'info' : 'warning',
      message: `"FROM ${image}" names no image without the build argument "${first}"${and}: docker build needs it`,
      file,
      line,
      plan: name,
      fix: `Give it when you build: ${names.map((one) => `--build-arg ${one}=…`).join(' ')}`,
    }
  })
}
