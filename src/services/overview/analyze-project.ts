import {SlimCheckError} from '../../errors.js'
import type {OverviewReport} from '../../report/project/overview-report.js'
import {reviewProject} from './review-project.js'

/** What to look at, under the names of the command's flags. */
export interface AnalyzeProjectOptions {
  /** The directory of the project. */
  contextDir: string
  /** Where relative paths start. Default: the process's. */
  workingDir?: string
  /** An image to look at: the path of an archive, or its name in the engine. Default: none. */
  image?: string
  /** Ask the engine for the sizes of images. Default: false. */
  sizes?: boolean
}

/**
 * Answers the five questions of a project (context, rebuild, Dockerfile, image, services), and ranks what to do. Its
 * builds are looked for. No configuration is read, nothing is written.
 * @throws SlimCheckError where the context cannot be looked at; what keeps another part from it stands in the report
 */
export async function analyzeProject(options: AnalyzeProjectOptions): Promise<OverviewReport> {
  // Scripts may be in plain JavaScript.
  if (typeof options?.contextDir !== 'string') {
    const type = 'AnalyzeProjectOptions'
    throw new SlimCheckError('bad-option', {name: 'contextDir', wanted: 'a path', type})
  }
  const {contextDir, workingDir, image, sizes = false} = options
  return reviewProject({
    build: {contextDir, ...(workingDir !== undefined && {workingDir})},
    configFile: null,
    sizes,
    ...(image !== undefined && {image}),
  })
}
