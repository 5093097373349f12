import path from 'node:path'
import type {Readable} from 'node:stream'
import {KnownEntries} from '../../advice/catalogue/known-entries.js'
import {type ContextPaths, requestedPaths} from '../../build/graph/requests/requested-paths.js'
import {placeFigures, sum} from '../../build/transfer/entry-figures.js'
import {createRequestRules} from '../../build/transfer/measure-source.js'
import {predictTransfer} from '../../build/transfer/predict-transfer.js'
import {selectEntries} from '../../build/transfer/select-entries.js'
import {applyRuleSettings, settingsForBuild} from '../../config/apply-settings.js'
import {overrideSettings} from '../../config/override-settings.js'
import {NO_SETTINGS, type Settings} from '../../config/settings.js'
import {DockerfileError, IgnoreFileError, IgnorePatternError, SlimCheckError} from '../../errors.js'
import {type ContextTar, readContextTar} from '../../host/archive/read-context-tar.js'
import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../languages/ignore/parse-ignore-file.js'
import {measureFigures} from '../../measure/budget/build-figures.js'
import {checkBudgets} from '../../measure/budget/check-budgets.js'
import {findLargest} from '../../measure/figures/find-largest.js'
import {joinLargest} from '../../measure/figures/join-largest.js'
import type {ContextReport, Finding} from '../../report/context-report.js'
import {PARTS} from '../../report/message.js'
import type {Sizes} from '../../report/sizes.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {createFileTree} from '../../tree/model/tree-from-entries.js'
import {loadConfig} from '../load/load-config.js'
import {IGNORE_FILE} from '../load/load-ignore-file.js'
import type {AnalyzeOptions} from './analyze-context.js'
import {type AnalyzeRequest, readRates} from './analyze-request.js'

/**
 * Analyses a context given as a tar: Docker sends it whole, neither its ignore file nor its Dockerfile narrows it.
 * The report says what the same files would have cost as a directory.
 */
export async function analyzeTar(stream: Readable, options: AnalyzeOptions): Promise<ContextReport> {
  const dockerfile = path.posix.normalize(options.dockerfile ?? 'Dockerfile')
  const tar = await readContextTar(stream, (name) => name === dockerfile || name === IGNORE_FILE)
  const tree = createFileTree(tar.entries)
  const everything = selectEntries(tree, {ignore: null, requested: null})
  const whole = predictTransfer(tree, everything)
  const sizes: Sizes = {...whole.sizes, transferBytes: tar.streamBytes, rebuildTransferBytes: tar.streamBytes}
  const {settings = NO_SETTINGS} = options
  const plan = {
    name: '-',
    context: '-',
    dockerfile: tar.contents.has(dockerfile) ? dockerfile : null,
    target: options.target ?? null,
    ignoreFile: null,
    usesContext: true,
    requestedPaths: null,
    eligible: sizes,
    before: sizes,
    after: sizes,
    namedContexts: [],
  }
  const {classify} = new KnownEntries(tree)
  const kindOf = (entry: number) => classify(entry) ?? null
  const main = {prefix: '', tree, selection: everything, transfer: {...whole, sizes}, kindOf}
  const build = measureFigures(plan.name, main, [], [])
  const sent = placeFigures(tree, [{selection: everything, transfer: whole}], sum)
  return {
    schemaVersion: 1,
    context: '-',
    plans: [plan],
    before: sizes,
    after: sizes,
    ...joinLargest([
      findLargest(tree, sent, {kindOf, ...(options.depth !== undefined && {depth: options.depth})}),
    ]),
    suggestions: [],
    findings: applyRuleSettings([explainWholeTar(tree, tar, dockerfile, options)], settings.rules),
    budgets: checkBudgets([{build, limits: settingsForBuild(settings, plan.name).budgets}]),
    ...(options.rates && options.rates.length > 0 && {rates: [...options.rates]}),
  }
}

function explainWholeTar(
  tree: FileTree,
  tar: ContextTar,
  dockerfile: string,
  options: AnalyzeOptions,
): Finding {
  const asDirectory = measureAsDirectory(tree, tar, dockerfile, options)
  const whole =
    'Docker sends all of a tar on every build: neither an ignore file nor the Dockerfile reduces it'
  const base = {rule: 'tar-context', severity: 'info' as const}
  if (asDirectory === null) return {...base, message: whole}
  const narrowed = `${whole}; as a directory this build would transfer `
  return {...base, message: `${narrowed}${asDirectory} bytes`, [PARTS]: [narrowed, {bytes: asDirectory}]}
}

/** What the tar's own ignore file and Dockerfile would leave of it; null where one of them is broken. */
function measureAsDirectory(
  tree: FileTree,
  {contents}: ContextTar,
  dockerfile: string,
  options: AnalyzeOptions,
): number | null {
  const ignoreText = contents.get(IGNORE_FILE)
  const text = contents.get(dockerfile)
  try {
    const ignore = ignoreText === undefined ? null : new IgnoreRules(parseIgnoreFile(ignoreText).patterns)
    const requests = text === undefined ? {usesContext: true, paths: null} : evaluateRequests(text, options)
    if (!requests.usesContext) return 0
    const requested = requests.paths && createRequestRules(requests.paths)
    return predictTransfer(tree, selectEntries(tree, {ignore, requested})).sizes.transferBytes
  } catch (error) {
    if (error instanceof DockerfileError || error instanceof IgnoreFileError) return null
    if (error instanceof IgnorePatternError || error instanceof SlimCheckError) return null
    throw error
  }
}

function evaluateRequests(
  text: Uint8Array,
  {target, buildArgs = {}, platform}: AnalyzeOptions,
): ContextPaths {
  const options = {
    ...(target !== undefined && {target}),
    ...(platform !== undefined && {platform}),
    buildArgs,
  }
  return requestedPaths(text, options)
}

/**
 * Answers a request about a context given as a tar. It has no place to search a configuration from: only one that is
 * named counts.
 * @throws SlimCheckError when it could not run
 */
export async function analyzeTarRequest(
  stream: Readable,
  {build, flags = {}, configFile = null}: AnalyzeRequest,
): Promise<{report: ContextReport; settings: Settings}> {
  const {workingDir = process.cwd()} = build
  const config = await loadConfig({contextDir: workingDir, workingDir, file: configFile})
  const settings = overrideSettings(config.settings, flags)
  const {depth, bandwidth} = settings
  const report = await analyzeTar(stream, {
    ...build,
    settings,
    rates: bandwidth === undefined ? [] : readRates(bandwidth),
    ...(depth !== undefined && {depth}),
  })
  return {report, settings}
}
