import {joinPath, parentPath, relativeTo} from '../../languages/text/container-path.js'
import {matchesName} from '../../languages/text/match-name.js'
import type {PlacedAction} from './expand-actions.js'
import {relate} from './placements.js'
import {findFiles, type ProofInput, sourcesOf} from './proof-input.js'
import {readManifest, readPnpmWorkspaces} from './read-manifest.js'
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

function findWorkspaces({evidence}: ProofInput, root: string): string[][] {
  const manifest = evidence.get(joinPath(root, 'package.json'))
  const pnpm = evidence.get(joinPath(root, 'pnpm-workspace.yaml'))
  return [
    ...(manifest === undefined ? [] : [[...readManifest(manifest).workspaces]]),
    ...(pnpm === undefined ? [] : [readPnpmWorkspaces(pnpm)]),
  ]
}

/** The last glob that matches decides, so that `!packages/old` takes one out. */
export function isListed(globs: readonly string[], directory: string): boolean {
  const last = globs.findLast((glob) => matchesGlob(glob.replace(/^!/, ''), directory))
  return last !== undefined && !last.startsWith('!')
}

function matchesGlob(glob: string, directory: string): boolean {
  const globParts = glob.replace(/^\.\//, '').replace(/\/+$/, '').split('/')
  const parts = directory.split('/')
  const isOpen = globParts.at(-1) === '**'
  const fixed = isOpen ? globParts.slice(0, -1) : globParts
  if (isOpen ? parts.length < fixed.length : parts.length !== fixed.length) return false
  return fixed.every((part, at) => part !== '**' && matchesName(part, parts[at]!))
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
