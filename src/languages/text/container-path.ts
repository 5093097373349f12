/**
 * Paths inside an image, as far as a Dockerfile determines them. Absolute and clean (`/app/web`), or below a directory
 * that only the base image or the running shell knows (`?/web`, `?$HOME/web`). Such paths can still be compared.
 */

const SLASH = 0x2f

/** Resolves a path as a command in a directory would. An unknown first part stays as it is. */
export function resolveContainerPath(directory: string, path: string): string {
  if (path.startsWith('/')) return clean('', path)
  if (path.startsWith('?')) return clean(path.split('/', 1)[0]!, path.replace(/^[^/]*/, ''))
  if (/^[$~]/.test(path)) return clean(`?${path.split('/', 1)[0]}`, path.replace(/^[^/]*/, ''))
  const symbol = directory.startsWith('?') ? directory.split('/', 1)[0]! : ''
  return clean(symbol, `${directory.slice(symbol.length)}/${path}`)
}

/** Tells whether a path is a directory or lies in it. */
export function isWithin(path: string, directory: string): boolean {
  if (path === directory || directory === '/') return true
  // Asked a million times: joining the two texts takes ten times as long.
  return path.charCodeAt(directory.length) === SLASH && path.startsWith(directory)
}

/** The path relative to a directory that holds it: empty for the directory itself. */
export function relativeTo(directory: string, path: string): string {
  return path.slice(directory === '/' ? 1 : directory.length + 1)
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The directory `count` levels above a path. */
export function parentPath(path: string, count = 1): string {
  let at = path
  for (let level = 0; level < count; level++) {
    const slash = at.lastIndexOf('/')
    at = slash <= 0 ? (at.startsWith('/') ? '/' : '') : at.slice(0, slash)
  }
  return at
}

/** Joins two paths of the context, either of which may be empty. */
export function joinPath(directory: string, path: string): string {
  return directory === '' || path === '' ? directory + path : `${directory}/${path}`
}

function clean(symbol: string, path: string): string {
  if (isClean(path)) return symbol + path
  let root = symbol
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0) kept.pop()
    else if (root !== '') root = `${root}^`
  }
  return kept.length === 0 && root !== '' ? root : `${root}/${kept.join('/')}`
}

/** Whether nothing is to be taken out: no empty component, and none that begins with a dot. */
function isClean(path: string): boolean {
  return path.startsWith('/') && !path.includes('//') && !path.includes('/.') && !path.endsWith('/')
}
