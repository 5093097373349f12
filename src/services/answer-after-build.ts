import {readFinishedBuild} from '../hooks/read-build-command.js'
import {renderAfterBuild} from '../hooks/render-after-build.js'
import {toBuildOptions} from '../hooks/to-build-options.js'
import {readProcessArguments} from '../system/process-arguments.js'
import {checkContext} from './check-hook.js'

/** Answers Docker's hook after a build; empty to say nothing. Never throws: nobody asked for it. */
export async function answerAfterBuild(message: string, env: NodeJS.ProcessEnv): Promise<string> {
  try {
    // The legacy builder sends everything that is not ignored.
    if (env.DOCKER_BUILDKIT === '0' || env.SLIM_CHECK === 'off') return ''
    const request = readFinishedBuild(message, readProcessArguments(process.ppid))
    if (request === null) return ''
    return renderAfterBuild(
      await checkContext({build: toBuildOptions(request, env), choice: null}, null),
      request,
    )
  } catch {
    return ''
  }
}
