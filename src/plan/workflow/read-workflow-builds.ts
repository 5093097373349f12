import path from 'node:path'
import type {DocumentNode} from '../../languages/documents/document-node.js'
import type {Location} from '../../languages/text/range.js'
import {isRemoteContext, isSpecialContext} from '../build-location.js'
import {type BuildProblem, type CiCache, type NamedBuilds, placesOf} from '../named-build.js'
import type {Workspace} from '../workspace.js'
import type {Expanded} from './expand-expressions.js'
import {listSteps, type RepositoryFiles, type WorkflowStep} from './list-steps.js'
import {findCheckoutPath, readWorkspace} from './read-workspace.js'

/** A step that runs bake. */
export interface BakeStep {
  name: string
  /** Absolute; empty: the default names. */
  files: string[]
  targets: string[]
  /** Absolute: where bake runs. */
  workingDir: string
  place: Location
  workspace: Workspace
}

/** A step that runs a script in which `docker build` may stand. */
export interface ScriptStep {
  name: string
  script: string
  /** Where it runs, as an absolute path below which the repository is the root. */
  directory: string
  place: Location
  workspace: Workspace
}

/** What a workflow builds. */
export interface WorkflowBuilds extends NamedBuilds {
  bakeSteps: BakeStep[]
  scriptSteps: ScriptStep[]
}

/**
 * Reads what a GitHub workflow builds: `docker/build-push-action`, its forks and `docker/bake-action`, for each
 * combination of the matrix, and the scripts that may call Docker. What only GitHub knows is skipped with a problem of severity info.
 * @param rootDir the repository's, absolute
 */
export function readWorkflowBuilds(
  workflow: DocumentNode,
  rootDir: string,
  repository?: RepositoryFiles,
): WorkflowBuilds {
  const reader = new WorkflowReader(rootDir)
  for (const step of listSteps(workflow, repository)) reader.read(step)
  return reader.found
}

/** What the inputs of an action that builds are called. */
interface BuildInputs {
  context: string
  file: string
  /** Without a context it fetches the repository. */
  isGitByDefault: boolean
}

const CONTEXT_INPUTS = ['context', 'build-context', 'build_context', 'docker-context', 'directory']
const FILE_INPUTS = [
  'file',
  'dockerfile',
  'dockerfile-path',
  'dockerfile_path',
  'docker-file',
  'containerfile',
]
/** Other inputs of an action that builds and pushes. */
const BUILD_INPUTS =
  /^(?:push|tags?|load|platforms?|build[-_]args|target|cache-(?:from|to))$|image|registry|dockerhub|buildx/

/**
 * Tells which inputs of an action give a build: of `docker/build-push-action`, of its forks, and of any action that
 * takes a context or a Dockerfile, and says so in its name. Null for any other.
 */
function findBuildInputs({uses, inputNames}: WorkflowStep): BuildInputs | null {
  const action = (uses ?? '').split('@')[0]!.toLowerCase()
  const isFork = /(?:^|\/)build-push-action$/.test(action)
  if (isFork) return {context: 'context', file: 'file', isGitByDefault: true}
  if (!/build/.test(action) || /bake|setup|buildah|kaniko/.test(action)) return null
  const context = CONTEXT_INPUTS.find((name) => inputNames.includes(name))
  const file = FILE_INPUTS.find((name) => inputNames.includes(name))
  const isBuild = inputNames.some((name) => BUILD_INPUTS.test(name)) && (context ?? file) !== undefined
  return isBuild ? {context: context ?? 'context', file: file ?? 'file', isGitByDefault: false} : null
}

/** Where runners of GitHub keep the workspace: what begins so is a path of it. */
const RUNNER_WORKSPACE =
  /^(?:\/home\/runner\/work\/[^/]+\/[^/]+|\/__w\/[^/]+\/[^/]+|\/github\/workspace)(?=\/|$)/

/** An expression that was not replaced. */
const UNKNOWN = /\$\{\{.*?\}\}/g

class WorkflowReader {
  readonly found: WorkflowBuilds = {builds: [], problems: [], bakeSteps: [], scriptSteps: []}

  constructor(private readonly rootDir: string) {}

  read(step: WorkflowStep): void {
    const action = (step.uses ?? '').split('@')[0]?.toLowerCase()
    const inputs = findBuildInputs(step)
    if (inputs !== null) this.readBuild(step, inputs)
    else if (action?.endsWith('/bake-action')) this.readBake(step)
    else if (step.script?.text.includes('docker')) this.readScript(step)
  }

  private readBuild(step: WorkflowStep, inputs: BuildInputs): void {
    const context = this.readContext(step, inputs)
    if (context === null) return
    const file = this.known(step, inputs.file)
    const target = this.known(step, 'target')
    const contexts = this.readContexts(step)
    if (file === null || target === null || contexts === null) return
    const {buildArgs, unknownArgs, notes} = readArguments(step.input('build-args'))
    const platforms = step.input('platforms')
    const platform = platforms?.unknown ? undefined : splitList(platforms?.text ?? '')[0]
    if (platforms?.unknown) notes.push(`the platform ${platforms.unknown} is only known on GitHub`)
    if (context.note !== undefined) notes.unshift(context.note)
    const resolve = (given: string): string => this.resolve(step, given)
    const workspace = context.isGit ? {kind: 'git' as const, maker: null} : readOwnWorkspace(step, inputs)
    this.found.builds.push({
      name: nameOf(step),
      contextPath: context.path,
      dockerfilePath: findDockerfile(file, context, resolve),
      ...(target && {target}),
      buildArgs,
      ...(unknownArgs.size > 0 && {unknownArgs}),
      ...(platform && platform !== 'local' && {platform}),
      buildContexts: contexts,
      place: step.place,
      ...placesOf(step.inputNode(inputs.context), step.inputNode(inputs.file)),
      workspace: {...workspace, place: step.place},
      ciCache: readCiCache(step),
      ...(notes.length > 0 && {note: notes.join('; ')}),
    })
  }

  /** Without a path the builder clones the repository itself: nothing is sent from here. */
  private readContext(
    step: WorkflowStep,
    {context, isGitByDefault}: BuildInputs,
  ): {path: string; isGit: boolean; note?: string} | null {
    const given = this.known(step, context)
    if (given === null) return null
    const isDefault = given === '' && isGitByDefault
    const git = isDefault ? ['', ''] : /^\{\{\s*defaultContext\s*\}\}(?::(.*))?$/.exec(given)
    if (git) {
      const note =
        'a Git context: the builder fetches what Git tracks, nothing is sent from here, and no .dockerignore is read ("context: ." after a checkout reads it)'
      return {path: path.resolve(this.rootDir, git[1] || '.'), isGit: true, note}
    }
    if (isRemoteContext(given)) {
      this.addProblem(step, `is left out: Docker fetches its context "${given}" itself`)
      return null
    }
    return {path: this.resolve(step, given || '.'), isGit: false}
  }

  /** A path of the workspace, where the repository may have been checked out into a folder. */
  private resolve(step: WorkflowStep, given: string): string {
    const inWorkspace = path.posix.normalize(given.replace(RUNNER_WORKSPACE, '.'))
    const checkout = findCheckoutPath(step)
    return path.resolve(this.rootDir, path.posix.relative(checkout, inWorkspace) || '.')
  }

  private readContexts(step: WorkflowStep): Map<string, string> | null {
    const contexts = new Map<string, string>()
    const text = this.known(step, 'build-contexts')
    if (text === null) return null
    for (const [name, value] of splitPairs(text)) {
      contexts.set(name, isSpecialContext(value) ? value : this.resolve(step, value))
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
      workspace: {...readBakeWorkspace(step, source), place: step.place},
    })
  }

  private readScript(step: WorkflowStep): void {
    const {script, directory, place} = step
    if (script === undefined || directory.unknown !== undefined) return
    const rooted = path.posix.resolve('/', directory.text)
    const workspace = {...readWorkspace(step), place}
    this.found.scriptSteps.push({
      name: nameOf(step),
      script: script.text,
      directory: rooted,
      place,
      workspace,
    })
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

/** Actions that carry the content of cache mounts from one run to the next. */
const MOUNT_KEEPER = /cache-dance|buildkit-cache|buildx-cache-mount/i

/** What only GitHub knows of it is left as it is written. */
function readCiCache(step: WorkflowStep): CiCache {
  const text = step.input('cache-to')?.text.trim() ?? ''
  return {
    exportsTo: text === '' ? null : text,
    keepsMounts: step.before.some(({uses}) => MOUNT_KEEPER.test(uses ?? '')),
    place: step.inputNode('cache-to')?.place ?? step.place,
  }
}

/** An unknown action may check out the repository itself, and make files. */
function readOwnWorkspace(
  step: WorkflowStep,
  {isGitByDefault}: BuildInputs,
): Pick<Workspace, 'kind' | 'maker'> {
  const workspace = readWorkspace(step)
  return isGitByDefault ? workspace : {kind: 'checkout', maker: workspace.maker ?? step.uses}
}

/** From version 6 on bake, too, has the builder fetch the repository, unless `source` names a directory. */
function readBakeWorkspace(step: WorkflowStep, source: string): Pick<Workspace, 'kind' | 'maker'> {
  const version = Number(/@v?(\d+)/.exec(step.uses ?? '')?.[1] ?? Number.NaN)
  const isGit = version >= 6 && /^(?:\{\{\s*defaultContext\s*\}\}.*)?$/.test(source)
  return isGit ? {kind: 'git', maker: null} : readWorkspace(step)
}

/** The Dockerfile of a Git context is relative to it, any other to the workspace. */
function findDockerfile(
  file: string,
  context: {path: string; isGit: boolean},
  resolve: (given: string) => string,
): string {
  if (file === '') return path.join(context.path, 'Dockerfile')
  return context.isGit ? path.resolve(context.path, file) : resolve(file)
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
  const notes =
    unknownArgs.size === 0
      ? []
      : [`these build arguments are only known on GitHub: ${[...unknownArgs.keys()].join(', ')}`]
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
