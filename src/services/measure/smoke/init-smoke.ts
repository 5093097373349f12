import {SlimCheckError} from '../../../errors.js'
import {inspectImage} from '../../../host/docker/measured-images.js'
import {LoadProbe} from '../../../host/process/measure/load-probe.js'
import {type ProposedCheck, proposeChecks} from '../../../measure/smoke/propose-checks.js'
import type {SmokeResult} from '../../../report/measure/measure-report.js'
import {listDockerFlags} from '../list-docker-flags.js'
import type {MeasureRequest} from '../measure-request.js'
import {MeasureSession} from '../measure-session.js'
import {planMeasures} from '../plan-measures.js'
import {runScenarios} from '../run-scenarios.js'
import {runSmoke} from './run-smoke.js'

/** Checks that were proposed for an image, and what came of trying them. */
export interface SmokeProposal {
  /** The build, or the image. */
  name: string
  checks: (ProposedCheck & {result: SmokeResult})[]
}

/** Makes a first set of smoke checks for each build, or image, and tries each. @throws SlimCheckError when it could not run */
export async function initSmoke(request: MeasureRequest): Promise<SmokeProposal[]> {
  const {images = [], build} = request
  const session = await MeasureSession.open(build.workingDir ?? process.cwd())
  try {
    const refs =
      images.length > 0 ? images.map((ref) => ({name: ref, ref})) : await buildAll(request, session)
    const proposals: SmokeProposal[] = []
    for (const {name, ref} of refs) proposals.push({name, checks: await tryProposals(ref, session)})
    session.checkGoing()
    return proposals
  } finally {
    await session.close()
  }
}

/** Each build once, from the cache. */
async function buildAll(
  request: MeasureRequest,
  session: MeasureSession,
): Promise<{name: string; ref: string}[]> {
  const {plans} = await planMeasures(request)
  const {onBuild} = request
  const wishes = {
    scenarios: [],
    runs: 1,
    flags: listDockerFlags(request),
    probe: new LoadProbe(),
    ...(onBuild && {onBuild}),
  }
  const built = await runScenarios(session, plans, wishes)
  const failed = built.find(({error}) => error !== null)
  if (failed !== undefined) throw failed.error!
  return built.map(({plan, imageTag}) => ({name: plan.build.plan.name, ref: imageTag!}))
}

async function tryProposals(ref: string, session: MeasureSession): Promise<SmokeProposal['checks']> {
  const image = await inspectImage(ref)
  if (image === null) throw new SlimCheckError('image-not-found', {source: ref})
  const proposed = proposeChecks(image)
  const results = await runSmoke(
    ref,
    proposed.map(({check}) => check),
    session.signal,
  )
  return proposed.map((one, at) => ({...one, result: results[at]!}))
}
