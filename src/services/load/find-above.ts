import os from 'node:os'
import path from 'node:path'
import {listRequestsTo} from '../../build/graph/requests/list-requests.js'
import {findRepository, pathExists} from '../../host/files/locations.js'
import {isGlob} from '../../languages/text/matches-glob.js'
import type {IgnoreGroup} from '../project.js'

/** What a Dockerfile needs lies hardly farther up. */
const MAX_LEVELS = 4

/**
 * Finds what the builds of a group ask for, and their context does not hold, in the directories above it: by path, how
 * many levels up; with them the file that lists submodules. The repository is not left; where there is none, only the next directory is looked at.
 */
export function findAbove({context, builds}: IgnoreGroup): ReadonlyMap<string, number> {
  const {hostPath, tree} = context
  const asked = builds.flatMap(({graph}) => listRequestsTo(graph, null))
  const missing = asked.filter(
    ({path: one, isRoot, implicitReason}) =>
      !isRoot && implicitReason === null && !isGlob(one) && tree.find(one) < 0,
  )
  const found = new Map<string, number>()
  if (missing.length === 0) return found
  const wanted = [...missing.map((one) => one.path), '.gitmodules']
  for (const [index, directory] of listDirectories(hostPath).entries()) {
    for (const one of wanted)
      if (!found.has(one) && pathExists(path.join(directory, one))) found.set(one, index + 1)
  }
  return found
}

/** The directories above a context that may be its project's, the nearest first. */
function listDirectories(hostPath: string): string[] {
  const root = findRepository(hostPath)
  const directories: string[] = []
  for (let at = hostPath; at !== root && directories.length < MAX_LEVELS; ) {
    at = path.dirname(at)
    directories.push(at)
    if (root === null) break
  }
  return directories.filter((one) => path.dirname(one) !== one && one !== os.homedir() && one !== os.tmpdir())
}
