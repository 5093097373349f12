import path from 'node:path'
import {OTHER_RULE_IDS} from '../../advice/rule-ids.js'
import {childOf} from '../../languages/documents/document-node.js'
import {formatThings} from '../../languages/text/amounts.js'
import {joinNames} from '../../languages/text/sentence.js'
import {isComposeName} from '../../plan/compose/choose-compose-files.js'
import type {BuildProblem} from '../../plan/named-build.js'
import type {Finding} from '../../report/context-report.js'
import {absentPathOf, type FailedBuild} from '../load/load-builds.js'
import type {LoadedCompose} from './load-compose.js'
import {listMissingFiles} from './missing-files.js'
import {findGivenArguments, listUnsetIn, listUnsetOn} from './missing-values.js'
import {findPlaceholder, isBuildOfTemplate} from './placeholders.js'

const MAX_NAMES = 4

/** Builds that cannot start, services that cannot be read, and values that only the user has. */
export function listFailures(loaded: LoadedCompose): Finding[] {
  const {problems} = loaded
  const ofTemplate = loaded.failed.filter((one) => isBuildOfTemplate(loaded, one))
  const ofWindows = loaded.failed.filter((one) => !ofTemplate.includes(one) && isOfWindows(one))
  const failed = loaded.failed.filter((one) => !ofTemplate.includes(one) && !ofWindows.includes(one))
  const builds = failed.map((one) => ({one, unset: listUnsetOf(loaded, one)}))
  const services = problems
    .filter(({severity, message}) => severity === 'error' && findPlaceholder(message) === null)
    .map((one) => ({one, unset: listUnsetOn(loaded, one.place)}))
  const unset = new Set([...builds, ...services].flatMap((one) => one.unset))
  const waiting = builds.filter((one) => one.unset.length > 0).map(({one}) => one.name)
  return [
    ...describeBuilds(loaded, listSet(builds)),
    ...groupByMessage(listSet(services)).map((group) => describeServices(loaded, group)),
    ...(loaded.expected === null ? [] : [describeServices(loaded, [loaded.expected])]),
    ...listMissingFiles(loaded),
    ...tellTemplate(loaded, ofTemplate),
    ...tellWindows(loaded, ofWindows),
    ...tellSample(loaded),
    ...tellUnset(loaded, waiting, [...unset]),
  ]
}

/** Those that no variable is missing for. */
function listSet<One>(found: readonly {one: One; unset: readonly string[]}[]): One[] {
  return found.filter(({unset}) => unset.length === 0).map(({one}) => one)
}

function listUnsetOf(loaded: LoadedCompose, {name}: FailedBuild): string[] {
  const build = loaded.input.services.find((service) => service.name === name)?.build
  return build ? listUnsetIn(loaded, build) : []
}

/** Where nothing of what a file builds is there, it stands in the wrong place, or the rest was not fetched. */
function describeBuilds(loaded: LoadedCompose, failed: readonly FailedBuild[]): Finding[] {
  const [first, ...others] = failed
  const paths = failed.flatMap(({error}) => absentPathOf(error) ?? [])
  const isNoneThere = paths.length === failed.length && loaded.input.builds.size === 0
  const isOpen = isNoneThere && !isComposeName(path.basename(loaded.project.files[0]!))
  const weigh = (finding: Finding, one: FailedBuild): Finding =>
    isOpen && !isStale(loaded, one) ? {...finding, severity: 'info'} : finding
  if (first === undefined || others.length === 0 || !isNoneThere)
    return failed.map((one) => weigh(describeBuild(loaded, one), one))
  const {plan: _, ...finding} = weigh(describeBuild(loaded, first), first)
  return [
    {
      ...finding,
      message: `nothing that the file builds is there: ${joinNames([...new Set(paths)], MAX_NAMES)}, of ${failed.length} services`,
      fix: 'Run it from where its paths lead to something, or fetch what is missing',
    },
  ]
}

/**
 * Tells whether a file names a Dockerfile of a directory that is there: it was renamed. What lacks everything else may be
 * a file for another place, if its name does not say that Compose reads it here.
 */
function isStale({files, input, workingDir}: LoadedCompose, {name, error}: FailedBuild): boolean {
  const build = input.services.find((service) => service.name === name)?.build
  const isNamed = build !== undefined && build !== null && childOf(build, 'dockerfile') !== undefined
  const hostPath = path.resolve(workingDir, absentPathOf(error) ?? '')
  return (
    isNamed && error.code === 'dockerfile-not-found' && files.listNames(path.dirname(hostPath)).length > 0
  )
}

function describeBuild(loaded: LoadedCompose, failed: FailedBuild): Finding {
  const {input, show} = loaded
  const {name, error} = failed
  const place = input.services.find((service) => service.name === name)?.build?.place
  const given = findGivenArguments(loaded, failed)
  if (given !== null) {
    const {hostPath, line} = given.mention
    const names = joinNames(given.names, MAX_NAMES)
    return {
      rule: OTHER_RULE_IDS.buildDefinition,
      severity: 'info',
      message: `the build of "${name}" was not looked at: it needs ${names}, which ${show(hostPath)}:${line} gives it, and the compose file does not`,
      ...(place && {file: show(place.file), line: place.line}),
      plan: name,
      fix: `Give ${names} under build.args to build it with docker compose, too`,
    }
  }
  return {
    rule: 'broken-build',
    severity: 'error',
    message: `the build of "${name}" cannot start: ${error.message}`,
    ...(place && {file: show(place.file), line: place.line}),
    plan: name,
  }
}

/** One missing file may keep many services from being read. */
function groupByMessage(problems: readonly BuildProblem[]): [BuildProblem, ...BuildProblem[]][] {
  const groups = new Map<string, [BuildProblem, ...BuildProblem[]]>()
  for (const problem of problems) {
    const group = groups.get(problem.message)
    if (group === undefined) groups.set(problem.message, [problem])
    else group.push(problem)
  }
  return [...groups.values()]
}

function describeServices(
  {show}: LoadedCompose,
  [{severity, message, place, fix}, ...others]: readonly [BuildProblem, ...BuildProblem[]],
): Finding {
  const {file, line} = place
  const more = others.length === 0 ? '' : `, and so in ${formatThings(others.length, 'more place')}`
  return {
    rule: OTHER_RULE_IDS.buildDefinition,
    severity,
    message: `${message}${more}`,
    file: show(file),
    line,
    ...(fix !== undefined && {fix}),
  }
}

/** What a template makes is judged where it was made. */
function tellTemplate({project, problems, show}: LoadedCompose, builds: readonly FailedBuild[]): Finding[] {
  const parts = problems.filter(({message}) => findPlaceholder(message) !== null)
  if (builds.length + parts.length === 0) return []
  const names = joinNames(
    builds.map(({name}) => name),
    MAX_NAMES,
  )
  const what = builds.length === 0 ? 'a part of the project' : `the build of ${names}`
  return [
    {
      rule: OTHER_RULE_IDS.buildDefinition,
      severity: 'info',
      message: `${what} was not looked at: it still holds a placeholder of a template`,
      file: show(parts[0]?.place.file ?? project.files[0]!),
      line: parts[0]?.place.line ?? 1,
      fix: 'Run it on a project that was made from the template',
    },
  ]
}

/** `\\` is between the names of a path on Windows alone. */
function isOfWindows({error}: FailedBuild): boolean {
  return path.sep === '/' && absentPathOf(error)?.includes('\\') === true
}

function tellWindows({input, show}: LoadedCompose, builds: readonly FailedBuild[]): Finding[] {
  const [first] = builds
  if (first === undefined) return []
  const names = builds.map(({name}) => name)
  const place = input.services.find(({name}) => name === first.name)?.build?.place
  return [
    {
      rule: OTHER_RULE_IDS.buildDefinition,
      severity: 'info',
      message: `the build of ${joinNames(names, MAX_NAMES)} was not looked at: its paths are those of Windows`,
      ...(place && {file: show(place.file), line: place.line}),
      fix: 'Write / between the names of a path: Docker takes it on Windows, too',
    },
  ]
}

/** A fresh checkout has no `.env`: what its sample says is what most people have there. */
function tellSample({sample, show}: LoadedCompose): Finding[] {
  if (sample === null) return []
  const file = show(sample)
  return [
    {
      rule: OTHER_RULE_IDS.buildDefinition,
      severity: 'info',
      message: `there is no .env: the values of ${file} count in its place`,
      file,
      line: 1,
      fix: `Copy ${file} to .env, or name another file with --env-file`,
    },
  ]
}

/** Nobody but the user knows them, so what they decide is not judged. */
function tellUnset(
  {project, show}: LoadedCompose,
  builds: readonly string[],
  unset: readonly string[],
): Finding[] {
  if (unset.length === 0) return []
  const what = builds.length === 0 ? 'the project' : `the build of ${joinNames(builds, MAX_NAMES)}`
  return [
    {
      rule: OTHER_RULE_IDS.buildDefinition,
      severity: 'info',
      message: `${what} was not looked at: it needs ${joinNames(unset, MAX_NAMES)}, which nothing sets here`,
      file: show(project.files[0]!),
      line: 1,
      fix: 'Set them in the environment or in .env, or name a file with --env-file',
    },
  ]
}
