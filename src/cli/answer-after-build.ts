import {renderAfterBuild} from '../render/hook/render-after-build.js'
import {checkFinishedBuild} from '../services/hook/check-finished-build.js'

/** Answers Docker's hook after a build; empty to say nothing. Never throws. @param message Docker's JSON */
export async function answerAfterBuild(message: string, env: NodeJS.ProcessEnv): Promise<string> {
  try {
    const build = await checkFinishedBuild(message, env)
    return build === null ? '' : renderAfterBuild(build.checked, build.request)
  } catch {
    return ''
  }
}
