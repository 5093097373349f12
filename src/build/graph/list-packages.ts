import {
  isWithin,
  joinPath,
  parentPath,
  relativeTo,
  resolveContainerPath,
} from '../../languages/text/container-path.js'
import {matchesName} from '../../languages/text/match-name.js'
import {listMatching} from './list-matching.js'
import {findFiles, type ProofInput, sourcesOf} from './proof-input.js'
import {type Manifest, readManifest, readPnpmWorkspaces} from './read-manifest.js'
import type {Timeline} from './timeline.js'

/** A package of a workspace, as an image finds it. */
export interface WorkspacePackage {
  manifest: Manifest
  /** Of the context. */
  path: string
  /** A container path. */
  directory: string
  /** Relative to the workspace's root; empty for the root itself. */
  place: string
}

const MANIFESTS = /(?:^|\/)(?:package\.json|deno\.jsonc?)$/

/** Lists the packages below a directory of an image, its own first. */
export function listPackages(input: ProofInput, timeline: Timeline, directory: string): WorkspacePackage[] {
  const roots = new Set([
    ...findFiles(input, timeline, directory, 'package.json').map((path) => parentPath(path)),
    ...sourcesOf(input, timeline, directory),
  ])
  const found: WorkspacePackage[] = []
  for (const {path, text} of listMatching(input.evidence, MANIFESTS)) {
    const own = parentPath(path)
    const root = [...roots].find((one) => one === '' || isWithin(own, one))
    if (root === undefined) continue
    const place = own === root ? '' : root === '' ? own : relativeTo(root, own)
    const at = place === '' ? directory : resolveContainerPath(directory, place)
    found.push({manifest: readManifest(text), path, directory: at, place})
  }
  return found.sort((one, other) => one.place.length - other.place.length)
}

/** The lists of a workspace's directories in one of the context, as globs. */
export function findWorkspaces({evidence}: ProofInput, root: string): string[][] {
  const manifest = evidence.get(joinPath(root, 'package.json'))
  const pnpm = evidence.get(joinPath(root, 'pnpm-workspace.yaml'))
  return [
    ...(manifest === undefined ? [] : [[...readManifest(manifest).workspaces]]),
    ...(pnpm === undefined ? [] : [readPnpmWorkspaces(pnpm)]),
  ]
}

/** The last glob that matches decides, so that `!packages/old` takes one out. */
export function isListed(globs: readonly string[], directory: string): boolean {
  const last = globs.findLast((glob) => matchesWorkspace(glob.replace(/^!/, ''), directory))
  return last !== undefined && !last.startsWith('!')
}

function matchesWorkspace(glob: string, directory: string): boolean {
  const globParts = glob.replace(/^\.\//, '').replace(/\/+$/, '').split('/')
  const parts = directory.split('/')
  const isOpen = globParts.at(-1) === '**'
  const fixed = isOpen ? globParts.slice(0, -1) : globParts
  if (isOpen ? parts.length < fixed.length : parts.length !== fixed.length) return false
  return fixed.every((part, at) => part !== '**' && matchesName(part, parts[at]!))
}

/**
 * Chooses the packages that `--filter`, `--workspace` and kin name: by name, by glob or by directory.
 * @returns null where one of them names none
 */
export function choosePackages(
  packages: readonly WorkspacePackage[],
  filters: readonly string[],
  withDependencies: boolean,
): WorkspacePackage[] | null {
  const chosen = new Set<WorkspacePackage>()
  for (const filter of filters.filter((one) => !one.startsWith('!'))) {
    const found = packages.filter((one) => isNamed(one, bareFilter(filter)))
    if (found.length === 0) return null
    const isDeep = withDependencies || filter.endsWith('...') || /^\.\.\./.test(filter)
    for (const one of found) for (const reached of isDeep ? reach(packages, one) : [one]) chosen.add(reached)
  }
  return [...chosen]
}

function bareFilter(filter: string): string {
  return filter
    .replace(/\[.*$/, '')
    .replace(/^\.\.\.\^?|\^?\.\.\.$/g, '')
    .replace(/^\{(.*)\}$/, '$1')
    .replace(/\/+$/, '')
}

function isNamed({manifest, place}: WorkspacePackage, filter: string): boolean {
  const {name} = manifest
  const path = filter.replace(/^\.\//, '')
  if (path === place || (place !== '' && matchesPath(path, place))) return true
  if (name === null) return false
  const bare = name.replace(/^@[^/]+\//, '')
  return name === filter || bare === filter || (filter.includes('*') && matchesName(filter, name))
}

function matchesPath(glob: string, place: string): boolean {
  const parts = glob.split('/')
  const own = place.split('/')
  if (parts.at(-1) === '**')
    return own.length >= parts.length && parts.slice(0, -1).every((part, at) => matchesName(part, own[at]!))
  return parts.length === own.length && parts.every((part, at) => matchesName(part, own[at]!))
}

/** A package and those of the workspace that it depends on, at any depth. */
export function reach(packages: readonly WorkspacePackage[], start: WorkspacePackage): WorkspacePackage[] {
  const byName = new Map(
    packages.flatMap((one) => (one.manifest.name === null ? [] : [[one.manifest.name, one] as const])),
  )
  const reached = new Set([start])
  for (const {manifest} of reached) {
    for (const name of manifest.dependencies) {
      const one = byName.get(name)
      if (one !== undefined) reached.add(one)
    }
  }
  return [...reached]
}
