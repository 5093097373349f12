const DEFAULT_HOST = 'docker.io'
const DEFAULT_FOLDER = 'library/'
const MAX_NAME_LENGTH = 255

const HOST =
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[a-f0-9:]+\])(?::\d+)?$/i
const FOLDER = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^[a-z][a-z0-9]*(?:[-_+.][a-z][a-z0-9]*)*:[0-9a-f]{32,}$/i
const IMAGE_ID = /^[a-f0-9]{64}$/

/**
 * Writes an image's name in its short form: `docker.io/library/lib:latest` is `lib`.
 * Null when BuildKit does not take it for a name, as with capital letters: named contexts are found by it too.
 */
export function shortImageName(reference: string): string | null {
  if (IMAGE_ID.test(reference)) return null
  const [beforeDigest = '', digest, ...more] = reference.split('@')
  if (more.length > 0 || (digest !== undefined && !DIGEST.test(digest))) return null
  const {name, tag} = cutTag(beforeDigest)
  if (tag !== null && !TAG.test(tag)) return null
  const {host, folders} = cutHost(name)
  const isValid = HOST.test(host) && folders.split('/').every((folder) => FOLDER.test(folder))
  if (!isValid || name.length > MAX_NAME_LENGTH) return null
  const short = host === DEFAULT_HOST ? folders.replace(DEFAULT_FOLDER, '') : `${host}/${folders}`
  const suffix = tag === null || (tag === 'latest' && digest === undefined) ? '' : `:${tag}`
  return short + suffix + (digest === undefined ? '' : `@${digest}`)
}

function cutTag(name: string): {name: string; tag: string | null} {
  const colon = name.lastIndexOf(':')
  if (colon <= name.lastIndexOf('/')) return {name, tag: null}
  return {name: name.slice(0, colon), tag: name.slice(colon + 1)}
}

/** What stands before the first slash is a host only if it looks like one. */
function cutHost(name: string): {host: string; folders: string} {
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(slash, 0))
  const isHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase()
  const host = isHost ? first.replace(/^index\.docker\.io$/, DEFAULT_HOST) : DEFAULT_HOST
  const folders = isHost ? name.slice(slash + 1) : name
  return {host, folders: host === DEFAULT_HOST && !folders.includes('/') ? DEFAULT_FOLDER + folders : folders}
}
