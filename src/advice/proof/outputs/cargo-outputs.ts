import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import {isWithin, parentPath} from '../../../languages/text/container-path.js'
import type {ProjectView} from '../consumers/consumption.js'

const WORKSPACE = /^[ \t]*\[workspace\]/m

/** Tells whether Cargo, called in a package, builds in a directory above: that of the workspace. */
export function buildsAbove(
  {directory, env, words, makes}: PlacedAction,
  root: string,
  project: ProjectView,
): boolean {
  if (!makes?.includes('cargo-build') || !isWithin(directory, root) || directory === root) return false
  if (env.has('CARGO_TARGET_DIR') || words.some((word) => /^--target-dir(?:=|$)/.test(word))) return false
  const isWorkspace = (at: string) => project.read(at, 'Cargo.toml').some(({text}) => WORKSPACE.test(text))
  for (let at = directory; at !== root && at !== '/'; at = parentPath(at)) if (isWorkspace(at)) return false
  return project.read(directory, 'Cargo.toml').length > 0 && isWorkspace(root)
}
