import {cleanGoPath} from '../../languages/text/clean-path.js'
import {matchesName} from '../../languages/text/match-name.js'

/** Reads links of the context; paths are relative to it. */
export interface LinkReader {
  /** A link's target as written; null for anything else, or nothing, at that path. */
  readLink(path: string): string | null
  /** The names in a directory, in any order; empty where there is none. */
  listNames(directory: string): readonly string[]
}

/**
 * Adds to requested paths what the links among their components point at, staying within the context (docs/buildkit.md 5).
 * @returns the patterns that Docker selects by, sorted; null when one leads to the root and so asks for everything
 */
export function followLinks(paths: readonly string[], reader: LinkReader): string[] | null {
  const resolved = new Set<string>()
  const pending = [...paths].reverse()
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    pending.push(...followPath(path, resolved, reader).reverse())
  }
  return dropCovered([...resolved])
}

/** Resolves one path from the left up to its first link; returns where the link leads. */
function followPath(path: string, resolved: Set<string>, reader: LinkReader): string[] {
  const components = toRelative(path).split('/')
  let current = ''
  for (const [depth, component] of components.entries()) {
    current = current === '' ? component : `${current}/${component}`
    const targets = readTargets(current, component, reader)
    const rest = components.slice(depth + 1).join('/')
    if (targets.length === 0 && rest !== '') continue
    if (resolved.has(current)) return []
    resolved.add(current)
    return targets.map((target) => `${target}/${rest}`)
  }
  return []
}

/** Where the links at a component lead, as paths within the context. A wildcard is expanded to find links only. */
function readTargets(path: string, component: string, reader: LinkReader): string[] {
  const parent = path.slice(0, Math.max(0, path.length - component.length - 1))
  if (!hasWildcard(component)) return readTarget(path, parent, reader)
  const names = reader.listNames(parent).filter((name) => matchesName(component, name))
  return names.flatMap((name) => readTarget(parent === '' ? name : `${parent}/${name}`, parent, reader))
}

function readTarget(path: string, parent: string, reader: LinkReader): string[] {
  const target = reader.readLink(path)
  if (target === null) return []
  return [cleanGoPath(target.startsWith('/') ? target : `/${parent}/${target}`)]
}

/** Cleans a path as if it were rooted; `.` stands for the root. */
function toRelative(path: string): string {
  const cleaned = cleanGoPath(`/${path}`).slice(1)
  return cleaned === '' ? '.' : cleaned
}

function hasWildcard(component: string): boolean {
  return /[*?[]/.test(component.replace(/\\./gs, ''))
}

/** Sorts, and drops what lies below another path of the list. */
function dropCovered(paths: string[]): string[] | null {
  if (paths.includes('.')) return null
  const kept: string[] = []
  for (const path of paths.sort(compareBytes)) {
    const last = kept.at(-1)
    if (last === undefined || !path.startsWith(`${last}/`)) kept.push(path)
  }
  return kept
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
