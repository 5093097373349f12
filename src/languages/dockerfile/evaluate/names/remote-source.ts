/** Where a source of ADD comes from: only a local one is read from the context. */
export type SourceKind = 'local' | 'http' | 'git'

const SCHEME = /^[a-z0-9]+:\/\//i
const SSH_REMOTE = /^[\w-]+@[a-z0-9.-]+:/i

/** Tells what BuildKit takes a source for; `https://…` is Git only when its path ends in `.git`. */
export function sourceKind(source: string): SourceKind {
  if (source.startsWith('./') || source.startsWith('../')) return 'local'
  const scheme = SCHEME.exec(source)?.[0].toLowerCase()
  if (scheme === undefined) return SSH_REMOTE.test(source) ? 'git' : 'local'
  if (scheme === 'git://' || scheme === 'ssh://') return 'git'
  if ((scheme === 'http://' || scheme === 'https://') && urlPath(source).endsWith('.git')) return 'git'
  return isHttp(source) ? 'http' : 'local'
}

/** ADD asks the context for every source that does not start like this, Git remotes too: see `sourceKind` for what is read. */
export function isHttp(source: string): boolean {
  return source.startsWith('http://') || source.startsWith('https://')
}

/** The path of a URL: without host, query and fragment. */
function urlPath(url: string): string {
  const afterScheme = url.slice(url.indexOf('://') + 3).replace(/[?#].*$/s, '')
  const slash = afterScheme.indexOf('/')
  return slash < 0 ? '' : afterScheme.slice(slash)
}
