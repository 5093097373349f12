/** What becomes of each path that a Dockerfile asks the main context for: whether it exists and whether it arrives. */

import type {ContextRequest} from '../../build/graph/requests/list-requests.js'
import {ROOT} from '../../tree/model/file-tree.js'
import {findMatches} from '../../tree/model/find-matches.js'
import {linkTargetOf} from '../../tree/model/tree-link-reader.js'
import type {ContextFacts} from './context-facts.js'

/** Paths have their links followed. */
export type RequestOutcome = {request: ContextRequest} & (
  | {kind: 'arrives'; missed: readonly MissedEntry[]}
  /** A wildcard that matches nothing. `isFatal`: the directory before it does not arrive, and the build stops. */
  | {kind: 'matches-nothing'; directory: string; isFatal: boolean}
  | {kind: 'missing'; path: string; link: FollowedLink | null}
  /** The ignore file removes it in whole. `isFatal`: the build stops; else the step copies nothing. */
  | {kind: 'ignored'; path: string; decidedBy: number; isFatal: boolean; link: FollowedLink | null}
)

/** A link that a path leads through. */
export interface FollowedLink {
  path: string
  /** As it is written in the link. */
  target: string
  /** It points above the root of the context, where Docker does not follow it. */
  leavesContext: boolean
}

/** An entry of what is asked for that the ignore file keeps out. */
interface MissedEntry {
  entry: number
  decidedBy: number
}

/** Traces the requests to the main context that read something, in source order; none where nothing is sent at all. */
export function traceRequests(facts: ContextFacts): RequestOutcome[] {
  if (!facts.usesContext) return []
  const trace = new RequestTrace(facts)
  return facts.requests
    .filter(({implicitReason}) => implicitReason !== 'git-remote' && implicitReason !== 'tmpfs-mount')
    .map((request) => ({request, ...trace.follow(request)}))
}

/** Of a Git context no ignore file removes anything; what Git does not track is a matter of its own. */
export function traceGitRequests(facts: ContextFacts): RequestOutcome[] {
  return traceRequests(facts).flatMap((outcome) => {
    if (outcome.kind === 'ignored') return []
    return [outcome.kind === 'arrives' ? {...outcome, missed: []} : outcome]
  })
}

type Outcome = RequestOutcome extends infer Each
  ? Each extends {request: ContextRequest}
    ? Omit<Each, 'request'>
    : never
  : never

/** Where a path leads. */
type Resolved = {path: string; link: FollowedLink | null} & (
  | {entry: number}
  /** Nowhere; `isUnseen`: the ignore file is the reason. */
  | {entry: null; isUnseen: boolean}
)

const MAX_LINKS = 255

class RequestTrace {
  private missedEntries: readonly MissedEntry[] | null = null

  constructor(private readonly facts: ContextFacts) {}

  follow({path, isRoot}: ContextRequest): Outcome {
    if (isRoot) return this.followRoot()
    return hasWildcard(path) ? this.followWildcard(path) : this.followPath(path)
  }

  /** An empty context is no failure: the step copies nothing. */
  private followRoot(): Outcome {
    const {tree, selection} = this.facts
    if (selection.entries.length > 0 || tree.length === 0) return {kind: 'arrives', missed: []}
    return {kind: 'ignored', path: '.', decidedBy: this.decide(tree.pathOf(0)), isFatal: false, link: null}
  }

  private followPath(asked: string): Outcome {
    const resolved = this.resolve(asked)
    const {path, entry, link} = resolved
    if (entry === null && !resolved.isUnseen) return {kind: 'missing', path, link}
    if (entry === ROOT || (entry !== null && this.facts.isSent[entry] === 1))
      return {kind: 'arrives', missed: this.missedIn([entry])}
    return {kind: 'ignored', path, decidedBy: this.decide(path), isFatal: true, link}
  }

  /** A wildcard matches entries of its own depth, below the directory that its plain beginning names. */
  private followWildcard(asked: string): Outcome {
    const components = asked.split('/')
    const depth = components.findIndex(hasWildcard)
    const directory = this.resolve(components.slice(0, depth).join('/'))
    const {path, link} = directory
    if (directory.entry === null) {
      if (!directory.isUnseen) return {kind: 'missing', path, link}
      return {kind: 'ignored', path: asked, decidedBy: this.decide(path), isFatal: true, link}
    }
    const matches = findMatches(this.facts.tree, directory.entry, components.slice(depth))
    if (matches.some((entry) => this.facts.isSent[entry] === 1))
      return {kind: 'arrives', missed: this.missedIn(matches)}
    const isFatal = directory.entry !== ROOT && this.facts.isSent[directory.entry] === 0
    const [first] = matches
    const ignored = first ?? (isFatal && this.isIgnored(directory.entry) ? directory.entry : undefined)
    if (ignored === undefined) return {kind: 'matches-nothing', directory: path, isFatal}
    const decidedBy = this.decide(this.facts.tree.pathOf(ignored))
    return {kind: 'ignored', path: asked, decidedBy, isFatal, link}
  }

  private isIgnored(entry: number): boolean {
    return this.facts.ignoreUse.isIgnored[entry] === 1
  }

  /** Walks a path from the root of the context, through links, which never lead out of it. */
  private resolve(asked: string): Resolved {
    const {tree, ignoreUse, isSent} = this.facts
    const pending = asked.split('/').reverse()
    const open: number[] = []
    let links = 0
    let link: FollowedLink | null = null
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (name === '' || name === '.') continue
      if (name === '..') {
        open.pop()
        continue
      }
      const parent = open.at(-1) ?? ROOT
      const child = this.findChild(parent, name)
      if (child === undefined)
        return {...this.describeGap(parent, [name, ...pending.reverse()].join('/')), link}
      const target = linkTargetOf(tree, child)
      if (target === null) {
        open.push(child)
        continue
      }
      if (isSent[child] === 0 && ignoreUse.isIgnored[child] === 1)
        return {path: tree.pathOf(child), entry: null, isUnseen: true, link}
      if (++links > MAX_LINKS) return {path: asked, entry: null, isUnseen: false, link}
      link = this.describeLink(child, target)
      if (target.startsWith('/')) open.length = 0
      pending.push(...target.split('/').reverse())
    }
    const entry = open.at(-1) ?? ROOT
    return {path: entry === ROOT ? '.' : tree.pathOf(entry), entry, link}
  }

  private describeLink(entry: number, target: string): FollowedLink {
    const path = this.facts.tree.pathOf(entry)
    const depth = target.startsWith('/') ? 0 : path.split('/').length - 1
    return {path, target, leavesContext: climbsAbove(target, depth)}
  }

  private describeGap(parent: number, rest: string): {path: string; entry: null; isUnseen: boolean} {
    const above = parent === ROOT ? '' : this.facts.tree.pathOf(parent)
    const isUnseen = this.facts.ignoreUse.prunedDirectories.has(above)
    return {path: above === '' ? rest : `${above}/${rest}`, entry: null, isUnseen}
  }

  private findChild(parent: number, name: string): number | undefined {
    const {tree} = this.facts
    if (parent !== ROOT && !tree.isDirectory(parent)) return undefined
    for (const child of tree.childrenOf(parent)) if (tree.nameOf(child) === name) return child
    return undefined
  }

  /** The topmost entries among and below these that the ignore file keeps out, though what holds them crosses. */
  private missedIn(entries: readonly number[]): MissedEntry[] {
    this.missedEntries ??= this.findMissedEntries()
    const {tree} = this.facts
    return this.missedEntries.filter(({entry}) =>
      entries.some((root) => root <= entry && entry < tree.endOf(root)),
    )
  }

  private findMissedEntries(): MissedEntry[] {
    const {tree, ignoreUse, isSent} = this.facts
    const missed: MissedEntry[] = []
    for (let entry = 0; entry < tree.length; entry++) {
      if (isSent[entry] === 1 || ignoreUse.isIgnored[entry] === 0) continue
      const parent = tree.parentOf(entry)
      if (parent === ROOT || isSent[parent] === 1)
        missed.push({entry, decidedBy: this.decide(tree.pathOf(entry))})
    }
    return missed
  }

  /** The rule number of the pattern that decides on a path, -1 for none. */
  private decide(path: string): number {
    return this.facts.ignoreFacts.rules.matchPath(path).decidedBy
  }
}

/** Tells whether a relative path climbs above where it began, from so many directories below it. */
function climbsAbove(path: string, depth: number): boolean {
  let level = depth
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue
    level += name === '..' ? -1 : 1
    if (level < 0) return true
  }
  return false
}

/** What COPY takes for a wildcard. */
function hasWildcard(path: string): boolean {
  return /[*?[\\]/.test(path)
}
