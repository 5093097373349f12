import {findNearest} from '../../languages/text/suggest.js'
import {ROOT} from '../../tree/model/file-tree.js'
import type {RuleFacts} from '../facts/rule-facts.js'

const IGNORE_FILE = '.dockerignore'

/** An ignore file that Docker does not read, and what it should be called. */
export interface MisnamedIgnoreFile {
  path: string
  /** The path that Docker reads. */
  wanted: string
  why: 'case' | 'podman' | 'name' | 'dockerfile'
}

/** Copies, templates and examples are called so on purpose. */
const ON_PURPOSE =
  /(?:~|\.(?:bak|backup|old|orig|rej|save|swp|swo|tmp|md|rst|html|sample|example|dist|template|tmpl|tpl|j2|in|erb|json|ya?ml|[jt]s))$/i
/** Of `.dockerignore.dev` what stands behind. */
const WITH_ENDING = /^\.?dockerignore\.(.+)$/i
const MAX_CHILDREN = 10_000

/** Ignore files in subfolders, which no build of this context reads, by path. */
export function listInertIgnoreFiles(facts: RuleFacts): string[] {
  return listNested(facts).filter((path) => !isOfOwnContext(facts, path))
}

/** Those of them that lie beside a Dockerfile of their own: their folder may be a context. */
export function listOwnIgnoreFiles(facts: RuleFacts): string[] {
  return listNested(facts).filter((path) => isOfOwnContext(facts, path))
}

function isOfOwnContext({tree, plan}: RuleFacts, path: string): boolean {
  const own = `${path.slice(0, path.lastIndexOf('/'))}/Dockerfile`
  return tree.find(own) >= 0 && plan.dockerfile?.path !== own
}

function listNested(facts: RuleFacts): string[] {
  const {tree, plan} = facts
  if (plan.context.git !== undefined) return []
  const inForce = facts.ignoreFile?.path
  const paths: string[] = []
  for (const entry of tree.entriesNamed(IGNORE_FILE)) {
    if (tree.parentOf(entry) === ROOT) continue
    const path = tree.pathOf(entry)
    const directory = tree.parentOf(entry)
    if (path === inForce || isInsideOther(facts, directory)) continue
    paths.push(path)
  }
  return paths
}

/** Packages and other people's trees bring ignore files along. */
function isInsideOther({tree, classify}: RuleFacts, directory: number): boolean {
  for (let at = directory; at !== ROOT; at = tree.parentOf(at)) if (classify(at) !== undefined) return true
  return false
}

/** Files at the root, and beside the Dockerfile, whose names are almost that of an ignore file. */
export function listMisnamedIgnoreFiles(facts: RuleFacts): MisnamedIgnoreFile[] {
  const {dockerfile, context} = facts.plan
  if (context.git !== undefined) return []
  const folder = dockerfile?.path.includes('/')
    ? dockerfile.path.slice(0, dockerfile.path.lastIndexOf('/'))
    : ''
  const folders = folder === '' || folder.startsWith('..') ? [''] : ['', folder]
  return folders.flatMap((one) => listIn(facts, one))
}

function listIn(facts: RuleFacts, folder: string): MisnamedIgnoreFile[] {
  const {tree} = facts
  const directory = folder === '' ? ROOT : tree.find(folder)
  if (folder !== '' && directory < 0) return []
  const names = new Set<string>()
  for (const entry of tree.childrenOf(directory)) {
    if (!tree.isDirectory(entry)) names.add(tree.nameOf(entry))
    if (names.size >= MAX_CHILDREN) break
  }
  return [...names].flatMap((name) => {
    if (!/ignor|\.docker|gnore/.test(name.toLowerCase())) return []
    const found = explainName(facts, name, names, folder)
    return found === null ? [] : [{...found, path: join(folder, name)}]
  })
}

function explainName(
  {plan, ignoreFile}: RuleFacts,
  name: string,
  names: ReadonlySet<string>,
  folder: string,
): Omit<MisnamedIgnoreFile, 'path'> | null {
  if (name === IGNORE_FILE || ON_PURPOSE.test(name)) return null
  const lower = name.toLowerCase()
  if (lower === '.containerignore') return ignoreFile === null ? {wanted: IGNORE_FILE, why: 'podman'} : null
  if (lower.endsWith(IGNORE_FILE) && lower !== IGNORE_FILE) {
    return explainOwn(plan.dockerfile?.path ?? null, name.slice(0, -IGNORE_FILE.length), names, folder)
  }
  // One beside the Dockerfile in a subfolder would be inert under its right name, too.
  if (folder !== '') return null
  if (lower === IGNORE_FILE) return {wanted: IGNORE_FILE, why: 'case'}
  const [, ending] = WITH_ENDING.exec(name) ?? []
  const dockerfile = ending && findDockerfile(ending, names)
  if (dockerfile) return {wanted: `${dockerfile}${IGNORE_FILE}`, why: 'dockerfile'}
  const isNear = ending !== undefined || /^\.?docker[-_. ]?ignore(?:s|\.txt)?$/.test(lower)
  return isNear || findNearest(lower, [IGNORE_FILE]) !== null ? {wanted: IGNORE_FILE, why: 'name'} : null
}

/** `prod.dockerignore` means the ignore file of a Dockerfile, and is not named after one that is there. */
function explainOwn(
  inUse: string | null,
  base: string,
  names: ReadonlySet<string>,
  folder: string,
): Omit<MisnamedIgnoreFile, 'path'> | null {
  if (base === '' || names.has(base)) return null
  const sameLetters = [...names].find((one) => one.toLowerCase() === base.toLowerCase())
  if (sameLetters !== undefined) return {wanted: join(folder, `${sameLetters}${IGNORE_FILE}`), why: 'case'}
  const dockerfile = findDockerfile(base.replace(/^\./, ''), names)
  if (dockerfile !== null) return {wanted: join(folder, `${dockerfile}${IGNORE_FILE}`), why: 'dockerfile'}
  return inUse === null || inUse === '-'
    ? {wanted: IGNORE_FILE, why: 'name'}
    : {wanted: `${inUse}${IGNORE_FILE}`, why: 'dockerfile'}
}

/** The Dockerfile of a variant: `Dockerfile.prod` or `prod.Dockerfile`. */
function findDockerfile(variant: string, names: ReadonlySet<string>): string | null {
  const candidates = [`Dockerfile.${variant}`, `${variant}.Dockerfile`, `Dockerfile-${variant}`]
  return candidates.find((one) => names.has(one)) ?? null
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}
