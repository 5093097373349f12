import {SlimCheckError} from '../../errors.js'
import {findIndexDir} from '../../host/cache/walk-index-store.js'
import {appendFile} from '../../host/files/append-file.js'
import {type Judgement, judgeReport} from '../../host/hooks/judge-report.js'
import {parseSize} from '../../languages/text/parse-size.js'
import {readBuildCommand} from '../../plan/command-line/read-build-command.js'
import {toBuildOptions} from '../../plan/command-line/to-build-options.js'
import {renderAnnotations} from '../../render/github/render-annotations.js'
import {renderJobSummary} from '../../render/github/render-job-summary.js'
import {renderJudgement} from '../../render/hook/render-judgement.js'
import type {ContextReport} from '../../report/context-report.js'
import {type AnalyzeRequest, analyzeRequest} from '../context/analyze-request.js'
import type {BuildOptions} from '../load/load-plan.js'

/** What a hook asks to be checked. */
export interface HookCheckOptions {
  /** The build; null to read it from `words`. */
  build: BuildOptions | null
  /** The command line that builds. */
  words: readonly string[]
  maxTransfer: string | undefined
  isGithub: boolean
  env: Readonly<Record<string, string | undefined>>
}

/** Checks a build and says so in a few lines. @throws SlimCheckError when it could not run */
export async function runHookCheck(options: HookCheckOptions): Promise<{text: string; isViolated: boolean}> {
  const {words, env, isGithub} = options
  const build = options.build ?? readBuild(words, env)
  if (build === null) {
    return {
      text: 'slim-check: the build sends no directory of this machine, nothing to check\n',
      isViolated: false,
    }
  }
  // A command line says itself what it builds.
  const request = options.build === null ? {build, choice: null} : {build}
  const judgement = await checkContext(request, readBudget(options))
  const isViolated = judgement.violations.length > 0
  const text = renderJudgement(judgement, `See it with: docker-slim-check context ${build.contextDir}`)
  if (!isGithub) return {text, isViolated}
  const judged = withViolations(judgement)
  if (env.GITHUB_STEP_SUMMARY) appendFile(env.GITHUB_STEP_SUMMARY, renderJobSummary(judged))
  return {text: `${text}${renderAnnotations(judged)}`, isViolated}
}

/** The report with the budget that the hook itself was given. */
function withViolations({report, violations}: Judgement): ContextReport {
  return {...report, budgets: [...violations, ...report.budgets.filter(({ok}) => ok)]}
}

/** Analyses builds and judges them, by the configuration, too. @throws SlimCheckError when it could not run */
async function checkContext(request: AnalyzeRequest, maxTransferBytes: number | null): Promise<Judgement> {
  const flags = maxTransferBytes === null ? {} : {'max-transfer': String(maxTransferBytes)}
  const {analysis} = await analyzeRequest({...request, flags, indexDir: findIndexDir(process.env)})
  return judgeReport(analysis.report, maxTransferBytes)
}

function readBuild(words: readonly string[], env: HookCheckOptions['env']): BuildOptions | null {
  const request = readBuildCommand(words)
  return request && toBuildOptions(request, env)
}

function readBudget({maxTransfer, env}: HookCheckOptions): number | null {
  const name = maxTransfer === undefined ? 'SLIM_CHECK_MAX_TRANSFER' : '--max-transfer'
  // An empty variable is none.
  const size = maxTransfer ?? (env.SLIM_CHECK_MAX_TRANSFER || null)
  if (size === null) return null
  const bytes = parseSize(size)
  if (bytes !== null) return bytes
  throw new SlimCheckError('bad-flag', {
    message: `${name}: ${JSON.stringify(size)} is not a size`,
    nextStep: 'Give it as 50MB (10^6 bytes) or 50MiB (2^20 bytes)',
  })
}
