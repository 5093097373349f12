import {parentPath, relativeTo} from '../../languages/text/container-path.js'
import type {PlacedAction} from './expand-actions.js'
import {findWorkspaces, isListed} from './list-packages.js'
import {relate} from './placements.js'
import {findFiles, type ProofInput, sourcesOf} from './proof-input.js'
import {type Timeline, traceHandover} from './timeline.js'

/**
 * Says why a step in a workspace's root does not prove that it works in one of its directories too; null if it does.
 * @param owner the directory, a container path
 */
export function checkWorkspace(
  input: ProofInput,
  timeline: Timeline,
  action: PlacedAction,
  owner: string,
): string | null {
  const directory = relativeTo(action.directory, owner)
  const manifests = findFiles(input, timeline, action.directory, 'package.json')
  const roots = new Set([
    ...sourcesOf(input, timeline, action.directory),
    ...manifests.map((path) => parentPath(path)),
  ])
  const isMember = [...roots].some((root) =>
    findWorkspaces(input, root).some((globs) => isListed(globs, directory)),
  )
  if (!isMember)
    return `runs in another directory, and no workspace there lists ${directory}: is it installed, too?`
  const isEarly = action.makes?.includes('npm-install') && !hasManifestBefore(input, timeline, action, owner)
  return isEarly ? `runs before ${directory}/package.json is copied: is it installed, too?` : null
}

/** An install knows of a workspace only by its package.json. */
function hasManifestBefore(
  input: ProofInput,
  timeline: Timeline,
  action: PlacedAction,
  owner: string,
): boolean {
  const manifests = sourcesOf(input, timeline, `${owner}/package.json`).filter(
    (path) => input.tree.find(path) >= 0,
  )
  for (const event of timeline.events) {
    if (event.kind === 'run' && event.where.place === action.where.place) return false
    if (event.kind === 'handover' && traceHandover(event, `${owner}/package.json`) !== null) return true
    if (event.kind !== 'arrival') continue
    if (event.placements.some((one) => manifests.some((path) => relate(one, path) !== null))) return true
  }
  return false
}
