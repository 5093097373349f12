import type {Readable} from 'node:stream'
import {overrideSettings} from '../../config/override-settings.js'
import type {Settings} from '../../config/settings.js'
import type {ContextReport} from '../../report/context-report.js'
import {loadConfig} from '../load/load-config.js'
import {type AnalyzeRequest, readRates} from './analyze-request.js'
import {analyzeTar} from './analyze-tar.js'

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
