import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import {isWithin, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {ProjectView} from '../consumers/consumption.js'

const STATE = /"tsBuildInfoFile"\s*:\s*"([^"\n]+)"/
/** What goes by its name. */
const BY_NAME = /\.tsbuildinfo$/

/**
 * Finds a file in which TypeScript remembers what it has written: with that and without the output it writes nothing.
 * One named `*.tsbuildinfo` is litter, and goes with the output.
 * @param output a path of the context
 * @returns a question; null where there is no such file, or it lies in the output
 */
export function findStaleState(
  project: ProjectView,
  {directory, text, where}: PlacedAction,
  output: string,
): string | null {
  for (const {path, text: settings} of project.readAll(directory, /(?:^|\/)tsconfig[\w.-]*\.json$/)) {
    const named = STATE.exec(settings)?.[1]
    if (named === undefined || BY_NAME.test(named)) continue
    const state = resolveContainerPath(`/${parentPath(path)}`, named).slice(1)
    if (isWithin(state, output) || !project.isFile(state)) continue
    return `${state} says what was written there (${path}): does RUN ${text} write it again while that is sent? (${where.place})`
  }
  return null
}
