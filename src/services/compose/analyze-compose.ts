import type {ComposeReport} from '../../report/project/compose-report.js'
import {addImageSizes} from './image-sizes.js'
import {adviseCompose} from './report-compose.js'

/** What to look at, under the names of the command's flags. */
export interface AnalyzeComposeOptions {
  /** The directory of the project. */
  contextDir: string
  /** Where relative paths start. Default: the process's. */
  workingDir?: string
  /** Default: the process's. */
  env?: NodeJS.ProcessEnv
  /** Compose files in merging order. Default: those that Compose finds, in the directory or in the one folder below that has some. */
  composeFiles?: readonly string[]
  /** Instead of `.env`. */
  envFiles?: readonly string[]
  /** Active profiles; `*` for all. Default: `COMPOSE_PROFILES`. */
  profiles?: readonly string[]
  /** Services to report. Default: all of active profiles. */
  services?: readonly string[]
  /** Ask the engine for the sizes of images. Default: false. */
  sizes?: boolean
}

/** Finds what goes wrong between the services of a Compose project. @throws SlimCheckError when it could not run */
export async function analyzeCompose({
  sizes = false,
  ...options
}: AnalyzeComposeOptions): Promise<ComposeReport> {
  const {report} = await adviseCompose({...options, configFile: null})
  return sizes ? addImageSizes(report) : report
}
