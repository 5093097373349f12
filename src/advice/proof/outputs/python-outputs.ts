import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import type {ProjectView} from '../consumers/consumption.js'

const REQUIREMENTS = /^(?:-r|--requirement)(?:=?(.+))?$/
/** `.`, `-e .[dev]`. */
const OWN_PROJECT = /^[ \t]*(?:(?:-e|--editable)[ =]*)?\.\/?(?:\[[^\]]*\])?\s*$/m

/** Tells whether an action builds the Python project in its directory: by itself, or as a file of requirements says. */
export function buildsProject(action: PlacedAction, project: ProjectView): boolean {
  const {words, directory, makes, buildsPythonProject} = action
  if (buildsPythonProject) return true
  if (!makes?.includes('pip-install')) return false
  return words.some((word, at) => {
    const match = REQUIREMENTS.exec(word)
    const file = match && (match[1] ?? words[at + 1])
    return file != null && project.read(directory, file).some(({text}) => OWN_PROJECT.test(text))
  })
}
