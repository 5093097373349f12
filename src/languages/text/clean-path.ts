/** Cleans a path as if it stood at the root: `../a/./b//` is `a/b`, and what is the root itself is `.`. */
export function cleanContextPath(path: string): string {
  return cleanAbsolutePath(path).slice(1) || '.'
}

/** Resolves a path against an absolute directory; the outcome is absolute and clean. */
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
