import path from 'node:path'
import type {ProjectFiles} from '../project-files.js'
import type {ComposeProject} from './compose-project.js'
import {interpolate} from './variables/interpolate.js'

/** What Compose calls a project: `COMPOSE_PROJECT_NAME`, else the `name` of a file, else the folder. */
export function findProjectName(
  {files, projectDir, environment}: ComposeProject,
  project: ProjectFiles,
): string {
  const given = environment.lookup('COMPOSE_PROJECT_NAME')
  if (given) return given
  for (const file of files.toReversed()) {
    const read = project.read(file)
    const [, name] = (read.status === 'read' && /^name:[ \t]*["']?([^"'#\r\n]+)/m.exec(read.text)) || []
    if (name === undefined) continue
    try {
      return clean(interpolate(name.trim(), environment.lookup))
    } catch {
      // Compose refuses it; the folder's name does for a report.
    }
  }
  return clean(path.basename(projectDir))
}

function clean(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '')
}
