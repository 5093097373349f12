import {readManifest, readPnpmWorkspaces} from '../../../build/graph/read-manifest.js'
import {isWithin, joinPath, parentPath, relativeTo} from '../../../languages/text/container-path.js'
import {matchesGlob} from '../../../languages/text/matches-glob.js'
import type {Need, ProjectView} from './consumption.js'
import {lineAt, matchLines} from './text-lines.js'

/** The manifests of a workspace: an install without one of them leaves out what that package depends on. */
export function listMembers(base: string, project: ProjectView): Need[] {
  const globs = listWorkspaceGlobs(base, project)
  if (globs.length === 0) return []
  return project.readBelow(base, /(?:^|\/)package\.json$/).flatMap(({path}) => {
    const own = parentPath(path)
    const place = base === '' ? own : relativeTo(base, own)
    if (own === base || !isWithin(own, base === '' ? own : base)) return []
    const glob = globs.find((one) => matchesPlace(one.text, place))
    return glob === undefined ? [] : [{contextPath: path, certainty: 'likely' as const, askedBy: glob}]
  })
}

/** The members that others depend on by `workspace:`: an install that resolves does not go on without. */
export function listOwnDependencies(base: string, project: ProjectView): Need[] {
  const manifests = project
    .readBelow(base, /(?:^|\/)package\.json$/)
    .filter(({path}) => !/(?:^|\/)node_modules\//.test(path))
  const named = new Map(
    manifests.map(({path, text}) => [/"name"\s*:\s*"([^"\n]+)"/.exec(text)?.[1] ?? '', path]),
  )
  return manifests.flatMap(({path, text}) =>
    matchLines(text, /"([^"\n]+)"\s*:\s*"workspace:[^"\n]*"/g).flatMap(({match, line}): Need[] => {
      const contextPath = named.get(match[1]!)
      const askedBy = {path, line, text: match[0].trim()}
      return contextPath === undefined ? [] : [{contextPath, certainty: 'must', askedBy}]
    }),
  )
}

/**
 * The manifests of the members that chosen ones depend on, at any depth.
 * @param filters as `--filter` and `--workspace` have them
 */
export function listDependedMembers(base: string, filters: readonly string[], project: ProjectView): Need[] {
  const members = listMembers(base, project).flatMap(({contextPath}) => {
    const text = project.textOf(contextPath) ?? ''
    const name = /"name"\s*:\s*"([^"\n]+)"/.exec(text)?.[1]
    return name === undefined ? [] : [{path: contextPath, name, text}]
  })
  const wanted = filters.map((one) => one.replace(/^\.\/|\.{3}$|^\.{3}|\^/g, '').replace(/^\{(.*)\}$/, '$1'))
  const chosen = new Set(
    members.filter(({path, name}) => wanted.includes(name) || wanted.includes(placeIn(base, path))),
  )
  const needs: Need[] = []
  for (const {path, text} of chosen) {
    for (const {match, line} of matchLines(text, /"([^"\n]+)"\s*:\s*"workspace:[^"\n]*"/g)) {
      const member = members.find(({name}) => name === match[1])
      if (member === undefined) continue
      chosen.add(member)
      const askedBy = {path, line, text: match[0].trim()}
      needs.push({contextPath: member.path, certainty: 'likely', askedBy})
    }
  }
  return needs
}

/** The directory of a manifest as it is named from the root of the workspace. */
function placeIn(base: string, path: string): string {
  const own = parentPath(path)
  return base === '' ? own : relativeTo(base, own)
}

/** The directories with a manifest that quoted globs name; of a glob without any, the folder that it begins with. */
export function listGlobbed(base: string, list: string, manifest: string, project: ProjectView): string[] {
  const globs = [...list.matchAll(/["']([^"'\n]+)["']/g)].map(([, glob = '']) => glob.replace(/\/$/, ''))
  const manifests = new RegExp(`(?:^|/)${manifest.replaceAll('.', '\\.')}$`)
  return globs.flatMap((glob) => {
    if (!glob.includes('*')) return project.has(joinPath(base, glob)) ? [joinPath(base, glob)] : []
    const members = project
      .readBelow(base, manifests)
      .map(({path}) => parentPath(path))
      .filter((own) => own !== base && matchesPlace(glob, base === '' ? own : relativeTo(base, own)))
    const folder = joinPath(base, glob.slice(0, glob.indexOf('*')).replace(/\/?[^/]*$/, ''))
    // what is ignored in whole was not looked into
    return members.length > 0 || folder === base || !project.has(folder) ? members : [folder]
  })
}

/** `packages:` of pnpm-workspace.yaml, or `workspaces` of package.json, with their lines. */
function listWorkspaceGlobs(
  base: string,
  project: ProjectView,
): {path: string; line: number; text: string}[] {
  const workspace = joinPath(base, 'pnpm-workspace.yaml')
  const text = project.textOf(workspace)
  if (text !== null) {
    const list = /^packages:[ \t]*\n(?:[ \t]*(?:-.*|#.*)?(?:\n|$))*/m.exec(text)
    if (list === null) {
      const {line} = lineAt(text, Math.max(0, text.indexOf('packages:')))
      return readPnpmWorkspaces(text).map((glob) => ({path: workspace, line, text: glob}))
    }
    return matchLines(text, /^[ \t]*-[ \t]*["']?([^"'#\n]+?)["']?[ \t]*$/gm)
      .filter(({line}) => isInside(text, list.index, list[0].length, line))
      .map(({match, line}) => ({path: workspace, line, text: match[1] ?? ''}))
  }
  const manifest = joinPath(base, 'package.json')
  const manifestText = project.textOf(manifest) ?? ''
  const {workspaces} = readManifest(manifestText)
  const {line} = lineAt(manifestText, Math.max(0, manifestText.indexOf('"workspaces"')))
  return workspaces.map((glob) => ({path: manifest, line, text: glob}))
}

function isInside(text: string, start: number, length: number, line: number): boolean {
  return line >= lineAt(text, start).line && line <= lineAt(text, start + length - 1).line
}

/** `packages/*`, `apps/**`; one that begins with `!` takes nothing in. */
function matchesPlace(glob: string, place: string): boolean {
  const wanted = glob.replace(/^\.\//, '').replace(/\/$/, '').split('/')
  const parts = place.split('/')
  return !glob.startsWith('!') && matchesParts(wanted, parts)
}

function matchesParts([first, ...rest]: readonly string[], parts: readonly string[]): boolean {
  if (first === undefined) return parts.length === 0
  if (first === '**') return parts.some((_, at) => matchesParts(rest, parts.slice(at))) || rest.length === 0
  const [part, ...others] = parts
  return part !== undefined && matchesGlob(first, part) && matchesParts(rest, others)
}
