import path from 'node:path'
import {listHidingMounts} from '../../advice/facts/hidden-paths.js'
import type {AcrossFacts, HiddenPath, LackingFacts} from '../../advice/rules/builds/define-rule-across.js'
import {findProblemsAcross} from '../../advice/rules/builds/find-problems-across.js'
import {applyRuleSettings} from '../../config/apply-settings.js'
import {NO_SETTINGS} from '../../config/settings.js'
import type {Finding, PlanReport} from '../../report/context-report.js'
import type {FailedBuild} from '../load/load-builds.js'
import {IGNORE_FILE, toContextPath} from '../load/load-ignore-file.js'
import type {Context} from '../project.js'
import {type Analysis, type AnalysisOptions, type GroupedBuild, listBuilds} from './analysis.js'

/** What is wrong with one build: file names relative to its context. */
export interface BuildFindings {
  /** The build's name. */
  plan: string
  context: Pick<Context, 'show'>
  findings: readonly Finding[]
}

/** Puts together what was noticed, what is wrong between builds, and what is wrong with each. @param plans in their order */
export function reportFindings(
  {groups, failed, options}: Pick<Analysis, 'groups' | 'failed' | 'options'>,
  plans: readonly PlanReport[],
): Finding[] {
  const parts = groups.flatMap(({builds, context}) =>
    builds.map(({plan, findings}) => ({plan: plan.name, context, findings})),
  )
  const filesRead = new Set(groups.map(({context, ignorePath}) => context.show(ignorePath)))
  const builds = listBuilds(groups)
  const contexts = builds.map(({group}) => group.context)
  const facts = plans.map((plan, number) => ({
    ...plan,
    contextPath: contexts[number]!.prefix,
    hidden: listHidden(builds[number]!),
  }))
  const findings = [
    ...(options.notices ?? []),
    ...findProblemsAcross({
      plans: facts,
      failed: failed.map((one) => describeFailure(one, options)),
      lacking: builds.flatMap(listLacking),
      unusedIgnoreFiles: options.unusedIgnoreFiles ?? [],
      isOneRun: options.isOneRun === true,
    }),
    ...mergeFindings(parts, filesRead),
  ]
  const {rules} = options.settings ?? NO_SETTINGS
  return applyRuleSettings(findings, rules)
}

/**
 * Puts the findings of several builds together: what all of them have is told once, what one has names it.
 * @param filesRead ignore files that some build reads, relative to the report's context: they are not inert
 */
export function mergeFindings(parts: readonly BuildFindings[], filesRead: ReadonlySet<string>): Finding[] {
  const merged = new Map<string, {finding: Finding; plans: string[]}>()
  for (const {plan, context, findings} of parts) {
    for (const found of findings) {
      const finding = found.file === undefined ? found : {...found, file: context.show(found.file)}
      if (finding.rule === 'inert-ignore-file' && filesRead.has(finding.file ?? '')) continue
      const key = JSON.stringify([finding.rule, finding.file, finding.line, finding.message])
      const known = merged.get(key)
      if (known) known.plans.push(plan)
      else merged.set(key, {finding, plans: [plan]})
    }
  }
  const isOne = parts.length <= 1
  return [...merged.values()].map(({finding, plans}) =>
    isOne || plans.length > 1 ? finding : {...finding, plan: plans[0]!},
  )
}

function listLacking({build: {plan}, group}: GroupedBuild): LackingFacts[] {
  const {dockerfile, name} = plan
  const [first] = dockerfile?.lacking ?? []
  if (first === undefined) return []
  const {image, line} = first
  return [
    {
      name,
      arguments: dockerfile!.lacking!.map((one) => one.name),
      image,
      file: group.context.show(dockerfile!.path),
      line,
      isSearched: dockerfile!.isSearched === true,
    },
  ]
}

function listHidden({build, group}: GroupedBuild): HiddenPath[] {
  return listHidingMounts(build, build.context.tree).map(({service, mount}) => ({
    service,
    mount: mount.written,
    target: mount.target,
    file: group.context.show(mount.place.file),
    line: mount.place.line,
  }))
}

function describeFailure(failure: FailedBuild, options: AnalysisOptions): AcrossFacts['failed'][number] {
  const {name, error, fix} = failure
  const {
    line: own,
    problems,
    isTemplate,
  } = error.data as {line?: number; problems?: readonly {line: number}[]; isTemplate?: true}
  const file = locateFailure(failure, options)
  const line = own ?? problems?.[0]?.line ?? (isAtOrigin(failure) ? failure.origin?.line : undefined)
  return {
    name,
    message: error.message,
    ...(file !== null && {file}),
    ...(line !== undefined && {line}),
    ...(fix !== undefined && {fix}),
    ...(isTemplate && {isTemplate}),
  }
}

/** The error names no file: the file that defines the build is to be mended. */
function isAtOrigin({error, origin}: FailedBuild): boolean {
  return (error.data as {file?: string}).file === undefined && Boolean(origin)
}

/** The file to mend, relative to the report's context; null for none, and for standard input. */
function locateFailure(
  {error, options, origin}: FailedBuild,
  {contextDir, workingDir = process.cwd()}: AnalysisOptions,
): string | null {
  const {file = origin?.file} = error.data as {file?: string}
  if (file === undefined || file === '-') return null
  // An ignore file is named as in its context, a Dockerfile as on the command line.
  const isInContext = error.code.startsWith('ignore-') || file.endsWith(IGNORE_FILE)
  const ownDir = options.workingDir ?? workingDir
  const base = isInContext ? path.resolve(ownDir, options.contextDir) : ownDir
  return toContextPath(path.resolve(workingDir, contextDir), path.resolve(base, file))
}
