import path from 'node:path'
import {BuildFileError, SlimCheckError} from '../../../errors.js'
import {MAKEFILES} from '../../../languages/scripts/read-makefile.js'
import {BAKE_FILE_NAMES} from '../../../plan/bake/bake-file-names.js'
import {GITLAB_FILE} from '../../../plan/ci/read-gitlab-ci.js'
import {isComposeName, isVariantName} from '../../../plan/compose/choose-compose-files.js'
import {isThere, keepDifferent, type NamedBuild} from '../../../plan/named-build.js'
import {type BuildSearch, showPath} from './build-search.js'
import {type FindOptions, type FoundBuild, openSearch, toFound} from './find-builds.js'

const MAX_FOLDERS = 300

/** Builds of some Dockerfiles that files of a project tell of. */
export interface OtherBuilds {
  builds: FoundBuild[]
  /** Files that may tell of more, and cannot be read, as the user knows them. */
  unread: string[]
}

/**
 * Finds every build of some Dockerfiles that compose files, bake files, development containers, workflows, `.gitlab-ci.yml`
 * or Makefiles tell of, whether somebody asks for it or not. A broken file is passed over.
 * @param dockerfiles absolute
 */
export async function findOtherBuilds(
  options: FindOptions,
  dockerfiles: ReadonlySet<string>,
): Promise<OtherBuilds> {
  const search = openSearch(options)
  // What reads such files is large, and most directories have none.
  if (!mayTell(search)) return {builds: [], unread: []}
  const {findToldBuilds} = await import('./find-told-builds.js')
  const told = await findToldBuilds(search, [...dockerfiles])
  const baked = await readBakeFile(search)
  const {readCiScripts} = await import('./read-ci-scripts.js')
  const all = [...told.named, ...told.ofWorkflows, ...readCiScripts(search), ...baked.builds]
  const own = all.filter((build) => dockerfiles.has(placeOfDockerfile(build)) && isThere(build, search.files))
  return {builds: keepDifferent(own).map((build) => toFound(search, build, options)), unread: baked.unread}
}

const OF_CI: ReadonlySet<string> = new Set(['.github', GITLAB_FILE, ...MAKEFILES])

/** Whether there is a file of a kind that tells of builds, in DIR or one folder down. */
function mayTell({files, baseDir, isExcluded}: BuildSearch): boolean {
  const isTelling = (name: string) =>
    isComposeName(name) ||
    isVariantName(name) ||
    BAKE_FILE_NAMES.includes(name) ||
    /^\.?devcontainer\b/.test(name)
  const names = files.listNames(baseDir)
  if (names.some((name) => isTelling(name) || OF_CI.has(name))) return true
  return names
    .filter((name) => !isExcluded(name))
    .slice(0, MAX_FOLDERS)
    .some((name) => files.listNames(path.join(baseDir, name)).some(isTelling))
}

function placeOfDockerfile({dockerfilePath, contextPath}: NamedBuild): string {
  return dockerfilePath ?? path.join(contextPath, 'Dockerfile')
}

/** Of the default names in DIR. */
async function readBakeFile(search: BuildSearch): Promise<{builds: NamedBuild[]; unread: string[]}> {
  const name = search.files.listNames(search.baseDir).find((one) => BAKE_FILE_NAMES.includes(one))
  if (name === undefined) return {builds: [], unread: []}
  const {findBakeBuilds} = await import('./find-bake-builds.js')
  try {
    return {builds: (await findBakeBuilds({...search, names: []}, [])).builds, unread: []}
  } catch (error) {
    if (!(error instanceof SlimCheckError || error instanceof BuildFileError)) throw error
    const isEmpty = error instanceof SlimCheckError && error.code === 'no-builds'
    return {builds: [], unread: isEmpty ? [] : [showPath(search, path.join(search.baseDir, name))]}
  }
}
