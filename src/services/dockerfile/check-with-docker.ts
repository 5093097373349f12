import {readInlineIgnores} from '../../advice/rules/inline-ignores.js'
import {readOtherIgnores} from '../../advice/rules/other-linters.js'
import {applyRuleSettings} from '../../config/apply-settings.js'
import {findDockerError} from '../../host/process/run-docker.js'
import {type BuildCheck, readBuildCheck} from '../../languages/dockerfile/read-build-check.js'
import type {Finding} from '../../report/context-report.js'
import type {CheckOutcome, DockerfileReport} from '../../report/dockerfile-report.js'
import type {ProjectBuild} from '../project.js'
import type {DockerfileAdvice} from './advise-dockerfiles.js'
import type {AdvisedFile} from './advised-file.js'
import {buildWithDocker} from './build-with-docker.js'

const FLAGS = ['--call=check,format=json', '--progress=plain']

/** Adds what `docker build --check` finds, for every build. @param flags of `docker buildx build`; without docker the report says so. Never throws. */
export async function addBuildChecks(
  {report, files, settings}: DockerfileAdvice,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<DockerfileReport> {
  const found = new Map<string, Finding>()
  let outcome: CheckOutcome = {status: 'done'}
  for (const file of files) {
    for (const build of file.builds) {
      const check = await checkBuild(file, build, [...flags, ...FLAGS], signal)
      if (typeof check === 'string') return {...report, check: {status: 'skipped', reason: check}}
      if (check.problem !== null) outcome = {status: 'incomplete', reason: check.problem}
      for (const finding of listFindings(file, check, report)) found.set(JSON.stringify(finding), finding)
    }
  }
  const findings = applyRuleSettings([...report.findings, ...found.values()], settings.rules)
  return {...report, findings, check: outcome}
}

/** A text says why it could not run. */
async function checkBuild(
  {content}: AdvisedFile,
  build: ProjectBuild,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<BuildCheck | string> {
  const read = async (output: AsyncIterable<unknown>): Promise<string> => {
    const chunks: Buffer[] = []
    for await (const chunk of output) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString()
  }
  const {outcome, read: text} = await buildWithDocker(build, content, {flags, signal, read})
  if (outcome.isAbsent) return 'the program docker was not found'
  return readBuildCheck(text ?? '') ?? findDockerError(outcome.errorOutput)
}

/** What a comment asks to leave out is left out; what a rewrite says of the same line is not said twice. */
function listFindings(
  {file, text}: AdvisedFile,
  {warnings}: BuildCheck,
  {rewrites}: DockerfileReport,
): Finding[] {
  const ignores = readInlineIgnores(new Map([[file, text]]))
  const others = readOtherIgnores(text)
  return warnings.flatMap(({name, message, line, url}): Finding[] => {
    const rule = `buildkit/${name}`
    if (ignores.isIgnored({rule, file, line}) || others.isIgnored(rule, line)) return []
    const isTold = rewrites.some((rewrite) => {
      return rewrite.file === file && rewrite.line === line && SAME.get(name) === rewrite.rule
    })
    if (isTold) return []
    return [{rule, severity: 'warning', message, file, line, ...(url !== '' && {fix: `See ${url}`})}]
  })
}

const SAME: ReadonlyMap<string, string> = new Map([['JSONArgsRecommended', 'shell-is-pid-1']])
