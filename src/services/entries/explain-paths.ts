import path from 'node:path'
import {type Attribution, attributeRequests} from '../../build/graph/requests/attribute-requests.js'
import {listRequestsTo} from '../../build/graph/requests/list-requests.js'
import {visitSlots} from '../../build/transfer/entry-figures.js'
import {SlimCheckError} from '../../errors.js'
import {createLinkReader} from '../../host/files/links.js'
import {pathExists} from '../../host/files/locations.js'
import {formatBytes} from '../../languages/text/amounts.js'
import type {BuildExplanation, PathExplanation} from '../../report/entry.js'
import {type AnalyzedBuild, type AnalyzedGroup, listBuilds} from '../analysis/analysis.js'
import {analyzeBuilds} from '../analysis/analyze-builds.js'
import {askBuilds, type BuildRequest, loadSettings} from '../load/ask-builds.js'
import {toContextPath} from '../load/load-ignore-file.js'
import type {WalkSettings} from '../load/load-project.js'
import type {Build} from '../project.js'
import {decidePath} from './decide-path.js'

/** What `why` is asked. */
export interface ExplainRequest extends BuildRequest, WalkSettings {}

/** From here on something that is known is worth a line of its own, in bytes; docs/faq.md says so, too. */
const WORTH_BYTES = 10_000

/**
 * Explains for each path whether and why it crosses, build by build; also for paths that do not exist.
 * @param paths relative to the working directory
 * @throws SlimCheckError for paths that are in no context, and as `analyzeContext`
 */
export async function explainPaths(
  request: ExplainRequest,
  paths: readonly string[],
): Promise<BuildExplanation[]> {
  const {contextDir, workingDir = process.cwd()} = request.build
  const {settings} = await loadSettings(request)
  const {builds} = await askBuilds(request, settings)
  const {indexDir = null} = request
  const {groups} = await analyzeBuilds(builds, {contextDir, workingDir, settings, indexDir})
  const hostPaths = paths.map((given) => ({given, hostPath: path.resolve(workingDir, given)}))
  const explained = listBuilds(groups).map(({build, group}) => explainBuild(build, group, hostPaths))
  checkSomewhere(explained, paths, contextDir)
  return explained
}

function explainBuild(
  build: AnalyzedBuild,
  group: AnalyzedGroup,
  asked: readonly {given: string; hostPath: string}[],
): BuildExplanation {
  const {plan, graph} = build
  const attribution = attributeRequests(listRequestsTo(graph, null), createLinkReader(plan.context.hostPath))
  return {
    name: plan.name,
    paths: asked.map(({given, hostPath}) => {
      const contextPath = toContextPath(plan.context.hostPath, hostPath)
      if (contextPath === '') throw new SlimCheckError('path-is-context', {path: given})
      if (isOutside(contextPath)) return describeOutside(given, hostPath, build)
      const explanation = explainPath(contextPath, build, attribution)
      return {...explanation, ...explainSuggestion(explanation, build, group)}
    }),
  }
}

function isOutside(contextPath: string): boolean {
  return contextPath === '..' || contextPath.startsWith('../') || path.isAbsolute(contextPath)
}

/** @throws SlimCheckError where a path is in none of the contexts and nothing else was asked */
function checkSomewhere(
  builds: readonly BuildExplanation[],
  paths: readonly string[],
  context: string,
): void {
  if (builds.some((build) => build.paths.some(({verdict}) => verdict !== 'outside'))) return
  throw new SlimCheckError('path-outside-context', {path: paths[0]!, context})
}

function describeOutside(given: string, hostPath: string, {plan}: Build): PathExplanation {
  return {
    path: given,
    exists: pathExists(hostPath),
    verdict: 'outside',
    ignoreFile: plan.context.ignoreFile?.path ?? null,
    dockerfile: plan.dockerfile?.path ?? null,
    requestedBy: [],
    transferBytes: 0,
  }
}

/** The line that would keep a path out, or why there is none. Nothing for a path that is not sent. */
function explainSuggestion(
  {path: contextPath, verdict, transferBytes, tree: sums}: PathExplanation,
  {context}: Build,
  {lines}: AnalyzedGroup,
): Pick<PathExplanation, 'suggestion' | 'unsuggested'> {
  const entry = context.tree.find(contextPath)
  if (verdict !== 'sent' || entry < 0) return {}
  const line = lines.find(({entryIndexes}) => {
    return entryIndexes.some((root) => root <= entry && entry < context.tree.endOf(root))
  })
  if (line !== undefined) {
    const {pattern, confidence, reason} = line
    return {suggestion: {pattern, confidence, reason}}
  }
  const known = context.kindOf(entry)
  const bytes = sums?.transferBytes ?? transferBytes
  if (known !== null && bytes < WORTH_BYTES) {
    return {unsuggested: `it is smaller than ${formatBytes(WORTH_BYTES)} (${known.title})`}
  }
  return {
    unsuggested:
      known === null
        ? 'nothing shows that it is unused (it is of no known kind, and Git does not ignore it)'
        : `the image may need it (${known.title})`,
  }
}

function explainPath(contextPath: string, build: Build, attribution: Attribution): PathExplanation {
  const {plan, context, main} = build
  const {tree} = context
  const entry = tree.find(contextPath)
  const slot = entry < 0 ? -1 : main.selection.entries.indexOf(entry)
  const ignoreFile = plan.context.ignoreFile
  const decision = ignoreFile === null ? null : decidePath(ignoreFile, contextPath)
  const requestedBy = attribution(contextPath).map(({line, text}) => ({
    file: plan.dockerfile?.path ?? '',
    line,
    text,
  }))
  const isRequested = plan.dockerfile === null || requestedBy.length > 0
  return {
    path: contextPath,
    // What lies below a pruned directory is not in the tree.
    exists: entry >= 0 || pathExists(path.join(plan.context.hostPath, contextPath)),
    verdict: nameVerdict(
      decision?.ignored ?? false,
      isRequested,
      slot >= 0,
      entry >= 0 && main.selection.arrivesEmpty.has(entry),
    ),
    ...(decision?.by && {ignoredBy: {file: ignoreFile!.path, ...decision.by}}),
    ...(decision?.matchedPath !== undefined && {matchedPath: decision.matchedPath}),
    ignoreFile: ignoreFile?.path ?? null,
    dockerfile: plan.dockerfile?.path ?? null,
    requestedBy,
    transferBytes: slot < 0 ? 0 : main.transfer.entryBytes[slot]!,
    ...(entry >= 0 && tree.isDirectory(entry) && {tree: sumTree(entry, build)}),
  }
}

/** What is sent of a directory: its subtree is a range of entries. */
function sumTree(directory: number, {context: {tree}, main}: Build): NonNullable<PathExplanation['tree']> {
  const sum = {fileCount: 0, transferBytes: 0}
  const end = tree.endOf(directory)
  visitSlots([main], (entry, slot) => {
    if (entry < directory || entry >= end) return
    sum.transferBytes += main.transfer.entryBytes[slot]!
    if (tree.typeOf(entry) === 'file') sum.fileCount++
  })
  return sum
}

function nameVerdict(
  isIgnored: boolean,
  isRequested: boolean,
  isSent: boolean,
  isEmpty: boolean,
): PathExplanation['verdict'] {
  if (isSent) return isEmpty ? 'arrives-empty' : 'sent'
  if (isIgnored) return 'ignored'
  return isRequested ? 'sent' : 'not-requested'
}
