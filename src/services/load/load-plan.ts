import path from 'node:path'
import {DockerfileError, SlimCheckError, TargetNotFoundError} from '../../errors.js'
import {openContext} from '../../host/files/open-context.js'
import {findDefaultDockerfile, readDockerfile} from '../../host/files/read-dockerfile.js'
import {readTrackedPaths} from '../../host/files/read-git-files.js'
import {isSpecialContext} from '../../plan/build-location.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {BuildPlan, ContextSource, NamedContext} from '../../plan/build-plan.js'
import {explainBaseImage} from '../../plan/explain-base-image.js'
import {findTemplateSign} from '../../plan/find-template-sign.js'
import {placeService} from '../../plan/service-run.js'
import type {Workspace} from '../../plan/workspace.js'
import {type Evaluation, Evaluations} from './evaluate-content.js'
import {loadIgnoreFile, toContextPath} from './load-ignore-file.js'

/** A Dockerfile and where it came from. */
interface DockerfileSource {
  content: Uint8Array
  /** How messages call it. */
  shown: string
  /** null for standard input. */
  hostPath: string | null
}

/**
 * Loads the one build that the options describe.
 * @param evaluations those of earlier builds, for this one and the next
 * @throws SlimCheckError for everything that keeps Docker from starting it
 */
export function loadPlan(options: BuildOptions, evaluations = new Evaluations()): BuildPlan {
  const workingDir = options.workingDir ?? process.cwd()
  const contextDir = openContext(options.contextDir, workingDir)
  const source = findDockerfile(options, contextDir, workingDir)
  const context =
    options.workspace?.kind === 'git'
      ? {
          path: options.contextDir,
          hostPath: contextDir,
          ignoreFile: null,
          git: {tracked: readTrackedPaths(contextDir)},
        }
      : loadContext(options.contextDir, contextDir, source?.hostPath ?? null)
  const target = options.target ?? null
  if (source === null) {
    return {name: options.contextDir, context, dockerfile: null, target, namedContexts: []}
  }
  const {evaluated, lacking} = evaluate(source, options, evaluations)
  const dockerfilePath = source.hostPath === null ? '-' : toContextPath(contextDir, source.hostPath)
  return {
    name: dockerfilePath,
    context,
    dockerfile: {
      path: dockerfilePath,
      content: source.content,
      evaluated,
      ...(options.isSearched && {isSearched: true}),
      ...(options.isVague && {isVague: true}),
      ...(options.isOpen && {isOpen: true}),
      ...(lacking.length > 0 && {lacking}),
    },
    target,
    namedContexts: loadNamedContexts(options.buildContexts ?? {}, workingDir),
    ...(options.workspace && {workspace: placeWorkspace(options.workspace, contextDir, workingDir)}),
    ...(options.services && {
      services: options.services.map((service) =>
        placeService(service, (file) => toContextPath(contextDir, path.resolve(workingDir, file))),
      ),
    }),
  }
}

/** The same build of other texts, as an earlier commit has them. @throws SlimCheckError where they are broken */
export function changeTexts(
  plan: BuildPlan,
  options: BuildOptions,
  content: Uint8Array,
  ignoreFile: ContextSource['ignoreFile'],
): BuildPlan {
  const shown = plan.dockerfile?.path ?? 'Dockerfile'
  const {evaluated} = evaluate({content, shown, hostPath: null}, options, new Evaluations())
  return {
    ...plan,
    context: {...plan.context, ignoreFile},
    dockerfile: {path: shown, content, evaluated},
  }
}

function placeWorkspace(workspace: Workspace, contextDir: string, workingDir: string): Workspace {
  const {file, line} = workspace.place
  return {...workspace, place: {file: toContextPath(contextDir, path.resolve(workingDir, file)), line}}
}

function findDockerfile(
  options: BuildOptions,
  contextDir: string,
  workingDir: string,
): DockerfileSource | null {
  if (options.dockerfileContent !== undefined) {
    return {content: options.dockerfileContent, shown: '-', hostPath: null}
  }
  if (options.dockerfile !== undefined) {
    const hostPath = path.resolve(workingDir, options.dockerfile)
    return {content: readDockerfile(hostPath, options.dockerfile), shown: options.dockerfile, hostPath}
  }
  const hostPath = findDefaultDockerfile(contextDir)
  if (hostPath === null) return null
  const shown = path.join(options.contextDir, path.basename(hostPath))
  return {content: readDockerfile(hostPath, shown), shown, hostPath}
}

function evaluate(source: DockerfileSource, options: BuildOptions, evaluations: Evaluations): Evaluation {
  try {
    return evaluations.evaluate(source.content, options)
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error
    throw explainDockerfileError(source, error, {...options.unknownArgs, ...options.buildArgs})
  }
}

function explainDockerfileError(
  {content, shown}: DockerfileSource,
  error: DockerfileError,
  buildArgs: Readonly<Record<string, string>>,
): SlimCheckError {
  const {message: reason, line} = error
  if (error instanceof TargetNotFoundError)
    return new SlimCheckError('target-not-found', {file: shown, reason})
  const template = findTemplateSign(content, line)
  if (template !== null) {
    return new SlimCheckError('dockerfile-invalid', {
      file: shown,
      line,
      reason: `it is a template ("${template}"), which another program makes the Dockerfile of: ${reason}`,
      fix: 'Check the Dockerfile that comes of it',
      isTemplate: true,
    })
  }
  const fix = explainBaseImage(content, line, buildArgs)
  return new SlimCheckError('dockerfile-invalid', {
    file: shown,
    line,
    reason,
    ...(fix !== undefined && {fix}),
  })
}

function loadContext(given: string, hostPath: string, dockerfilePath: string | null): ContextSource {
  return {path: given, hostPath, ignoreFile: loadIgnoreFile(hostPath, dockerfilePath)}
}

function loadNamedContexts(
  buildContexts: Readonly<Record<string, string>>,
  workingDir: string,
): NamedContext[] {
  const named: NamedContext[] = []
  for (const [name, given] of Object.entries(buildContexts)) {
    if (isSpecialContext(given)) continue
    const context = loadContext(given, openContext(given, workingDir), null)
    named.push({name, context})
  }
  return named
}
