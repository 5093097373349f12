import {splitPair} from '../../languages/text/split-pair.js'
import type {BuildOptions} from '../build-options.js'
import {readBuildArguments} from '../read-build-arguments.js'
import type {BuildRequest} from './parse-build-arguments.js'

/** Says a build in the words of the analysis. @param env where arguments without a value get theirs, as in Docker */
export function toBuildOptions(
  request: BuildRequest,
  env: Readonly<Record<string, string | undefined>>,
): BuildOptions {
  const {contextDir, dockerfile, target} = request
  const platform = request.platform ?? env.DOCKER_DEFAULT_PLATFORM
  return {
    contextDir,
    ...(dockerfile !== undefined && {dockerfile}),
    ...(target !== undefined && {target}),
    ...(platform && {platform}),
    buildArgs: readBuildArguments(request.buildArgs, env),
    buildContexts: Object.fromEntries(
      request.buildContexts.map(splitPair).map(([name, value = '']) => [name, value]),
    ),
  }
}
