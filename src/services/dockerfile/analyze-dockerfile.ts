import {SlimCheckError} from '../../errors.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {DockerfileReport} from '../../report/dockerfile-report.js'
import {adviseDockerfiles} from './advise-dockerfiles.js'
import {judgeCi} from './judge-ci.js'

/** What `analyzeDockerfile` is asked: a build as `docker build` would be told of it. */
export interface AnalyzeDockerfileOptions extends BuildOptions {
  /** Judges the cache instructions of the CI files of the repository, too. Default: false. */
  ci?: boolean
}

/**
 * Finds what to write differently in a Dockerfile: rewrites as edits of its text, each with its proof and with what it
 * does to the cache. No configuration is read, nothing is written, and no engine is asked.
 * @throws SlimCheckError when it could not run: every case has a code, a message and a next step
 */
export async function analyzeDockerfile(options: AnalyzeDockerfileOptions): Promise<DockerfileReport> {
  // Scripts may be in plain JavaScript.
  if (typeof options?.contextDir !== 'string') {
    const type = 'AnalyzeDockerfileOptions'
    throw new SlimCheckError('bad-option', {name: 'contextDir', wanted: 'a path', type})
  }
  const {ci = false, ...build} = options
  const advice = await adviseDockerfiles({build, choice: null, configFile: null})
  return ci ? judgeCi(advice, build.workingDir) : advice.report
}
