import {joinPath, resolveContainerPath} from '../../languages/text/container-path.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {BuildGraph} from './build-graph.js'
import {traceBack} from './placements.js'
import {createTimelines, type Timeline, traceHandover} from './timeline.js'

/** The texts of the files that were opened to judge, by context path. */
export type EvidenceTexts = ReadonlyMap<string, string>

/** What a proof looks at: one build over one context. */
export interface ProofInput {
  tree: FileTree
  evidence: EvidenceTexts
  links: readonly ContextLink[]
  /** Null without a Dockerfile. */
  timelines: readonly Timeline[] | null
}

/** A build as far as its Dockerfile says. */
export interface PlannedGraph {
  plan: BuildPlan
  /** Null without a Dockerfile. */
  graph: BuildGraph | null
}

/** A link and the path in the context that it leads to. */
export interface ContextLink {
  entry: number
  target: string
}

/** @param links those of the tree, where they are known already */
export function createProofInput(
  {plan, graph}: PlannedGraph,
  tree: FileTree,
  evidence: EvidenceTexts,
  links: readonly ContextLink[] = listLinks(tree),
): ProofInput {
  const timelines = graph && createTimelines(plan.dockerfile?.path ?? '', graph, tree, plan.services)
  return {tree, evidence, links, timelines}
}

export function listLinks(tree: FileTree): ContextLink[] {
  const links: ContextLink[] = []
  for (const entry of tree.rareEntries()) {
    const target = tree.rareOf(entry)?.linkTarget
    if (typeof target !== 'string') continue
    const parent = tree.pathOf(tree.parentOf(entry))
    links.push({entry, target: resolveContainerPath(`/${parent}`, target).slice(1)})
  }
  return links
}

/** Stages that hand on what they were handed. */
const MAX_HANDOVERS = 8

/** The paths of the context that may lie at a container path in an image, whether they exist or not. */
export function sourcesOf(input: ProofInput, timeline: Timeline, containerPath: string, depth = 0): string[] {
  const found = new Set<string>()
  for (const event of timeline.events) {
    if (event.kind === 'arrival') {
      for (const placement of event.placements) {
        const path = traceBack(placement, containerPath)
        if (path !== null) found.add(path)
      }
    } else if (event.kind === 'handover' && depth < MAX_HANDOVERS) {
      const source = input.timelines?.find(({stageIndex}) => stageIndex === event.stageIndex)
      const traced = source === undefined ? null : traceHandover(event, containerPath)
      for (const one of traced?.sources ?? []) {
        for (const path of sourcesOf(input, source!, one, depth + 1)) found.add(path)
      }
    }
  }
  return [...found]
}

/** A file of the context that a step in a directory of the image would find there. */
export function findFiles(input: ProofInput, timeline: Timeline, directory: string, name: string): string[] {
  const directories = sourcesOf(input, timeline, directory)
  const direct = sourcesOf(input, timeline, directory === '/' ? `/${name}` : `${directory}/${name}`)
  const paths = new Set([...directories.map((path) => joinPath(path, name)), ...direct])
  return [...paths].filter((path) => {
    const entry = input.tree.find(path)
    return entry >= 0 && !input.tree.isDirectory(entry)
  })
}
