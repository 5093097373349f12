import path from 'node:path'
import {OTHER_RULE_IDS} from '../../advice/rule-ids.js'
import {settingsForBuild} from '../../config/apply-settings.js'
import {overrideSettings, type SettingFlags} from '../../config/override-settings.js'
import {parseBandwidth} from '../../config/parse-amounts.js'
import type {Settings} from '../../config/settings.js'
import {SlimCheckError} from '../../errors.js'
import {openContext} from '../../host/files/open-context.js'
import {joinNames} from '../../languages/text/sentence.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {Finding, Rate} from '../../report/context-report.js'
import {type Analysis, analyzeBuilds} from '../analysis/analyze-builds.js'
import {type BaselinePlace, findBaseline, loadBaseline, requireBaseline} from '../load/baseline.js'
import {type FindOptions, type FoundBuild, type FoundBuilds, findBuilds} from '../load/find/find-builds.js'
import {findUnusedIgnoreFiles} from '../load/find/find-unused-ignore-files.js'
import type {AskedBuild} from '../load/load-builds.js'
import {loadConfig} from '../load/load-config.js'
import {toContextPath} from '../load/load-ignore-file.js'
import type {WalkSettings} from '../load/load-project.js'

const MAX_NAMES = 4

/** What a person asks for: which builds, held to what, reported how. What is absent is left to the configuration. */
export interface AnalyzeRequest extends WalkSettings {
  /** The build as the flags tell it; of several builds only its directory counts. */
  build: BuildOptions
  /** Which builds instead; null: none. Default: the build of the flags if there are any, else what `findBuilds` chooses. */
  choice?: Omit<FindOptions, 'contextDir' | 'workingDir'> | null
  /** A configuration, relative to the working directory, instead of a search; null: none. */
  configFile?: string | null
  /** They win over the configuration. */
  flags?: SettingFlags
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
  const {build, flags = {}, indexDir = null, onProgress} = request
  const {contextDir, workingDir = process.cwd()} = build
  const {configFile} = request
  openContext(contextDir, workingDir)
  const config = await loadConfig({
    contextDir,
    workingDir,
    ...(configFile !== undefined && {file: configFile}),
  })
  const settings = overrideSettings(config.settings, flags)
  const {depth, bandwidth} = settings
  const baseline = findBaseline(request.baselineFile, config, workingDir)
  // A missing baseline is reported before the work, not after it.
  if (request.isBaselineNew) requireBaseline(baseline)
  const isLoaded = baseline !== null && !request.isBaselineNew
  const found = await findRequested(request)
  const builds = found?.builds.map((one) => addFlags(one, build)) ?? [{options: build}]
  const analysis = await analyzeBuilds(
    builds.map((one) => configureBuild(one, settings, workingDir)),
    {
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
    },
  )
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
      message: isGuess ? `the context of ${names} is a guess: ${note}` : `${names}: ${note}`,
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

/** Null where the flags describe a build themselves. */
async function findRequested({build, choice}: AnalyzeRequest): Promise<FoundBuilds | null> {
  if (choice === null || (choice === undefined && isDescribed(build))) return null
  const {contextDir, workingDir} = build
  return findBuilds({contextDir, ...(workingDir !== undefined && {workingDir}), ...choice})
}

function isDescribed({dockerfile, dockerfileContent, target}: BuildOptions): boolean {
  return dockerfile !== undefined || dockerfileContent !== undefined || target !== undefined
}

/** Flags of `docker build` hold for every build that is found, above what its file says. */
function addFlags(found: AskedBuild, {target, platform, buildArgs, buildContexts}: BuildOptions): AskedBuild {
  return {
    ...found,
    options: {
      ...found.options,
      ...(target !== undefined && {target}),
      ...(platform !== undefined && {platform}),
      buildArgs: {...found.options.buildArgs, ...buildArgs},
      buildContexts: {...found.options.buildContexts, ...buildContexts},
    },
  }
}

/** What the flags and the files that list builds leave open, the configuration may say. */
function configureBuild(build: AskedBuild, settings: Settings, workingDir: string): AskedBuild {
  const {options} = build
  const {contextDir, dockerfile} = options
  const file = dockerfile === undefined ? 'Dockerfile' : path.resolve(workingDir, dockerfile)
  const contextPath = path.resolve(workingDir, contextDir)
  const name = build.name ?? toContextPath(contextPath, path.resolve(contextPath, file))
  const {target, platform, buildArgs} = settingsForBuild(settings, name)
  return {
    ...build,
    options: {
      ...(target !== undefined && {target}),
      ...(platform !== undefined && {platform}),
      ...options,
      buildArgs: {...buildArgs, ...options.buildArgs},
    },
  }
}

/** Reads the speeds of `--bandwidth`: several are separated by commas. @throws SlimCheckError `bad-flag` */
export function readRates(texts: string): Rate[] {
  return texts.split(',').map((text) => {
    const rate = parseBandwidth(text)
    if (rate !== null) return rate
    throw new SlimCheckError('bad-flag', {
      message: `--bandwidth: ${JSON.stringify(text.trim())} is not a bandwidth`,
      nextStep: 'Give it in bits a second, such as 50Mbit',
    })
  })
}
