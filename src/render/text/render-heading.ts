import {formatThings} from '../../languages/text/amounts.js'
import type {ContextReport, PlanReport} from '../../report/context-report.js'
import {measureWidth} from '../terminal/measure-width.js'
import type {Page} from './page.js'

/** The subject of the report: context, Dockerfile and ignore file; of several builds what they have in common. */
export function renderHeading({plans}: ContextReport, page: Page): string[] {
  const contexts = unique(plans.map(({context}) => context))
  const parts = [describeContexts(contexts, page)]
  if (plans.length === 1) parts.push(describeDockerfile(plans[0]!, page))
  else parts.push(formatThings(plans.length, 'build'))
  const ignoreFiles = unique(plans.map(({ignoreFile}) => ignoreFile))
  if (ignoreFiles.length === 1) parts.push(describeIgnoreFile(ignoreFiles[0]!, page))
  const line = parts.join('   ')
  if (measureWidth(line) <= page.width) return [line]
  return parts.map((part, at) => (at === 0 ? part : `  ${part}`))
}

function describeContexts(contexts: readonly string[], {styles, show}: Page): string {
  if (contexts.length === 1) return `${styles.bold('Context')} ${show(contexts[0]!)}`
  return styles.bold(formatThings(contexts.length, 'context'))
}

/** The Dockerfile of a build, and the stage where one is chosen. */
export function describeDockerfile({dockerfile, target}: PlanReport, {arrow, show}: Page): string {
  if (dockerfile === null) return 'no Dockerfile'
  return target === null ? show(dockerfile) : `${show(dockerfile)} ${arrow} ${show(target)}`
}

/** The ignore file of a build. */
export function describeIgnoreFile(ignoreFile: string | null, {show}: Page): string {
  return ignoreFile === null ? 'no ignore file' : show(ignoreFile)
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}
