import path from 'node:path'
import type {DocumentNode, Place} from '../../languages/documents/document-node.js'
import {isRemoteContext, isSpecialContext} from '../build-location.js'
import {type BuildProblem, type NamedBuilds, placesOf} from '../named-build.js'
import type {Expanded} from './expand-expressions.js'
import {listSteps, type WorkflowStep} from './list-steps.js'

/** A step that runs bake. */
export interface BakeStep {
  name: string
  /** Absolute; empty: the default names. */
  files: string[]
  targets: string[]
  /** Absolute: where bake runs. */
  workingDir: string
  place: Place
}

/** A step that runs a script in which `docker build` may stand. */
export interface ScriptStep {
  name: string
  script: string
  /** Where it runs, as an absolute path below which the repository is the root. */
  directory: string
  place: Place
}

/** What a workflow builds. */
export interface WorkflowBuilds extends NamedBuilds {
  bakeSteps: BakeStep[]
  scriptSteps: ScriptStep[]
}

/**
 * Reads what a GitHub workflow builds: `docker/build-push-action` and `docker/bake-action`, for each combination of
 * the matrix, and the scripts that may call Docker. What only GitHub knows is skipped with a problem of severity info.
 * @param rootDir the repository's, absolute
 */
export function readWorkflowBuilds(workflow: DocumentNode, rootDir: string): WorkflowBuilds {
  const reader = new WorkflowReader(rootDir)
  for (const step of listSteps(workflow)) reader.read(step)
  return reader.found
}

/** An expression that was not replaced. */
const UNKNOWN = /\$\{\{.*?\}\}/g

class WorkflowReader {
  readonly found: WorkflowBuilds = {builds: [], problems: [], bakeSteps: [], scriptSteps: []}

  constructor(private readonly rootDir: string) {}

  read(step: WorkflowStep): void {
    const action = (step.uses ?? '').split('@')[0]?.toLowerCase()
    if (action === 'docker/build-push-action') this.readBuild(step)
    else if (action === 'docker/bake-action') this.readBake(step)
    else if (step.script?.text.includes('docker')) this.readScript(step)
  }

  private readBuild(step: WorkflowStep): void {
    const context = this.readContext(step)
    if (context === null) return
    const file = this.known(step, 'file')
    const target = this.known(step, 'target')
    const contexts = this.readContexts(step)
    if (file === null || target === null || contexts === null) return
    const {buildArgs, unknownArgs, notes} = readArguments(step.input('build-args'))
    const platforms = step.input('platforms')
    const platform = platforms?.unknown ? undefined : splitList(platforms?.text ?? '')[0]
    if (platforms?.unknown) notes.push(`the platform ${platforms.unknown} is only known on GitHub`)
    if (context.note !== undefined) notes.unshift(context.note)
    const base = context.isGit ? context.path : this.rootDir
    this.found.builds.push({
      name: nameOf(step),
      contextPath: context.path,
      dockerfilePath: file ? path.resolve(base, file) : path.join(context.path, 'Dockerfile'),
      ...(target && {target}),
      buildArgs,
      ...(unknownArgs.size > 0 && {unknownArgs}),
      ...(platform && platform !== 'local' && {platform}),
      buildContexts: contexts,
      place: step.place,
      ...placesOf(step.inputNode('context'), step.inputNode('file')),
      ...(notes.length > 0 && {note: notes.join('; ')}),
    })
  }

  /** Without a path the builder clones the repository itself: nothing is sent from here. */
  private readContext(step: WorkflowStep): {path: string; isGit: boolean; note?: string} | null {
    const given = this.known(step, 'context')
    if (given === null) return null
    const git = given === '' ? ['', ''] : /^\{\{\s*defaultContext\s*\}\}(?::(.*))?$/.exec(given)
    if (git) {
      const note = 'a Git context: on GitHub the builder fetches it, this is what it holds'
      return {path: path.resolve(this.rootDir, git[1] || '.'), isGit: true, note}
    }
    if (isRemoteContext(given)) {
      this.addProblem(step, `is left out: Docker fetches its context "${given}" itself`)
      return null
    }
    return {path: path.resolve(this.rootDir, given), isGit: false}
  }

  private readContexts(step: WorkflowStep): Map<string, string> | null {
    const contexts = new Map<string, string>()
    const text = this.known(step, 'build-contexts')
    if (text === null) return null
    for (const [name, value] of splitPairs(text)) {
      contexts.set(name, isSpecialContext(value) ? value : path.resolve(this.rootDir, value))
    }
    return contexts
  }

  private readBake(step: WorkflowStep): void {
    const files = this.known(step, 'files')
    const targets = this.known(step, 'targets')
    const workdir = this.known(step, 'workdir')
    const source = this.known(step, 'source')
    if (files === null || targets === null || workdir === null || source === null) return
    const workingDir = path.resolve(this.rootDir, workdir || '.')
    const names = splitList(files)
    if ([source, ...names].some(isRemoteContext)) {
      this.addProblem(step, 'is left out: Docker fetches its bake file itself')
      return
    }
    this.found.bakeSteps.push({
      name: nameOf(step),
      files: names.map((name) => path.resolve(workingDir, name.replace(/^cwd:\/\//, ''))),
      targets: splitList(targets),
      workingDir,
      place: step.place,
    })
  }

  private readScript({script, directory, place, ...step}: WorkflowStep): void {
    if (script === undefined || directory.unknown !== undefined) return
    const rooted = path.posix.resolve('/', directory.text)
    this.found.scriptSteps.push({name: nameOf(step), script: script.text, directory: rooted, place})
  }

  /** An input's text, empty without one; null and a problem if only GitHub knows it. */
  private known(step: WorkflowStep, name: string): string | null {
    const input = step.input(name)
    if (input?.unknown === undefined) return input?.text.trim() ?? ''
    this.addProblem(step, `is left out: "${name}" is ${input.unknown}, which only GitHub knows`)
    return null
  }

  private addProblem(step: WorkflowStep, message: string): void {
    const problem: BuildProblem = {
      severity: 'info',
      message: `build "${nameOf(step)}" ${message}`,
      place: step.place,
    }
    const isKnown = this.found.problems.some((one) => one.message === problem.message)
    if (!isKnown) this.found.problems.push(problem)
  }
}

function nameOf({jobId, label, combination}: Pick<WorkflowStep, 'jobId' | 'label' | 'combination'>): string {
  const name = label === null ? jobId : `${jobId}/${label}`
  return combination === '' ? name : `${name} (${combination})`
}

/** Arguments that only GitHub knows are left to the Dockerfile's defaults. */
function readArguments(input: Expanded | undefined): {
  buildArgs: Map<string, string>
  unknownArgs: Map<string, string>
  notes: string[]
} {
  const buildArgs = new Map<string, string>()
  const unknownArgs = new Map<string, string>()
  for (const [name, value] of splitPairs(input?.text ?? '')) {
    if (`${name}=${value}`.includes('${{')) unknownArgs.set(name, value.replace(UNKNOWN, 'unknown'))
    else buildArgs.set(name, value)
  }
  const notes = unknownArgs.size === 0 ? [] : [`only known on GitHub: ${[...unknownArgs.keys()].join(', ')}`]
  return {buildArgs, unknownArgs, notes}
}

/** One `name=value` a line, in double quotes or not. */
function splitPairs(text: string): [name: string, value: string][] {
  const pairs: [string, string][] = []
  for (const line of text.split('\n')) {
    const plain = line.trim().replace(/^"(.*)"$/, '$1')
    const at = plain.indexOf('=')
    if (at > 0) pairs.push([plain.slice(0, at), plain.slice(at + 1)])
  }
  return pairs
}

function splitList(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
