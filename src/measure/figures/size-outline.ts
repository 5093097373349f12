import type {SizeNode} from '../../report/size-node.js'

/** A line of an outline: a branch worth naming, and the lines below it. */
export interface OutlineNode {
  /** Names joined by `/` where a directory holds nothing but the next one. Empty for the root and a rest. */
  name: string
  /** The node of the figures; the first one if names are joined. */
  node: SizeNode
  /** The kind in words, where the line is the first of its kind; else empty. */
  title: string
  isDirectory: boolean
  children: OutlineNode[]
}

export interface OutlineOptions {
  /** The most lines below one branch; altogether there are at most four times as many. */
  top: number
  /** The most levels. Default: no limit. */
  depth?: number
}

/** A branch with a smaller share of the whole is not named. */
const NAMED_SHARE = 0.01
/** A branch with a smaller share of the whole is not opened. */
const OPENED_SHARE = 0.04
/** The lines below a branch must cover this share of it. */
const EXPLAINED_SHARE = 0.3
/** Lines altogether, as a multiple of `top`. */
const TOTAL_FACTOR = 4

/** A line that may be opened. */
interface Closed {
  line: OutlineNode
  /** The last of the joined nodes: its children are what opening shows. */
  last: SizeNode
  level: number
}

/**
 * Outlines a size tree: opens the largest branch first, as long as the branches named below it explain it. A known
 * branch (npm packages) is opened once unless a depth is given. Branches that are not named are summed up as a rest at
 * the end, so that each level adds up to the line above.
 */
export function outlineSizeTree(tree: SizeNode, options: OutlineOptions): OutlineNode {
  const root: OutlineNode = {name: '', node: tree, title: tree.title, isDirectory: true, children: []}
  const closed: Closed[] = [{line: root, last: tree, level: 0}]
  let lineCount = 0
  for (let next = takeLargest(closed); next !== undefined; next = takeLargest(closed)) {
    const {line, last, level} = next
    if (level >= (options.depth ?? Number.POSITIVE_INFINITY)) continue
    const named = chooseNamed(last, tree.transferBytes, options.top)
    const isWorthOpening = options.depth !== undefined || isUnknown(line, last)
    if (line !== root && !(isWorthOpening && isExplained(last, named, tree.transferBytes))) continue
    if (lineCount + named.length + 1 > options.top * TOTAL_FACTOR) continue
    for (const child of named) {
      const opened = joinNames(child, last.kind)
      line.children.push(opened.line)
      closed.push({...opened, level: level + 1})
    }
    const rest = sumRest(last, named)
    if (rest !== null) line.children.push(rest)
    lineCount += line.children.length
  }
  return root
}

function takeLargest(closed: Closed[]): Closed | undefined {
  let largest = 0
  for (let at = 1; at < closed.length; at++) {
    if (closed[at]!.last.transferBytes > closed[largest]!.last.transferBytes) largest = at
  }
  return closed.splice(largest, 1)[0]
}

/** The notable children. A single other child is named, too: `1 more` would take the same room. */
function chooseNamed({children}: SizeNode, wholeBytes: number, top: number): SizeNode[] {
  const entries = children.filter(({restCount}) => restCount !== 0)
  const notable = entries.filter(
    ({isRest, transferBytes}) => !isRest && transferBytes >= wholeBytes * NAMED_SHARE,
  )
  const isOneLeft = notable.length === entries.length - 1 && entries.at(-1)?.isRest !== true
  return (notable.length > 0 && isOneLeft ? entries : notable).slice(0, top)
}

/** A known kind explains itself: it is opened once where it begins, and not below. */
function isUnknown({title}: OutlineNode, {kind}: SizeNode): boolean {
  return kind === 'other' || title !== ''
}

function isExplained({transferBytes}: SizeNode, named: readonly SizeNode[], wholeBytes: number): boolean {
  const namedBytes = named.reduce((sum, child) => sum + child.transferBytes, 0)
  return transferBytes >= wholeBytes * OPENED_SHARE && namedBytes >= transferBytes * EXPLAINED_SHARE
}

function joinNames(node: SizeNode, kindAround: string): {line: OutlineNode; last: SizeNode} {
  let last = node
  let name = node.name
  for (let only = onlyChildOf(last); only !== null; only = onlyChildOf(last)) {
    last = only
    name += `/${only.name}`
  }
  const title = last.kind === kindAround ? '' : last.title
  return {line: {name, node, title, isDirectory: last.isDirectory, children: []}, last}
}

/** The one entry that a directory holds; null if there are others, or if it is where another kind begins. */
function onlyChildOf({children, kind}: SizeNode): SizeNode | null {
  const [first, second, third] = children
  if (first === undefined || first.isRest || third !== undefined) return null
  if (second !== undefined && second.restCount !== 0) return null
  return kind === 'other' || first.kind === kind ? first : null
}

/** The children that are not named; null if there is nothing but the directory's own packet. */
function sumRest(node: SizeNode, named: readonly SizeNode[]): OutlineNode | null {
  const others = node.children.filter((child) => !named.includes(child))
  const rest: SizeNode = {
    ...node,
    name: '',
    children: [],
    isRest: true,
    restCount: 0,
    fileCount: 0,
    transferBytes: 0,
    leavingFileCount: 0,
    leavingBytes: 0,
  }
  for (const child of others) {
    rest.restCount! += child.isRest ? child.restCount! : 1
    rest.fileCount += child.fileCount
    rest.transferBytes += child.transferBytes
    rest.leavingFileCount += child.leavingFileCount
    rest.leavingBytes += child.leavingBytes
  }
  if (rest.restCount === 0) return null
  return {name: '', node: rest, title: '', isDirectory: false, children: []}
}
