import type {DocumentNode, MapNode} from '../../languages/documents/document-node.js'
import {isSpecialContext, resolvePath} from '../build-location.js'

/** Makes the directories of a service's build absolute; what is no directory here stays as written. */
export function resolveServicePaths(service: MapNode, baseDir: string, homeDir: string): MapNode {
  const build = service.entries.get('build')
  if (build?.kind !== 'map') return service
  const entries = new Map(build.entries)
  const context = entries.get('context')
  if (context !== undefined) entries.set('context', resolveNode(context, baseDir, homeDir))
  const contexts = entries.get('additional_contexts')
  if (contexts?.kind === 'map') {
    const resolved = [...contexts.entries].map(
      ([name, node]) => [name, resolveNode(node, baseDir, homeDir)] as const,
    )
    entries.set('additional_contexts', {...contexts, entries: new Map(resolved)})
  }
  return {...service, entries: new Map(service.entries).set('build', {...build, entries})}
}

function resolveNode(node: DocumentNode, baseDir: string, homeDir: string): DocumentNode {
  if (node.kind !== 'scalar' || node.text === '' || isSpecialContext(node.text)) return node
  return {...node, text: resolvePath(baseDir, node.text, homeDir)}
}
