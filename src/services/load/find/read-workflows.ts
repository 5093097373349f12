import path from 'node:path'
import {BuildFileError} from '../../../errors.js'
import type {DocumentNode} from '../../../languages/documents/document-node.js'
import {readShell} from '../../../languages/scripts/read-shell.js'
import {isSpecialContext} from '../../../plan/build-location.js'
import {readBuildCommand} from '../../../plan/command-line/read-build-command.js'
import {toBuildOptions} from '../../../plan/command-line/to-build-options.js'
import type {NamedBuild} from '../../../plan/named-build.js'
import {readYaml} from '../../../plan/read-yaml.js'
import {isOnlyCalled, type RepositoryFiles} from '../../../plan/workflow/list-steps.js'
import {
  readWorkflowBuilds,
  type ScriptStep,
  type WorkflowBuilds,
} from '../../../plan/workflow/read-workflow-builds.js'
import type {BuildSearch, SearchResult} from './build-search.js'

export const WORKFLOW_DIR = '.github/workflows'

/** Reads the builds of workflows that nobody asked for; bake files are left out, and so is what cannot be read. */
export function readWorkflows(search: BuildSearch): NamedBuild[] {
  const result: SearchResult = {builds: [], problems: [], files: []}
  for (const {found} of readAll(search, result)) {
    result.builds.push(...found.builds)
    for (const step of found.scriptSteps) readScript(step, search, result)
  }
  return result.builds
}

/** Reads every workflow; one that only another one calls is read there, with its inputs. */
export function readAll(search: BuildSearch, result: SearchResult): {file: string; found: WorkflowBuilds}[] {
  const {files, baseDir} = search
  const directory = path.join(baseDir, WORKFLOW_DIR)
  const names = files.listNames(directory).filter((name) => /\.ya?ml$/i.test(name))
  const parsed = names.flatMap((name) => {
    const file = path.join(directory, name)
    const root = parseWorkflow(search, file, result)
    return root === null ? [] : [{file, root}]
  })
  const called = new Set<string>()
  const repository = createRepositoryFiles(search, called)
  const read = ({file, root}: {file: string; root: DocumentNode}) => ({
    file,
    found: readWorkflowBuilds(root, baseDir, repository),
  })
  const own = parsed.filter(({root}) => !isOnlyCalled(root)).map(read)
  const uncalled = parsed.filter(({file, root}) => isOnlyCalled(root) && !called.has(file)).map(read)
  return [...own, ...uncalled]
}

/** Reads composite actions and reusable workflows; one that is broken counts as none. @param called takes what is read */
function createRepositoryFiles({baseDir, files}: BuildSearch, called: Set<string>): RepositoryFiles {
  return {
    readYaml(given) {
      const file = path.resolve(baseDir, given)
      const read = files.read(file)
      if (read.status !== 'read') return null
      called.add(file)
      try {
        return readYaml(read, files, file)[0] ?? null
      } catch (error) {
        if (error instanceof BuildFileError) return null
        throw error
      }
    },
  }
}

function parseWorkflow(search: BuildSearch, file: string, result: SearchResult): DocumentNode | null {
  const tell = (message: string, line: number): void => {
    result.problems.push({severity: 'warning', message, place: {file, line}})
  }
  const read = search.files.read(file)
  if (read.status !== 'read') {
    tell(`the workflow cannot be read: ${read.status === 'missing' ? 'it no longer exists' : read.reason}`, 1)
    return null
  }
  try {
    return readYaml(read, search.files, file)[0] ?? null
  } catch (error) {
    if (!(error instanceof BuildFileError)) throw error
    tell(`the workflow cannot be read: ${error.message}`, error.line ?? 1)
    return null
  }
}

/** Takes the `docker build` lines that stand there word for word. */
export function readScript(
  step: Omit<ScriptStep, 'workspace'> & Partial<Pick<ScriptStep, 'workspace'>>,
  {baseDir, env}: BuildSearch,
  result: SearchResult,
): void {
  for (const {words, directory} of readShell(step.script, {directory: step.directory})) {
    const own = words[0] === 'sudo' ? words.slice(1) : words
    const request = readBuildCommand(own)
    if (request === null) continue
    const {contextDir, dockerfile, target, buildContexts} = request
    const told = [contextDir, dockerfile ?? '', target ?? '', ...buildContexts, directory]
    if (told.some((word) => /[$`]/.test(word))) {
      const message = `build "${step.name}" is left out: "${own.join(' ')}" depends on what only GitHub knows`
      result.problems.push({severity: 'info', message, place: step.place})
      continue
    }
    const {platform, ...rest} = request
    const isKnown = platform !== undefined && !/[$`]/.test(platform)
    const options = toBuildOptions(
      {...rest, ...(isKnown && {platform}), buildArgs: request.buildArgs.filter(isLiteral)},
      env,
    )
    const at = path.join(baseDir, directory)
    const contextPath = path.resolve(at, contextDir)
    result.builds.push({
      name: step.name,
      contextPath,
      dockerfilePath: dockerfile ? path.resolve(at, dockerfile) : path.join(contextPath, 'Dockerfile'),
      ...(target && {target}),
      buildArgs: new Map(Object.entries(options.buildArgs ?? {})),
      ...(options.platform && {platform: options.platform}),
      buildContexts: new Map(
        Object.entries(options.buildContexts ?? {}).map(([name, given]) => [
          name,
          isSpecialContext(given) ? given : path.resolve(at, given),
        ]),
      ),
      place: step.place,
      ...(step.workspace && {workspace: step.workspace}),
    })
  }
}

function isLiteral(argument: string): boolean {
  return argument.includes('=') && !/[$`]/.test(argument)
}
