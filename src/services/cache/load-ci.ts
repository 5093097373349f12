import path from 'node:path'
import type {CiBuild} from '../../advice/rules/cache/cache-facts.js'
import {createProjectFiles} from '../../host/files/create-project-files.js'
import {findRepository} from '../../host/files/locations.js'
import type {BuildPlan} from '../../plan/build-plan.js'

/** Finds the builds of a Dockerfile in the repository's GitHub workflows. A workflow that cannot be read is none. */
export async function loadCi({context, dockerfile}: BuildPlan): Promise<CiBuild[]> {
  if (dockerfile === null || dockerfile.path === '-') return []
  const baseDir = findRepository(context.hostPath) ?? context.hostPath
  const files = createProjectFiles()
  if (files.listNames(path.join(baseDir, '.github/workflows')).length === 0) return []
  // What reads YAML is large, and most directories have no workflow.
  const {readWorkflows} = await import('../load/find/read-workflows.js')
  const search = {
    given: '.',
    baseDir,
    workingDir: baseDir,
    env: process.env,
    files,
    names: [],
    isExcluded: () => false,
  }
  const own = path.resolve(context.hostPath, dockerfile.path)
  return readWorkflows(search).flatMap(({dockerfilePath, contextPath, ciCache}): CiBuild[] => {
    if (ciCache === undefined || (dockerfilePath ?? path.join(contextPath, 'Dockerfile')) !== own) return []
    const {exportsTo, keepsMounts, place} = ciCache
    return [{file: path.relative(baseDir, place.file), line: place.line, exportsTo, keepsMounts}]
  })
}
