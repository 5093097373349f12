/** Cleans a path relative to the root: `../a/./b//` becomes `a/b`, and the root itself `.`. */
export function cleanContextPath(path: string): string {
  return cleanAbsolutePath(path).slice(1) || '.'
}

/** Resolves a path against an absolute directory. Returns an absolute, clean path. */
export function resolvePath(directory: string, path: string): string {
  return cleanAbsolutePath(path.startsWith('/') ? path : `${directory}/${path}`)
}

function cleanAbsolutePath(path: string): string {
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') kept.pop()
    else if (part !== '' && part !== '.') kept.push(part)
  }
  return `/${kept.join('/')}`
}

/** Cleans a slash-separated path as Go's `filepath.Clean` does: `a//b/../c/` is `a/c`, the empty path is `.`. */
export function cleanGoPath(path: string): string {
  const isRooted = path.startsWith('/')
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!isRooted) kept.push(part)
  }
  const cleaned = kept.join('/')
  if (isRooted) return `/${cleaned}`
  return cleaned === '' ? '.' : cleaned
}
