import type {CopyInstruction} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {type Match, NO_MATCH} from '../../languages/ignore/pattern-matcher.js'
import {baseName} from '../../languages/text/container-path.js'
import type {Read, Step} from '../graph/build-graph.js'
import {expandPattern, findNode, type PatternMatch, putNode, resolveLink} from './file-system.js'
import {
  type DirectoryNode,
  MADE_MODE,
  makeDirectory,
  makeUnknown,
  type Node,
  ROOT_OWNER,
  remember,
} from './nodes.js'

const ARCHIVE = /\.(?:tar|t?gz|tbz2?|bz2|txz|xz|tzst|zst)$/i

/** What WORKDIR, COPY and ADD make of the file system that they stand on. @param rootOf what is read from */
export function applyStep(
  {instruction, reads}: Step,
  before: DirectoryNode,
  rootOf: (read: Read) => DirectoryNode,
): DirectoryNode {
  if (instruction.keyword === 'WORKDIR') {
    const {workdir, state} = instruction
    return makePath(before, workdir ?? state.directory, ownerOf(state.user))
  }
  if (instruction.keyword === 'RUN') return before
  let root = before
  for (const read of reads) {
    for (const match of findMatches(rootOf(read), read)) root = putCopy(root, match, read, instruction)
  }
  return root
}

/** The directory is there afterwards; what is there already stays as it is. */
function makePath(root: DirectoryNode, path: string, owner: string): DirectoryNode {
  const place = toPlace(path)
  const there = findNode(root, place, true)
  if (there?.kind === 'directory') return root
  return putNode(root, place, makeDirectory(there === null ? MADE_MODE : null, owner), owner)
}

/** As the directory's owner: root however it is spelled. */
function ownerOf(user: string | null): string {
  return user === null || /^(?:root|0)?(?::(?:root|0))?$/.test(user) ? ROOT_OWNER : user
}

/** A place that only the base image knows lies below `/?`. */
function toPlace(path: string): string {
  return resolveLink([], path)
}

function findMatches(root: DirectoryNode, {from, path, source, hasWildcards}: Read): PatternMatch[] {
  if (from.kind === 'remote') return [{path: remoteName(source), node: makeUnknown(`remote ${source}`, '/')}]
  const matches = hasWildcards ? expandPattern(root, path) : [{path, node: path === '/' ? root : null}]
  return matches.flatMap((match) => {
    const node = match.node === root ? root : (findNode(root, match.path, true) ?? match.node)
    return node === null ? [] : [{path: match.path, node}]
  })
}

function remoteName(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^.*\//s, '')
}

function putCopy(
  root: DirectoryNode,
  {path, node}: PatternMatch,
  read: Read,
  copy: CopyInstruction,
): DirectoryNode {
  const {landing} = read
  const place = toPlace(landing.path)
  const there = findNode(root, place, true)
  const isDirectory = landing.isDirectory || there?.kind === 'directory'
  const owner = copy.flags.chown === '' ? ROOT_OWNER : copy.flags.chown
  const changed = changeNode(node, copy)
  const name = baseName(path)
  if (changed.kind === 'directory')
    return putNode(root, place, withTopMode(changed, there, landing.isDirectory), owner)
  if (isUnpacked(changed, name, read, copy)) {
    return putNode(
      root,
      place,
      makeDirectory(null, ROOT_OWNER, [makeUnknown('archive', '/', changed)]),
      owner,
    )
  }
  if (changed.kind === 'unknown' && isDirectory)
    return putNode(root, place, makeDirectory(null, owner, [changed]), owner)
  return putNode(root, isDirectory ? `${place}/${name}` : place, changed, owner)
}

/** ADD unpacks what looks like an archive; the name has to tell. */
function isUnpacked(node: Node, name: string, {from}: Read, {keyword, flags}: CopyInstruction): boolean {
  if (node.kind !== 'file' || keyword !== 'ADD' || flags.unpack === false) return false
  return flags.unpack === true || (from.kind === 'context' && ARCHIVE.test(name))
}

/** A directory that is there already keeps its mode; one that is made for the slash at the end has the usual one. */
function withTopMode(node: DirectoryNode, there: Node | null, isMade: boolean): DirectoryNode {
  if (there?.kind === 'directory') return {...node, mode: there.mode, owner: there.owner}
  if (there?.kind === 'unknown') return {...node, mode: null}
  return isMade ? {...node, mode: MADE_MODE} : node
}

/** By node and flags: the same copy of the same thing is the same node. */
const changedNodes = new WeakMap<Node, Map<string, Node>>()

/** What `--chown`, `--chmod` and `--exclude` make of what is copied. */
function changeNode(node: Node, {flags}: CopyInstruction): Node {
  const {chown, chmod, exclude} = flags
  const kept = exclude.length === 0 ? node : leaveOut(node, exclude)
  return chown === '' && chmod === '' ? kept : changeOwner(kept, chown, chmod)
}

function changeOwner(node: Node, chown: string, chmod: string): Node {
  if (node.kind === 'unknown') {
    return makeUnknown(`${node.source} --chown=${chown} --chmod=${chmod}`, node.path, node)
  }
  const key = `${chown} ${chmod}`
  const known = changedNodes.get(node)?.get(key)
  if (known) return known
  const owner = chown === '' ? node.owner : chown
  const changed = change(node, owner, (inner) => changeOwner(inner, chown, chmod), chmod)
  const all = changedNodes.get(node) ?? new Map<string, Node>()
  changedNodes.set(node, all.set(key, changed))
  return changed
}

function change(
  node: Exclude<Node, {kind: 'unknown'}>,
  owner: string,
  go: (inner: Node) => Node,
  chmod: string,
): Node {
  if (node.kind === 'link') return {...node, owner}
  if (node.kind === 'file') return {...node, owner, mode: changeMode(node.mode, chmod)}
  return {
    ...node,
    owner,
    mode: node.mode === null ? null : changeMode(node.mode, chmod),
    entries: remember(() => new Map([...node.entries()].map(([name, inner]) => [name, go(inner)]))),
    unknown: node.unknown.map((one) => go(one) as typeof one),
  }
}

function changeMode(mode: string, chmod: string): string {
  if (chmod === '') return mode
  return /^[0-7]+$/.test(chmod)
    ? `${mode.startsWith('d') ? 'd' : ''}${Number.parseInt(chmod, 8)}`
    : `${mode} ${chmod}`
}

function leaveOut(node: Node, exclude: readonly string[]): Node {
  const matcher = IgnoreRules.of(exclude)
  const go = (inner: Node, path: string, parent: Match): Node | null => {
    const match = path === '' ? parent : matcher.match(path, parent)
    if (inner.kind !== 'directory') return match.matched ? null : inner
    const entries = remember(() => {
      const kept = [...inner.entries()].flatMap(([name, child]): [string, Node][] => {
        const one = go(child, path === '' ? name : `${path}/${name}`, match)
        return one === null ? [] : [[name, one]]
      })
      return new Map(kept)
    })
    return match.matched && entries().size === 0 ? null : {...inner, entries}
  }
  return go(node, '', NO_MATCH) ?? makeDirectory(MADE_MODE, ROOT_OWNER)
}
