import path from 'node:path'
import {readAskedPaths} from '../../../build/graph/requests/requested-paths.js'
import {isWithin} from '../../../languages/text/container-path.js'
import {readPipedBuilds} from '../../../plan/discover/read-piped-builds.js'
import type {BuildProblem, NamedBuild} from '../../../plan/named-build.js'
import type {BuildSearch} from './build-search.js'

/** Builds that files of a project start with less than the Dockerfile copies: without a context, or with that of GoReleaser. */
export async function listMeagreBuilds(
  search: BuildSearch,
  builds: readonly NamedBuild[],
): Promise<BuildProblem[]> {
  return [...listPiped(search, builds), ...(await listReleased(search, builds))]
}

/** What a Dockerfile among some builds asks its context for; null for another one, and where it asks for nothing. */
function readAsked(
  {files}: BuildSearch,
  builds: readonly NamedBuild[],
  dockerfilePath: string,
): {paths: readonly string[]} | null {
  if (!builds.some((build) => build.dockerfilePath === dockerfilePath)) return null
  const read = files.read(dockerfilePath)
  const asked = read.status === 'read' ? readAskedPaths(read.text) : null
  return asked === null || (asked.paths.length === 0 && !asked.isWhole) ? null : asked
}

function listPiped(search: BuildSearch, builds: readonly NamedBuild[]): BuildProblem[] {
  const {baseDir, files} = search
  return readPipedBuilds(baseDir, files).flatMap(({command, dockerfilePath, place}): BuildProblem[] => {
    const asked = readAsked(search, builds, dockerfilePath)
    if (asked === null) return []
    const name = path.relative(baseDir, dockerfilePath)
    const message = `"${command}" gives Docker no context, and "${name}" copies "${asked.paths[0] ?? '.'}" from it: docker build fails there`
    return [{severity: 'error', message, place, fix: `Give the context: docker build -f ${name} .`}]
  })
}

const RELEASER_FILE = /^\.?goreleaser\.ya?ml$/

async function listReleased(search: BuildSearch, builds: readonly NamedBuild[]): Promise<BuildProblem[]> {
  const {baseDir, files} = search
  const [name] = files.listNames(baseDir).filter((one) => RELEASER_FILE.test(one))
  const read = name === undefined ? undefined : files.read(path.join(baseDir, name))
  if (name === undefined || read?.status !== 'read') return []
  const {readGoReleaser} = await import('../../../plan/discover/read-goreleaser.js')
  const released = readGoReleaser(read.text, path.join(baseDir, name))
  return released.flatMap(({dockerfilePath, extraFiles, place}): BuildProblem[] => {
    const asked = readAsked(search, builds, dockerfilePath)
    const lacking = asked?.paths.find(
      (one) =>
        /^[\w./-]+$/.test(one) &&
        files.listNames(path.join(baseDir, path.posix.dirname(one))).includes(path.posix.basename(one)) &&
        !extraFiles.some((extra) => isWithin(one, extra)),
    )
    if (lacking === undefined) return []
    const shown = path.relative(baseDir, dockerfilePath)
    return [
      {
        severity: 'warning',
        message: `GoReleaser builds "${shown}" with its binaries and extra_files alone, and it copies "${lacking}": that build fails`,
        place,
        fix: 'List the file in extra_files, or name a Dockerfile for the release that copies the binary',
      },
    ]
  })
}
