import {childOf, type DocumentNode, type MapNode} from '../../languages/documents/document-node.js'
import type {Location} from '../../languages/text/range.js'
import type {CiCache, CiPlan} from './ci-plan.js'
import {readCommands} from './read-commands.js'

/** Where GitLab looks for the jobs of a repository. */
export const GITLAB_FILE = '.gitlab-ci.yml'

/** Keys of the file that are no jobs. */
const NO_JOBS = new Set([
  'default',
  'variables',
  'stages',
  'workflow',
  'include',
  'image',
  'services',
  'cache',
])

const MAX_DEPTH = 10

/** Reads what `.gitlab-ci.yml` says of builds and caches; other files that it includes are not read. @param rootDir absolute */
export function readGitlabCi(root: DocumentNode, rootDir: string): CiPlan {
  const plan: CiPlan = {builds: [], caches: []}
  for (const {name, script, place, find} of listGitlabJobs(root)) {
    const {builds} = readCommands(script, {
      system: 'gitlab',
      job: name,
      place,
      hasBuilder: false,
      // An engine that is a service of the job is new with it.
      isFresh: listImages(find('services')).some((image) => /dind/.test(image)),
      rootDir,
      directory: '/',
    })
    plan.builds.push(...builds)
    if (script !== '') plan.caches.push(...readCaches(find('cache'), name))
  }
  return plan
}

/** A job that runs, not a template. */
export interface GitlabJob {
  name: string
  /** What it runs before and as its script, a command on each line. */
  script: string
  /** Of the script. */
  place: Location
  /** What holds for the job under a key, wherever it is written. */
  find(key: string): DocumentNode | undefined
}

/** The jobs of a `.gitlab-ci.yml`, with what they extend. */
export function listGitlabJobs(root: DocumentNode): GitlabJob[] {
  if (root.kind !== 'map') return []
  return [...root.entries].flatMap(([name, job]): GitlabJob[] => {
    if (job.kind !== 'map' || name.startsWith('.') || NO_JOBS.has(name)) return []
    const find = (key: string): DocumentNode | undefined => lookUp(root, job, key, 0)
    const script = [...listTexts(find('before_script')), ...listTexts(find('script'))].join('\n')
    return [{name, script, place: find('script')?.place ?? job.place, find}]
  })
}

/** A job's own value, that of what it extends, of `default`, or of the file. */
function lookUp(root: MapNode, job: DocumentNode, key: string, depth: number): DocumentNode | undefined {
  const own = childOf(job, key)
  if (own !== undefined || depth > MAX_DEPTH) return own
  for (const name of listTexts(childOf(job, 'extends')).reverse()) {
    const found = findInherited(root, childOf(root, name), key, depth + 1)
    if (found !== undefined) return found
  }
  return childOf(childOf(root, 'default'), key) ?? (key === 'script' ? undefined : childOf(root, key))
}

function findInherited(
  root: MapNode,
  template: DocumentNode | undefined,
  key: string,
  depth: number,
): DocumentNode | undefined {
  if (template === undefined || depth > MAX_DEPTH) return undefined
  const own = childOf(template, key)
  if (own !== undefined) return own
  const names = listTexts(childOf(template, 'extends')).reverse()
  return names
    .map((name) => findInherited(root, childOf(root, name), key, depth + 1))
    .find((found) => found !== undefined)
}

/** A text, or those of a list, which may hold lists. */
function listTexts(node: DocumentNode | undefined): string[] {
  if (node?.kind === 'scalar') return [node.text]
  return node?.kind === 'list' ? node.items.flatMap(listTexts) : []
}

function listImages(node: DocumentNode | undefined): string[] {
  if (node?.kind === 'list') return node.items.flatMap(listImages)
  if (node?.kind === 'map') return [...listTexts(childOf(node, 'name')), ...listTexts(childOf(node, 'alias'))]
  return listTexts(node)
}

function readCaches(node: DocumentNode | undefined, job: string): CiCache[] {
  if (node?.kind === 'list') return node.items.flatMap((one) => readCaches(one, job))
  if (node?.kind !== 'map' || childOf(node, 'paths') === undefined) return []
  const key = childOf(node, 'key')
  const files = childOf(key, 'files')
  return [
    {
      system: 'gitlab',
      job,
      place: key?.place ?? node.place,
      key: key?.kind === 'scalar' ? key.text : '',
      hashed: files === undefined ? null : listTexts(files),
      hasFallback: childOf(node, 'fallback_keys') !== undefined,
    },
  ]
}
