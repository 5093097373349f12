import path from 'node:path'
import {OTHER_RULE_IDS} from '../../advice/rule-ids.js'
import {parseBandwidth} from '../../config/parse-amounts.js'
import type {Settings} from '../../config/settings.js'
import {SlimCheckError} from '../../errors.js'
import {joinNames} from '../../languages/text/sentence.js'
import type {Finding, Rate} from '../../report/context-report.js'
import type {Analysis} from '../analysis/analysis.js'
import {analyzeBuilds} from '../analysis/analyze-builds.js'
import {askBuilds, type BuildRequest, loadSettings} from '../load/ask-builds.js'
import {type BaselinePlace, findBaseline, loadBaseline, requireBaseline} from '../load/baseline.js'
import type {FoundBuild, FoundBuilds} from '../load/find/find-builds.js'
import {findUnusedIgnoreFiles} from '../load/find/find-unused-ignore-files.js'
import {toContextPath} from '../load/load-ignore-file.js'
import type {WalkSettings} from '../load/load-project.js'

const MAX_NAMES = 4

/** What a person asks for: which builds, held to what, reported how. What is absent is left to the configuration. */
export interface AnalyzeRequest extends WalkSettings, BuildRequest {
  /** Relative to the working directory. Default: the configuration's. */
  baselineFile?: string
  /** The baseline need not be there: it is about to be written. */
  isBaselineNew?: boolean
  all?: boolean
}

/** An analysis with the settings and the baseline that it used. */
export interface AnsweredRequest {
  analysis: Analysis
  settings: Settings
  /** The baseline that counts; null: none. */
  baseline: BaselinePlace | null
}

/** Reads the configuration, finds the builds and analyses them. @throws SlimCheckError when it could not run */
export async function analyzeRequest(request: AnalyzeRequest): Promise<AnsweredRequest> {
  const {build, indexDir = null, onProgress, readings} = request
  const {contextDir, workingDir = process.cwd()} = build
  const {config, settings} = await loadSettings(request)
  const {depth, bandwidth} = settings
  const baseline = findBaseline(request.baselineFile, config, workingDir)
  // A missing baseline is reported before the work, not after it.
  if (request.isBaselineNew) requireBaseline(baseline)
  const isLoaded = baseline !== null && !request.isBaselineNew
  const {found, builds} = await askBuilds(request, settings)
  const analysis = await analyzeBuilds(builds, {
    contextDir,
    workingDir,
    settings,
    rates: bandwidth === undefined ? [] : readRates(bandwidth),
    unusedIgnoreFiles:
      found === null
        ? []
        : findUnusedIgnoreFiles(
            found.builds.map(({options}) => options),
            path.resolve(workingDir, contextDir),
          ),
    isOneRun: found?.source === 'compose' || found?.source === 'bake',
    notices: found === null ? [] : listNotices(found, path.resolve(workingDir, contextDir), workingDir),
    ...(isLoaded && {baseline: loadBaseline(baseline)}),
    ...(request.all !== undefined && {all: request.all}),
    ...(depth !== undefined && {depth}),
    indexDir,
    ...(onProgress && {onProgress}),
    ...(readings && {readings}),
  })
  return {analysis, settings, baseline}
}

/** What was noticed while the builds were looked for. */
function listNotices({builds, problems}: FoundBuilds, contextDir: string, workingDir: string): Finding[] {
  const rule = OTHER_RULE_IDS.buildDefinition
  const place = (file: string): string => toContextPath(contextDir, path.resolve(workingDir, file))
  const notices = [...groupByNote(builds)].map(([note, [first, ...others]]): Finding => {
    const {name, isGuess, origin} = first
    const names = joinNames([name, ...others.map((one) => one.name)], MAX_NAMES)
    const at = origin && {file: place(origin.file), line: origin.line}
    return {
      rule,
      severity: 'info',
      message: isGuess
        ? `the context of ${names} is a guess (${note}); name it with DIR --file PATH`
        : `${names}: ${note}`,
      ...at,
      ...(others.length === 0 && {plan: name}),
    }
  })
  return [...problems.map((problem) => ({rule, ...problem, file: place(problem.file)})), ...notices]
}

/** Builds of which the same is worth knowing. */
function groupByNote(builds: readonly FoundBuild[]): Map<string, [FoundBuild, ...FoundBuild[]]> {
  const groups = new Map<string, [FoundBuild, ...FoundBuild[]]>()
  for (const build of builds) {
    const {note, isGuess, options} = build
    // Without a Dockerfile there is nothing to guess from; the report says that by itself.
    if (note === undefined || (isGuess && options.dockerfile === undefined)) continue
    const group = groups.get(note)
    if (group === undefined) groups.set(note, [build])
    else group.push(build)
  }
  return groups
}

/** Reads the speeds of `--bandwidth`: several are separated by commas. @throws SlimCheckError `bad-flag` */
export function readRates(texts: string): Rate[] {
  return texts.split(',').map((text) => {
    const rate = parseBandwidth(text)
    if (rate !== null) return rate
    throw new SlimCheckError('bad-flag', {
      message: `--bandwidth: ${JSON.stringify(text.trim())} is not a bandwidth`,
      nextStep: 'Write it in bits per second, such as 50Mbit',
    })
  })
}
