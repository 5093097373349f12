import {settingsForBuild} from '../../../config/apply-settings.js'
import type {Settings} from '../../../config/settings.js'
import type {SmokeCheck} from '../../../config/smoke-check.js'
import type {MeasuredBuild, SmokeReport} from '../../../report/measure/measure-report.js'
import {loadConfig} from '../../load/load-config.js'
import type {MeasureRequest} from '../measure-request.js'
import type {MeasureSession} from '../measure-session.js'
import {runSmoke} from './run-smoke.js'

/** What a try needs besides the image. */
export interface SmokeSurroundings {
  request: MeasureRequest
  settings: Settings
  session: MeasureSession
}

/** Tries the smoke checks of a build in its image, and in the one from before if it is named. */
export async function tryImage(
  build: MeasuredBuild,
  ref: string | null,
  {request, settings, session}: SmokeSurroundings,
): Promise<MeasuredBuild> {
  if (ref === null || request.smoke === false) return build
  const {checks, file} = await findChecks(build.name, settings, request)
  if (checks.length === 0) return build
  const now = await runSmoke(ref, checks, session.signal)
  session.checkGoing()
  const before =
    request.smokeBefore === undefined ? [] : await runSmoke(request.smokeBefore, checks, session.signal)
  const known = new Map(before.map(({name, status}) => [name, status]))
  const smoke: SmokeReport = {
    file,
    checks: now.map((result) => ({...result, before: known.get(result.name) ?? null})),
  }
  return {...build, smoke}
}

/** Those of the configuration, and of the file that is named. @throws SlimCheckError for one that is broken */
async function findChecks(
  name: string,
  settings: Settings,
  {smoke, build}: MeasureRequest,
): Promise<{checks: readonly SmokeCheck[]; file: string | null}> {
  const own = settingsForBuild(settings, name).smoke ?? []
  if (typeof smoke !== 'string') return {checks: own, file: null}
  const {contextDir, workingDir} = build
  const named = await loadConfig({contextDir, file: smoke, ...(workingDir !== undefined && {workingDir})})
  return {checks: [...own, ...(settingsForBuild(named.settings, name).smoke ?? [])], file: smoke}
}
