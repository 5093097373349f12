import {childOf, type DocumentNode, type MapNode} from '../../languages/documents/document-node.js'
import {isSpecialContext, resolvePath} from '../build-location.js'
import {placeSsh} from '../build-secrets.js'

/** Makes the paths of a service absolute, those of its build, its binds, its files of variables and of labels; what is no directory here stays as written. */
export function resolveServicePaths(service: MapNode, baseDir: string, homeDir: string): MapNode {
  const placed = resolveMounts(service, baseDir, homeDir)
  const read = ['env_file', 'label_file'].reduce(
    (one, key) => resolveFiles(one, key, baseDir, homeDir),
    placed,
  )
  return resolveBuild(read, baseDir, homeDir)
}

/** One path, or a list of paths and of mappings with one. */
function resolveFiles(service: MapNode, key: string, baseDir: string, homeDir: string): MapNode {
  const given = service.entries.get(key)
  if (given === undefined || given.kind === 'map') return service
  const resolve = (node: DocumentNode): DocumentNode => {
    const own = childOf(node, 'path')
    if (node.kind !== 'map' || own === undefined) return resolveNode(node, baseDir, homeDir)
    return {...node, entries: new Map(node.entries).set('path', resolveNode(own, baseDir, homeDir))}
  }
  const node = given.kind === 'list' ? {...given, items: given.items.map(resolve)} : resolve(given)
  return {...service, entries: new Map(service.entries).set(key, node)}
}

function resolveMounts(service: MapNode, baseDir: string, homeDir: string): MapNode {
  const volumes = service.entries.get('volumes')
  if (volumes?.kind !== 'list') return service
  const items = volumes.items.map((item) => {
    const [type, source] = [childOf(item, 'type'), childOf(item, 'source')]
    if (item.kind !== 'map' || source === undefined || type?.kind !== 'scalar' || type.text !== 'bind')
      return item
    return {...item, entries: new Map(item.entries).set('source', resolveNode(source, baseDir, homeDir))}
  })
  return {...service, entries: new Map(service.entries).set('volumes', {...volumes, items})}
}

function resolveBuild(service: MapNode, baseDir: string, homeDir: string): MapNode {
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
  const ssh = entries.get('ssh')
  if (ssh !== undefined)
    entries.set(
      'ssh',
      resolveSshPaths(ssh, (given) => resolvePath(baseDir, given, homeDir)),
    )
  return {...service, entries: new Map(service.entries).set('build', {...build, entries})}
}

/** Of a list of `ID=PATH`, or a mapping of them. */
function resolveSshPaths(node: DocumentNode, resolve: (given: string) => string): DocumentNode {
  if (node.kind === 'list') {
    const items = node.items.map((item) =>
      item.kind === 'scalar' ? {...item, text: placeSsh(item.text, resolve)} : item,
    )
    return {...node, items}
  }
  if (node.kind !== 'map') return node
  const entries = [...node.entries].map(
    ([id, value]) =>
      [
        id,
        value.kind === 'scalar' && value.text !== '' ? {...value, text: resolve(value.text)} : value,
      ] as const,
  )
  return {...node, entries: new Map(entries)}
}

function resolveNode(node: DocumentNode, baseDir: string, homeDir: string): DocumentNode {
  if (node.kind !== 'scalar' || node.text === '' || isSpecialContext(node.text)) return node
  return {...node, text: resolvePath(baseDir, node.text, homeDir)}
}
