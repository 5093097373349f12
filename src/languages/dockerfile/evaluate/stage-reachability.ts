import {failAt} from '../words/word-scope.js'
import type {StageNode} from './stage-graph.js'

/** The nodes that a target is made from, itself first. */
export function findReachable(target: StageNode): ReadonlySet<StageNode> {
  const reachable = new Set([target])
  // A set is visited in order of insertion, what is added on the way too.
  for (const node of reachable) {
    if (node.base) reachable.add(node.base)
    for (const dependency of node.dependencies.keys()) reachable.add(dependency)
  }
  return reachable
}

/** Fails when stages read each other in a circle; their bases cannot, they come before. */
export function checkCircles(nodes: readonly StageNode[]): void {
  const visited = new Set<StageNode>()
  for (const start of nodes) {
    if (!visited.has(start)) visit(start, visited)
  }
}

/** Walks in depth without recursion: a chain of stages may be long. */
function visit(start: StageNode, visited: Set<StageNode>): void {
  const path = new Set([start])
  const stack = [{node: start, pending: start.dependencies.entries()}]
  visited.add(start)
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const next = top.pending.next()
    if (next.done) {
      path.delete(top.node)
      stack.pop()
      continue
    }
    const [node, line] = next.value
    if (path.has(node))
      failAt(line)(`the stages depend on each other in a circle: ${describe([...path, node])}`)
    if (visited.has(node)) continue
    visited.add(node)
    path.add(node)
    stack.push({node, pending: node.dependencies.entries()})
  }
}

function describe(path: readonly StageNode[]): string {
  const last = path.at(-1)
  const circle = path.slice(last ? path.indexOf(last) : 0)
  return circle.map(({name, index}) => name || `${index}`).join(' → ')
}
