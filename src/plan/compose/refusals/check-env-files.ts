import {BuildFileError} from '../../../errors.js'
import {childOf, type DocumentNode, type MapNode, wordAt} from '../../../languages/documents/document-node.js'
import type {ProjectFiles} from '../../project-files.js'
import type {ComposeService} from '../service/compose-service.js'
import type {Refusal} from '../shape/refusal.js'
import type {Lookup} from '../variables/interpolate.js'
import {parseEnvFile} from '../variables/parse-env-file.js'

/** Finds lines of env files that Compose cannot read. @param services those that start */
export function checkEnvFiles(
  services: readonly ComposeService[],
  lookup: Lookup,
  files: ProjectFiles,
): Refusal[] {
  const paths = new Set(services.flatMap(({node}) => listPaths(node)))
  return [...paths].flatMap((hostPath): Refusal[] => {
    const read = files.read(hostPath)
    if (read.status !== 'read') return []
    try {
      parseEnvFile(read.text, hostPath, lookup)
      return []
    } catch (error) {
      if (!(error instanceof BuildFileError)) throw error
      const {message, line} = error
      // The environment of whoever starts the project may have it.
      if (message.startsWith('required variable')) return []
      const place = {file: hostPath, line: line ?? 1}
      return [{what: `an env_file cannot be read: ${message}`, place, fix: 'Write NAME=value, a line each'}]
    }
  })
}

/** With the format `raw` a file is read line by line. */
function listPaths(node: MapNode): string[] {
  const given = childOf(node, 'env_file')
  const items: readonly DocumentNode[] =
    given?.kind === 'list' ? given.items : given === undefined ? [] : [given]
  return items.flatMap((item) => {
    if (item.kind === 'scalar') return item.text === '' ? [] : [item.text]
    return wordAt(item, 'format') === undefined ? [wordAt(item, 'path') ?? ''] : []
  })
}
