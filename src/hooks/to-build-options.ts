import type {BuildOptions} from '../services/load-plan.js'
import type {BuildRequest} from './parse-build-arguments.js'

/** Says a build in the words of the analysis. @param env where arguments without a value get theirs, as in Docker */
export function toBuildOptions(
  request: BuildRequest,
  env: Readonly<Record<string, string | undefined>>,
): BuildOptions {
  const {contextDir, dockerfile, target} = request
  const platform = request.platform ?? env.DOCKER_DEFAULT_PLATFORM
  const buildArgs: Record<string, string> = {}
  for (const text of request.buildArgs) {
    const [name, value] = splitPair(text)
    const found = value ?? env[name]
    if (found !== undefined) buildArgs[name] = found
  }
  return {
    contextDir,
    ...(dockerfile !== undefined && {dockerfile}),
    ...(target !== undefined && {target}),
    ...(platform && {platform}),
    buildArgs,
    buildContexts: Object.fromEntries(
      request.buildContexts.map(splitPair).map(([name, value = '']) => [name, value]),
    ),
  }
}

function splitPair(text: string): [string, string | undefined] {
  const at = text.indexOf('=')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
