import type {BuildGraph} from '../../../build/graph/build-graph.js'
import type {EvidenceTexts, ProofInput} from '../../../build/graph/proof-input.js'
import type {Timeline} from '../../../build/graph/timeline.js'
import type {BuildPlan} from '../../../plan/build-plan.js'
import type {FileTree} from '../../../tree/model/file-tree.js'

/** The build of a service with the context that it reads. */
export interface ServiceBuild {
  plan: BuildPlan
  graph: BuildGraph
  tree: FileTree
  /** Absolute. */
  contextPath: string
  /** The Dockerfile as reports name it. */
  file: string
  evidence: EvidenceTexts
  proof: ProofInput
  /** Of the image that is the outcome. */
  timeline: Timeline
}
