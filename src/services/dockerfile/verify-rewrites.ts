import {randomBytes} from 'node:crypto'
import {SlimCheckError} from '../../errors.js'
import {readResultTar} from '../../host/archive/read-result-tar.js'
import {listApartWords} from '../../host/docker/list-build-words.js'
import {findDockerError} from '../../host/process/run-docker.js'
import type {Verification, VerifiedResult} from '../../report/dockerfile-report.js'
import {type BuildResult, compareResults, sumResult} from '../../tree/results/compare-results.js'
import type {ProjectBuild} from '../project.js'
import {buildWithDocker} from './build-with-docker.js'
import type {RewriteChange} from './write-rewrites.js'

/** How to verify. */
export interface VerifyCall {
  /** Flags of `docker buildx build` that the build needs: secrets, ssh, network, the builder. */
  flags: readonly string[]
  signal: AbortSignal
  /** Called before each build. */
  onBuild(build: string, which: string): void
}

/** Differences that a report lists. */
const MAX_DIFFERENCES = 100

/**
 * Builds the old Dockerfile of each build twice, which tells what differs anyway, and the new one once, and compares what they
 * leave file by file. No image is made and no tag is set; no result of the user's is replaced.
 * @throws SlimCheckError without docker, or `cancelled`
 */
export async function verifyRewrites(
  changes: readonly RewriteChange[],
  call: VerifyCall,
): Promise<Verification[]> {
  const verifications: Verification[] = []
  for (const change of changes) {
    for (const build of change.builds) verifications.push(await verifyBuild(change, build, call))
  }
  return verifications
}

async function verifyBuild(
  change: RewriteChange,
  build: ProjectBuild,
  call: VerifyCall,
): Promise<Verification> {
  const base = {build: build.plan.name, dockerfile: change.path, rules: [...change.rules]}
  const texts = [
    ['the old Dockerfile', change.before],
    ['the old Dockerfile again', change.before],
    ['the new Dockerfile', change.after],
  ] as const
  const built: Built[] = []
  for (const [which, text] of texts) {
    call.onBuild(base.build, which)
    const one = await buildOnce(build, text, call)
    if (typeof one === 'string') return {...base, ...NOTHING, status: 'failed', reason: `${which}: ${one}`}
    built.push(one)
  }
  const [old, again, now] = built as [Built, Built, Built]
  const {differences, noiseCount, comparedCount} = compareResults(old.result, again.result, now.result)
  return {
    ...base,
    status: differences.length === 0 ? 'equal' : 'different',
    differences: differences.slice(0, MAX_DIFFERENCES),
    differenceCount: differences.length,
    noiseCount,
    comparedCount,
    before: sumUp(old.result, [old.seconds, again.seconds]),
    after: sumUp(now.result, [now.seconds]),
  }
}

const NOTHING = {differences: [], differenceCount: 0, noiseCount: 0, comparedCount: 0}

function sumUp(result: BuildResult, seconds: number[]): VerifiedResult {
  return {...sumResult(result), seconds}
}

interface Built {
  result: BuildResult
  seconds: number
}

/** A text says why it failed. */
async function buildOnce(
  build: ProjectBuild,
  content: Uint8Array,
  {flags, signal}: VerifyCall,
): Promise<Built | string> {
  const id = randomBytes(8).toString('hex')
  const {outcome, read} = await buildWithDocker(build, content, {
    flags: [...flags, ...listApartWords(id)],
    signal,
    read: readResultTar,
  })
  if (signal.aborted) throw new SlimCheckError('cancelled', {what: 'nothing was written'})
  if (outcome.isAbsent) throw new SlimCheckError('flag-needs-docker', {flag: '--verify'})
  if (outcome.status !== 0) return findDockerError(outcome.errorOutput)
  return read === null ? 'its result could not be read' : {result: read, seconds: outcome.seconds}
}
