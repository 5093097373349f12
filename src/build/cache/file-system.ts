import {matchesName} from '../../languages/text/match-name.js'
import {
  type DirectoryNode,
  MADE_MODE,
  makeDirectory,
  makeUnknown,
  type Node,
  ROOT_OWNER,
  remember,
  type UnknownNode,
} from './nodes.js'

/** More links than this in one path lead nowhere. */
const MAX_LINKS = 40

/** What is at a path of a file system; null: nothing. Links on the way are followed, the last one where asked for. */
export function findNode(root: DirectoryNode, path: string, followsLast: boolean): Node | null {
  let pending = splitPath(path)
  let done: string[] = []
  let node: Node = root
  for (let links = 0; pending.length > 0; ) {
    const [name = '', ...rest] = pending
    if (node.kind === 'unknown') return makeUnknownBelow(node, pending)
    if (node.kind !== 'directory') return null
    const child: Node | null = childOf(node, name)
    if (child === null) return null
    if (child.kind !== 'link' || (rest.length === 0 && !followsLast)) {
      done.push(name)
      pending = rest
      node = child
      continue
    }
    if (++links > MAX_LINKS) return null
    pending = splitPath(resolveLink(done, child.target)).concat(rest)
    done = []
    node = root
  }
  return node
}

/** Where a link leads: an absolute path within the root. */
export function resolveLink(directory: readonly string[], target: string): string {
  const kept = target.startsWith('/') ? [] : [...directory]
  for (const part of target.split('/')) {
    if (part === '..') kept.pop()
    else if (part !== '' && part !== '.') kept.push(part)
  }
  return `/${kept.join('/')}`
}

export function splitPath(path: string): string[] {
  return path.split('/').filter((part) => part !== '')
}

/** An entry of a directory. An entry that no step added may come from an unknown image. */
function childOf({entries, unknown}: DirectoryNode, name: string): Node | null {
  const known = entries().get(name)
  if (known) return known
  const below = unknown.map((one) => makeUnknownBelow(one, [name]))
  return below.length === 0 ? null : below.reduceRight((over, top) => ({...top, over}))
}

/** The same unknown thing is the same node, so a comparison looks at identity first. */
const below = new WeakMap<UnknownNode, Map<string, UnknownNode>>()

function makeUnknownBelow(node: UnknownNode, names: readonly string[]): UnknownNode {
  const rest = names.join('/')
  let known = below.get(node)
  if (known === undefined) {
    known = new Map()
    below.set(node, known)
  }
  const found = known.get(rest)
  if (found) return found
  const over = node.over?.kind === 'directory' ? findNode(node.over, `/${rest}`, false) : null
  const path = `${node.path === '/' ? '' : node.path}/${rest}`
  const made = {...makeUnknown(node.source, path, node.of), over}
  known.set(rest, made)
  return made
}

/** The file system with a node put at a path; directories made on the way are 0755 and root's. */
export function putNode(root: DirectoryNode, path: string, node: Node, owner = ROOT_OWNER): DirectoryNode {
  const names = splitPath(followParents(root, path))
  return names.length === 0 ? asDirectory(mergeNodes(root, node)) : putBelow(root, names, node, owner)
}

/** @param names the way to the node, at least one */
function putBelow(
  directory: DirectoryNode,
  [name = '', ...rest]: readonly string[],
  node: Node,
  owner: string,
): DirectoryNode {
  const old = childOf(directory, name)
  const child =
    rest.length === 0 ? mergeNodes(old, node) : putBelow(asDirectory(old, owner), rest, node, owner)
  return {...directory, entries: remember(() => new Map(directory.entries()).set(name, child))}
}

/** The path with the links among its parents followed. */
function followParents(root: DirectoryNode, path: string): string {
  let pending = splitPath(path)
  let done: string[] = []
  let node: Node | null = root
  for (let links = 0; pending.length > 1; ) {
    const [name = '', ...rest] = pending
    const child: Node | null = node?.kind === 'directory' ? childOf(node, name) : null
    if (child?.kind === 'link' && ++links <= MAX_LINKS) {
      pending = splitPath(resolveLink(done, child.target)).concat(rest)
      done = []
      node = root
    } else {
      done.push(name)
      pending = rest
      node = child
    }
  }
  return `/${[...done, ...pending].join('/')}`
}

/** What stands in the way of a directory gives way to one; what is not known may be one. */
function asDirectory(node: Node | null, owner = ROOT_OWNER): DirectoryNode {
  if (node?.kind === 'directory') return node
  return node?.kind === 'unknown' ? makeDirectory(null, owner, [node]) : makeDirectory(MADE_MODE, owner)
}

/** One node put over another: directories become one, anything else takes the place of what was there. */
function mergeNodes(old: Node | null, node: Node): Node {
  if (node.kind === 'unknown') {
    if (old?.kind === 'directory') return mergeDirectories(old, makeDirectory(old.mode, old.owner, [node]))
    return old === null ? node : {...node, over: old}
  }
  if (node.kind !== 'directory' || old === null || old.kind === 'file' || old.kind === 'link') return node
  return mergeDirectories(asDirectory(old), node)
}

function mergeDirectories(old: DirectoryNode, top: DirectoryNode): DirectoryNode {
  const {mode, owner} = top
  const unknown = [...top.unknown, ...old.unknown]
  const isBare = old.unknown.length === 0 && old.entries().size === 0
  if (isBare) return {...top, unknown}
  const entries = remember(() => {
    const merged = new Map(old.entries())
    // What is not known may lie over anything that was there.
    for (const [name, node] of old.entries()) merged.set(name, hide(top.unknown, name, node))
    for (const [name, node] of top.entries()) {
      const under = childOf(old, name)
      merged.set(name, mergeNodes(under, node))
    }
    return merged
  })
  return {kind: 'directory', mode, owner, entries, unknown}
}

function hide(unknown: readonly UnknownNode[], name: string, node: Node): Node {
  return unknown.reduceRight<Node>((over, top) => ({...makeUnknownBelow(top, [name]), over}), node)
}

/** A match of a pattern; of what is not known, the pattern itself. */
export interface PatternMatch {
  path: string
  node: Node
}

/** Lists what a pattern meets, in order. Links are followed up to the first wildcard. */
export function expandPattern(root: DirectoryNode, pattern: string): PatternMatch[] {
  const matches: PatternMatch[] = []
  const go = (node: Node | null, path: string, components: readonly string[]): void => {
    const [component, ...rest] = components
    if (node === null) return
    if (component === undefined) {
      matches.push({path, node})
      return
    }
    if (node.kind === 'unknown') matches.push({path, node: makeUnknownBelow(node, components)})
    if (node.kind !== 'directory') return
    if (!hasWildcard(component)) {
      const below = `${path}/${component}`
      const child = hasWildcard(path) ? childOf(node, component) : findNode(root, below, rest.length > 0)
      go(child, below, rest)
      return
    }
    for (const [name, child] of sortedEntries(node)) {
      if (matchesName(component, name)) go(child, `${path}/${name}`, rest)
    }
    for (const one of node.unknown) matches.push({path, node: makeUnknownBelow(one, components)})
  }
  go(root, '', splitPath(pattern))
  return matches
}

function hasWildcard(component: string): boolean {
  return /[*?[]/.test(component)
}

/** The entries of a directory in the order of their names' bytes. */
export function sortedEntries(node: DirectoryNode): [string, Node][] {
  return [...node.entries()].sort(([one], [other]) => compareNames(one, other))
}

function compareNames(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}
