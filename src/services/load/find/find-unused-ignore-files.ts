import path from 'node:path'
import {pathExists} from '../../../host/files/locations.js'
import type {BuildOptions} from '../../../plan/build-options.js'
import {IGNORE_FILE, toContextPath} from '../load-ignore-file.js'

const DOCKERFILE_NAMES = ['Dockerfile', 'dockerfile']

/**
 * Finds the ignore files above the contexts of some builds, up to a directory, that none of them reads. One in a context is
 * a matter of that build, one beside a Dockerfile may be read by `docker build` there, and one above a context that nobody
 * knows may be read by that build.
 * @param baseDir absolute
 * @returns relative to it
 */
export function findUnusedIgnoreFiles(builds: readonly BuildOptions[], baseDir: string): string[] {
  const contexts = builds.map(({contextDir, workingDir = process.cwd()}) =>
    path.resolve(workingDir, contextDir),
  )
  const folders = new Set(contexts.flatMap((context) => listAbove(context, baseDir)))
  const found = [...folders].filter((folder) => {
    if (contexts.some((context) => isInside(folder, context))) return false
    if (builds.some(({isVague}, number) => isVague && isInside(contexts[number]!, folder))) return false
    if (!pathExists(path.join(folder, IGNORE_FILE))) return false
    return !DOCKERFILE_NAMES.some((name) => pathExists(path.join(folder, name)))
  })
  return found.map((folder) => toContextPath(baseDir, path.join(folder, IGNORE_FILE))).sort()
}

/** The folders from the parent of a context up to the base. */
function listAbove(context: string, baseDir: string): string[] {
  const folders: string[] = []
  for (let at = context; at !== baseDir && isInside(at, baseDir); ) {
    at = path.dirname(at)
    folders.push(at)
  }
  return folders
}

function isInside(folder: string, outer: string): boolean {
  const relative = path.relative(outer, folder)
  return (
    relative === '' ||
    (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative))
  )
}
