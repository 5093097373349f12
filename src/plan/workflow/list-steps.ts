import {
  childOf,
  type DocumentNode,
  type MapNode,
  type Place,
} from '../../languages/documents/document-node.js'
import {type Contexts, type Expanded, expandExpressions} from './expand-expressions.js'
import {expandMatrix} from './expand-matrix.js'

/** A step of a job, for one combination of the job's matrix. */
export interface WorkflowStep {
  /** `job`, or `job/step` when several steps of it build. */
  jobId: string
  /** The step's id or name; null without. */
  label: string | null
  /** The values of the matrix, as GitHub shows them: `linux, web`. Empty without one. */
  combination: string
  /** The action, `docker/build-push-action@v6`; null for a command. */
  uses: string | null
  place: Place
  /** An input of the action, expressions replaced. */
  input(name: string): Expanded | undefined
  /** Where an input is written; undefined without one. */
  inputNode(name: string): DocumentNode | undefined
  /** The command's script, expressions replaced; undefined for an action. */
  script: Expanded | undefined
  /** Where a command runs; relative to the repository. */
  directory: Expanded
}

const MAX_STEPS = 5000
const MAX_SHOWN_VALUES = 16
const MAX_SHOWN = 80

/** Lists the steps of all jobs of a workflow, in order, once for each combination of a matrix. */
export function listSteps(workflow: DocumentNode): WorkflowStep[] {
  const steps: WorkflowStep[] = []
  const jobs = childOf(workflow, 'jobs')
  if (jobs?.kind !== 'map') return steps
  for (const [jobId, job] of jobs.entries) {
    const found = childOf(job, 'steps')
    if (found?.kind !== 'list') continue
    for (const values of expandMatrix(job)) {
      for (const step of found.items) {
        if (step.kind !== 'map' || steps.length >= MAX_STEPS) continue
        const contexts = createContexts(values, [step, job, workflow])
        steps.push(readStep(step, {jobId, contexts, values, job, workflow}))
      }
    }
  }
  return steps
}

interface StepSurroundings {
  jobId: string
  contexts: Contexts
  values: ReadonlyMap<string, DocumentNode>
  job: DocumentNode
  workflow: DocumentNode
}

function readStep(step: MapNode, {jobId, contexts, values, job, workflow}: StepSurroundings): WorkflowStep {
  const inputs = childOf(step, 'with')
  const expand = (node: DocumentNode | undefined): Expanded | undefined =>
    node?.kind === 'scalar' ? expandExpressions(node.text, contexts) : undefined
  const label = expand(childOf(step, 'id')) ?? expand(childOf(step, 'name'))
  const directories = [
    childOf(step, 'working-directory'),
    ...[job, workflow].map((node) => childOf(childOf(childOf(node, 'defaults'), 'run'), 'working-directory')),
  ]
  return {
    jobId,
    label: label?.text ?? null,
    combination: showCombination(values),
    uses: expand(childOf(step, 'uses'))?.text ?? null,
    place: step.place,
    input: (name) => expand(childOf(inputs, name)),
    inputNode: (name) => childOf(inputs, name),
    script: expand(childOf(step, 'run')),
    directory: expand(directories.find((node) => node !== undefined)) ?? {text: '.'},
  }
}

/** As GitHub puts it behind a job's name: every value, cut to a bearable length. */
function showCombination(values: ReadonlyMap<string, DocumentNode>): string {
  const texts: string[] = []
  const pending = [...values.values()].reverse()
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'scalar' && node.text !== '') texts.push(node.text)
    if (node.kind === 'list') pending.push(...[...node.items].reverse())
    if (node.kind === 'map') pending.push(...[...node.entries.values()].reverse())
    if (texts.length >= MAX_SHOWN_VALUES) break
  }
  const text = texts.join(', ')
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

/** The environment of the step wins over that of its job, and that over the workflow's. */
function createContexts(
  values: ReadonlyMap<string, DocumentNode>,
  levels: readonly DocumentNode[],
): Contexts {
  return ([context, name, ...rest]) => {
    if (name === undefined) return undefined
    if (context === 'matrix') return descend(values.get(name), rest)
    if (context !== 'env') return undefined
    for (const level of levels) {
      const value = childOf(childOf(level, 'env'), name)
      // A value that is an expression itself is only known on GitHub.
      if (value !== undefined)
        return value.kind === 'scalar' && value.text.includes('${{') ? undefined : value
    }
    return undefined
  }
}

function descend(node: DocumentNode | undefined, path: readonly string[]): DocumentNode | undefined {
  let found = node
  for (const name of path) found = childOf(found, name)
  return found?.kind === 'scalar' && found.text.includes('${{') ? undefined : found
}
