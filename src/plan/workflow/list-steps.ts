import {childOf, type DocumentNode, type MapNode} from '../../languages/documents/document-node.js'
import type {Location} from '../../languages/text/range.js'
import {type Contexts, type Expanded, expandExpressions} from './expand-expressions.js'
import {expandMatrix, type MatrixValues} from './expand-matrix.js'

/** A step of a job, for one combination of the job's matrix. */
export interface WorkflowStep {
  /** `job`, or `job/step` when several steps of it build. */
  jobId: string
  /** The step's id or name; null without. */
  label: string | null
  /** The values of the matrix, as GitHub shows them: `linux, web`. Empty without one. */
  combination: string
  /** The labels of the machine, as `runs-on` has them, one word each. */
  runner: string
  /** The action, `docker/build-push-action@v6`; null for a command. */
  uses: string | null
  place: Location
  /** The steps of the job before it, those of composite actions among them. */
  before: readonly WorkflowStep[]
  inputNames: readonly string[]
  /** An input of the action, expressions replaced. */
  input(name: string): Expanded | undefined
  /** Where an input is written; undefined without one. */
  inputNode(name: string): DocumentNode | undefined
  /** The command's script, expressions replaced; undefined for an action. */
  script: Expanded | undefined
  /** Where a command runs; relative to the repository. */
  directory: Expanded
}

/** The repository of a workflow, as far as its files are read. */
export interface RepositoryFiles {
  /** The first document of a YAML file; null where there is none. @param path relative to the repository */
  readYaml(path: string): DocumentNode | null
}

const MAX_STEPS = 5000
const MAX_SHOWN_VALUES = 16
const MAX_SHOWN = 80

/** How deep composite actions and reusable workflows are followed into each other; GitHub's own limit is 10. */
const MAX_DEPTH = 10

/**
 * Lists the steps of all jobs of a workflow, in order, once for each combination of a matrix. Composite actions and
 * reusable workflows of the same repository are followed, with their inputs.
 */
export function listSteps(workflow: DocumentNode, repository?: RepositoryFiles): WorkflowStep[] {
  return new StepLister(repository).list(workflow)
}

/** Tells whether a workflow runs only where another one calls it. */
export function isOnlyCalled(workflow: DocumentNode): boolean {
  // In YAML 1.1 the key is the boolean true.
  const on = childOf(workflow, 'on') ?? childOf(workflow, 'true')
  if (on?.kind === 'map') return on.entries.size === 1 && on.entries.has('workflow_call')
  return on?.kind === 'scalar' && on.text === 'workflow_call'
}

/** What surrounds a list of steps. */
interface Surroundings {
  jobId: string
  job: DocumentNode
  workflow: DocumentNode
  values: MatrixValues
  /** What \`inputs\` stands for. */
  inputs: ReadonlyMap<string, DocumentNode>
  /** Steps of the job so far. */
  before: WorkflowStep[]
  depth: number
  /** Of a composite action, its folder, relative to the repository. */
  actionDir?: string
}

class StepLister {
  private readonly steps: WorkflowStep[] = []

  constructor(private readonly repository: RepositoryFiles | undefined) {}

  list(workflow: DocumentNode): WorkflowStep[] {
    this.listJobs(workflow, readDefaults(workflow, 'workflow_dispatch'), '', 0)
    return this.steps
  }

  private listJobs(
    workflow: DocumentNode,
    inputs: ReadonlyMap<string, DocumentNode>,
    caller: string,
    depth: number,
  ): void {
    const jobs = childOf(workflow, 'jobs')
    if (jobs?.kind !== 'map' || depth > MAX_DEPTH) return
    for (const [name, job] of jobs.entries) {
      const jobId = caller === '' ? name : `${caller}/${name}`
      for (const values of expandMatrix(job)) {
        const surroundings = {jobId, job, workflow, values, inputs, before: [], depth}
        const contexts = createContexts(surroundings, [job, workflow])
        const uses = textOfNode(childOf(job, 'uses'))
        if (uses?.startsWith('./')) this.callWorkflow(uses, job, contexts, surroundings)
        else this.listItems(childOf(job, 'steps'), surroundings)
      }
    }
  }

  private callWorkflow(
    uses: string,
    job: DocumentNode,
    contexts: Contexts,
    {jobId, depth}: Surroundings,
  ): void {
    const called = this.repository?.readYaml(uses)
    if (!called) return
    const inputs = new Map([...readDefaults(called, 'workflow_call'), ...expandInputs(job, contexts)])
    this.listJobs(called, inputs, jobId, depth + 1)
  }

  private listItems(steps: DocumentNode | undefined, surroundings: Surroundings): void {
    if (steps?.kind !== 'list') return
    for (const step of steps.items) {
      if (step.kind !== 'map' || this.steps.length >= MAX_STEPS) continue
      const {job, workflow, before, depth} = surroundings
      const contexts = createContexts(surroundings, [step, job, workflow])
      const read = readStep(step, contexts, surroundings)
      const uses = read.uses ?? ''
      const action = uses.startsWith('./') && depth < MAX_DEPTH ? this.readAction(uses) : null
      if (action === null) {
        this.steps.push(read)
        before.push(read)
        continue
      }
      const inputs = new Map([...readActionDefaults(action), ...expandInputs(step, contexts)])
      const steps = childOf(childOf(action, 'runs'), 'steps')
      this.listItems(steps, {...surroundings, inputs, depth: depth + 1, actionDir: uses})
    }
  }

  /** A composite action; null for any other. */
  private readAction(uses: string): DocumentNode | null {
    const action =
      this.repository?.readYaml(`${uses}/action.yml`) ?? this.repository?.readYaml(`${uses}/action.yaml`)
    return action && textOfNode(childOf(childOf(action, 'runs'), 'using')) === 'composite' ? action : null
  }
}

function readStep(step: MapNode, contexts: Contexts, surroundings: Surroundings): WorkflowStep {
  const {jobId, values, job, workflow, before} = surroundings
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
    runner: listTexts(childOf(job, 'runs-on'))
      .map((label) => expandExpressions(label, contexts).text)
      .join(' '),
    uses: expand(childOf(step, 'uses'))?.text ?? null,
    place: step.place,
    before: [...before],
    inputNames: inputs?.kind === 'map' ? [...inputs.entries.keys()] : [],
    input: (name) => expand(childOf(inputs, name)),
    inputNode: (name) => childOf(inputs, name),
    script: expand(childOf(step, 'run')),
    directory: expand(directories.find((node) => node !== undefined)) ?? {text: '.'},
  }
}

/** A text, the texts of a list, or those of `{group, labels}`. */
function listTexts(node: DocumentNode | undefined): string[] {
  if (node?.kind === 'scalar') return [node.text]
  if (node?.kind === 'list') return node.items.flatMap(listTexts)
  return node?.kind === 'map' ? [...node.entries.values()].flatMap(listTexts) : []
}

/** The inputs of a workflow that have a default. */
function readDefaults(workflow: DocumentNode, event: string): Map<string, DocumentNode> {
  const on = childOf(workflow, 'on') ?? childOf(workflow, 'true')
  return defaultsOf(childOf(childOf(on, event), 'inputs'))
}

/** An action's input without a default is empty. */
function readActionDefaults(action: DocumentNode): Map<string, DocumentNode> {
  const inputs = childOf(action, 'inputs')
  const defaults = new Map<string, DocumentNode>()
  for (const [name, input] of inputs?.kind === 'map' ? inputs.entries : []) {
    defaults.set(name, childOf(input, 'default') ?? createText('', input))
  }
  return defaults
}

function defaultsOf(inputs: DocumentNode | undefined): Map<string, DocumentNode> {
  const defaults = new Map<string, DocumentNode>()
  for (const [name, input] of inputs?.kind === 'map' ? inputs.entries : []) {
    const value = childOf(input, 'default')
    if (value !== undefined) defaults.set(name, value)
  }
  return defaults
}

/** What the caller gives; a value that only GitHub knows stays an expression. */
function expandInputs(caller: DocumentNode, contexts: Contexts): Map<string, DocumentNode> {
  const inputs = new Map<string, DocumentNode>()
  const given = childOf(caller, 'with')
  for (const [name, node] of given?.kind === 'map' ? given.entries : []) {
    if (node.kind === 'scalar')
      inputs.set(name, createText(expandExpressions(node.text, contexts).text, node))
  }
  return inputs
}

function createText(text: string, {place}: DocumentNode): DocumentNode {
  return {kind: 'scalar', place, text, type: 'string'}
}

function textOfNode(node: DocumentNode | undefined): string | null {
  return node?.kind === 'scalar' ? node.text : null
}

/** As GitHub puts it behind a job's name: every value, cut to a bearable length. */
function showCombination(values: MatrixValues): string {
  const texts: string[] = []
  const pending = [...values.values()].reverse()
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'scalar' && node.text !== '') texts.push(node.text.trim().replace(/\s+/g, ' '))
    if (node.kind === 'list') pending.push(...[...node.items].reverse())
    if (node.kind === 'map') pending.push(...[...node.entries.values()].reverse())
    if (texts.length >= MAX_SHOWN_VALUES) break
  }
  const text = texts.join(', ')
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

/** The environment of the step wins over that of its job, and that over the workflow's. */
function createContexts(
  {values, inputs, actionDir}: Surroundings,
  levels: readonly DocumentNode[],
  depth = 0,
): Contexts {
  const contexts: Contexts = ([context, name, ...rest]) => {
    if (name === undefined) return undefined
    if (context === 'matrix') return descend(values.get(name), rest)
    if (context === 'inputs') return descend(inputs.get(name), rest)
    if (context === 'github' && name === 'action_path' && actionDir !== undefined) {
      return createText(actionDir, levels[0]!)
    }
    if (context !== 'env') return undefined
    const value = levels.flatMap((level) => childOf(childOf(level, 'env'), name) ?? [])[0]
    if (value?.kind !== 'scalar' || !value.text.includes('${{')) return value
    // A value that is an expression itself may be known, too.
    if (depth >= MAX_DEPTH) return undefined
    const inner = createContexts({values, inputs, actionDir} as Surroundings, levels, depth + 1)
    const {text, unknown} = expandExpressions(value.text, inner)
    return unknown === undefined ? createText(text, value) : undefined
  }
  return contexts
}

function descend(node: DocumentNode | undefined, path: readonly string[]): DocumentNode | undefined {
  let found = node
  for (const name of path) found = childOf(found, name)
  return found?.kind === 'scalar' && found.text.includes('${{') ? undefined : found
}
