import {quote} from '../../text/quote.js'
import type {Dockerfile, Instruction} from '../syntax/instruction.js'
import {failAt, WorkBudget} from '../words/word-scope.js'
import {evaluateStage, firstLine, type StageInputs, type StageOutcome} from './evaluate-stage.js'
import type {EvaluatedDockerfile, EvaluatedStage} from './evaluated-dockerfile.js'
import {evaluateGlobalArguments} from './global-arguments.js'
import {groupStages} from './group-stages.js'
import {inheritTriggers} from './inherit-triggers.js'
import {createImageFinder, type ImageFacts} from './names/image-facts.js'
import {shortImageName} from './names/image-name.js'
import {type Platform, parsePlatform} from './names/platform.js'
import {StageGraph, type StageNode} from './stage-graph.js'
import {checkCircles} from './stage-reachability.js'
import {StepNamer} from './step-name.js'

export type * from './evaluated-dockerfile.js'

/** The options of a build that its Dockerfile depends on, under the names of the flags. */
export interface EvaluateOptions {
  /** Default: the last stage. */
  target?: string
  buildArgs?: Readonly<Record<string, string>>
  /** `os/architecture[/variant]`. Default: `linux/amd64`. */
  platform?: string
  /** Default: `platform`. */
  buildPlatform?: string
  namedContexts?: readonly string[]
  /** What is known of base images, by name. */
  images?: Readonly<Record<string, Partial<ImageFacts>>>
}

/**
 * Evaluates a Dockerfile as BuildKit plans a build. An image that is not known sets no variable and runs no trigger.
 * @throws DockerfileError for everything that fails the build before its first step
 */
export function evaluateDockerfile(
  dockerfile: Dockerfile,
  options: EvaluateOptions = {},
): EvaluatedDockerfile {
  const {globalArgs, stages: sources} = groupStages(dockerfile)
  const {escapeCharacter} = dockerfile
  const budget = new WorkBudget()
  const buildArgs = new Map(Object.entries(options.buildArgs ?? {}))
  const targetPlatform = readPlatform(options.platform ?? 'linux/amd64')
  const buildPlatform =
    options.buildPlatform === undefined ? targetPlatform : readPlatform(options.buildPlatform)
  const targetStage = options.target || (sources.at(-1)?.from.args[2]?.toLowerCase() ?? '')
  const globalInputs = {buildArgs, targetPlatform, buildPlatform, targetStage}
  const globals = evaluateGlobalArguments(globalArgs, globalInputs, {escapeCharacter, budget})
  const namedContexts = new Map(
    options.namedContexts?.map((name) => [shortImageName(name.toLowerCase()) ?? name, name]),
  )
  const graph = new StageGraph(sources, {globals, targetPlatform, escapeCharacter, budget, namedContexts})
  const showsStageNames = graph.nodes.length > 1 || dockerfile.instructions.some(hasMount)
  const target = graph.findTarget(options.target, sources.length)
  checkCircles(graph.nodes)
  const findImage = createImageFinder(options.images ?? {})
  const reachable = inheritTriggers(graph, target, findImage, budget)
  const stages = graph.nodes.slice(0, sources.length)
  const outcomes = evaluateStages(stages, reachable, {
    buildArgs,
    globals,
    escapeCharacter,
    budget,
    namer: new StepNamer(escapeCharacter),
    findImage,
  })
  return {
    stages: stages.map((node) => ({
      ...describeStage(node, escapeCharacter),
      isReachable: reachable.has(node),
      isTarget: node === target,
      instructions: outcomes.get(node)?.instructions ?? [],
    })),
    showsStageNames,
  }
}

function hasMount({keyword, flags}: Instruction): boolean {
  return keyword === 'RUN' && flags.some(({name}) => name === 'mount')
}

function readPlatform(specifier: string): Platform {
  const platform = parsePlatform(specifier, null)
  return platform ?? failAt(1)(`bad platform ${quote(specifier)}: write linux/amd64`)
}

type Outcomes = ReadonlyMap<StageNode, StageOutcome>

/** Evaluates the stages that are built, in order; one that a named context replaces is not. */
function evaluateStages(
  stages: readonly StageNode[],
  reachable: ReadonlySet<StageNode>,
  inputs: Omit<StageInputs, 'isBuilt'>,
): Outcomes {
  const outcomes = new Map<StageNode, StageOutcome>()
  const isBuilt = (node: StageNode) => node.isAnonymous || node.isReplaced || outcomes.has(node)
  for (const node of stages) {
    if (!reachable.has(node) || node.isReplaced) continue
    const parent = node.base ? (outcomes.get(node.base)?.state ?? null) : null
    outcomes.set(node, evaluateStage(node, parent, {...inputs, isBuilt}))
  }
  return outcomes
}

function describeStage(
  {index, name, baseName, base, namedContext, from, platform}: StageNode,
  escapeCharacter: string,
): Omit<EvaluatedStage, 'isReachable' | 'isTarget' | 'instructions'> {
  return {
    index,
    name: name || null,
    baseName,
    baseStageIndex: base?.index ?? null,
    baseNamedContext: namedContext,
    line: from.line,
    text: firstLine(from, escapeCharacter),
    range: from.range,
    platform,
  }
}
