import path from 'node:path'
import {BuildFileError, SlimCheckError} from '../../../errors.js'
import {keepDifferent} from '../../../plan/named-build.js'
import type {BakeStep} from '../../../plan/workflow/read-workflow-builds.js'
import {type BuildSearch, failWithoutBuilds, type SearchResult, showPath} from './build-search.js'
import {findBakeBuilds} from './find-bake-builds.js'
import {readAll, readScript, WORKFLOW_DIR} from './read-workflows.js'

/** Each may start buildx. */
const MAX_BAKE_STEPS = 25

/**
 * Finds the builds of the GitHub workflows below `.github/workflows`. The same build in several jobs or files counts
 * once. A workflow that cannot be read is a problem, not an error.
 */
export async function findWorkflowBuilds(search: BuildSearch): Promise<SearchResult> {
  const directory = path.join(search.baseDir, WORKFLOW_DIR)
  const result: SearchResult = {builds: [], problems: [], files: []}
  const bakeSteps = new Map<string, BakeStep>()
  for (const {file, found} of readAll(search, result)) {
    result.files.push(file)
    result.problems.push(...found.problems)
    result.builds.push(...found.builds)
    for (const step of found.scriptSteps) readScript(step, search, result)
    for (const step of found.bakeSteps) {
      const key = JSON.stringify([step.workingDir, step.files, step.targets])
      if (!bakeSteps.has(key)) bakeSteps.set(key, step)
    }
  }
  for (const step of [...bakeSteps.values()].slice(0, MAX_BAKE_STEPS)) {
    await readBakeStep(step, search, result)
  }
  result.builds = keepDifferent(result.builds)
  return result.builds.length > 0 ? result : await findInstead(search, {...result, files: [directory]})
}

/** Where only GitHub knows what is built, the Dockerfiles that are there stand for it. @throws SlimCheckError without any */
async function findInstead(search: BuildSearch, left: SearchResult): Promise<SearchResult> {
  const isLeftOut = left.problems.some(({severity}) => severity === 'info')
  const {discoverBuilds} = await import('./discover-builds.js')
  const {builds, problems, files} = isLeftOut ? await discoverBuilds(search) : left
  if (builds.length === 0)
    failWithoutBuilds(search, left, 'no workflow builds a directory of this repository')
  return {builds, problems: [...left.problems, ...problems], files: [...left.files, ...files]}
}

async function readBakeStep(step: BakeStep, search: BuildSearch, result: SearchResult): Promise<void> {
  const inner = {...search, baseDir: step.workingDir, workingDir: step.workingDir, names: step.targets}
  try {
    const {builds, problems, files} = await findBakeBuilds(inner, step.files)
    result.builds.push(...builds.map((build) => ({...build, workspace: step.workspace})))
    result.problems.push(...problems)
    for (const file of files) if (!result.files.includes(file)) result.files.push(file)
  } catch (error) {
    if (!(error instanceof SlimCheckError || error instanceof BuildFileError)) throw error
    const where = error instanceof BuildFileError ? `${showPath(search, error.file)}: ` : ''
    const message = `build "${step.name}" is left out: ${where}${error.message}`
    result.problems.push({severity: 'info', message, place: step.place})
  }
}
