import path from 'node:path'

/** Tells whether a context is fetched by the builder itself: a Git repository or a URL. */
export function isRemoteContext(context: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^git@|^github\.com\//.test(context.toLowerCase())
}

/** Tells whether a named context is something else than a directory: an image, an OCI layout, another build, a URL. */
export function isSpecialContext(context: string): boolean {
  return isRemoteContext(context) || /^(?:service|target|docker-image|oci-layout):/.test(context)
}

/** Resolves a path against a directory, `~` as the user's home. */
export function resolvePath(base: string, given: string, homeDir?: string): string {
  if (homeDir && (given === '~' || given.startsWith('~/'))) return path.resolve(homeDir, given.slice(2))
  return path.resolve(base, given)
}
