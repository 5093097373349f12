import path from 'node:path'
import {childOf, type DocumentNode, failAtPlace} from '../../languages/documents/document-node.js'
import type {Location} from '../../languages/text/range.js'
import {resolvePath} from '../build-location.js'
import type {ProjectFiles} from '../project-files.js'
import type {ComposeProject} from './compose-project.js'
import {interpolateScalar} from './pick-service.js'
import type {ComposeEnvironment} from './variables/compose-environment.js'

/** A project that another one includes. */
export interface IncludedProject extends ComposeProject {
  place: Location
}

/**
 * Reads the `include` section: each entry is a project of its own, with its own directory and `.env`; the
 * environment of the including one wins. Remote ones cannot be read from here.
 * @throws BuildFileError for what Compose refuses
 */
export function readIncludes(
  root: DocumentNode,
  project: ComposeProject,
  files: ProjectFiles,
): IncludedProject[] {
  const include = childOf(root, 'include')
  if (include === undefined) return []
  if (include.kind !== 'list') failAtPlace(include.place, '"include" must be a list')
  return include.items.map((item) => readInclude(item, project, files))
}

function readInclude(item: DocumentNode, project: ComposeProject, files: ProjectFiles): IncludedProject {
  const {projectDir, environment} = project
  const home = environment.lookup('HOME')
  const given = textsOf(item.kind === 'map' ? childOf(item, 'path') : item, 'path', environment)
  if (given.length === 0) failAtPlace(item.place, 'an include must have a path')
  const remote = given.find((name) => name.includes('://') || name.startsWith('git@'))
  if (remote !== undefined) failAtPlace(item.place, `"${remote}" is remote: it cannot be read from here`)
  const paths = given.map((name) => resolvePath(projectDir, name, home))
  const [directory] = textsOf(childOf(item, 'project_directory'), 'project_directory', environment)
  const ownDir = directory ? resolvePath(projectDir, directory, home) : path.dirname(paths[0]!)
  const envFiles = textsOf(childOf(item, 'env_file'), 'env_file', environment)
  const own =
    envFiles.length === 0
      ? environment.withDefaultFile(ownDir, files)
      : environment.withFiles(
          envFiles.filter((name) => name !== '/dev/null').map((name) => resolvePath(projectDir, name, home)),
          files,
        )
  return {files: paths, projectDir: ownDir, environment: own, place: item.place}
}

/** A string, or a list of them. */
function textsOf(node: DocumentNode | undefined, key: string, environment: ComposeEnvironment): string[] {
  if (node === undefined) return []
  const items = node.kind === 'list' ? node.items : [node]
  return items.map((item) => {
    if (item.kind !== 'scalar') failAtPlace(item.place, `"${key}" must be a string or a list of strings`)
    return interpolateScalar(item, environment.lookup).text
  })
}
