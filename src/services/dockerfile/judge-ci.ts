import path from 'node:path'
import {OTHER_RULE_IDS} from '../../advice/rule-ids.js'
import {CI_RULES} from '../../advice/rules/ci/all-ci-rules.js'
import type {CiFacts} from '../../advice/rules/ci/define-ci-rule.js'
import {applyRuleSettings} from '../../config/apply-settings.js'
import {BuildFileError} from '../../errors.js'
import {createProjectFiles} from '../../host/files/create-project-files.js'
import {findRepository} from '../../host/files/locations.js'
import {readTrackedPaths} from '../../host/files/read-git-files.js'
import type {DocumentNode} from '../../languages/documents/document-node.js'
import {compilePattern} from '../../languages/ignore/compile-pattern.js'
import {createIgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import type {CiBuild, CiPlan} from '../../plan/ci/ci-plan.js'
import {readGithubCi} from '../../plan/ci/read-github-ci.js'
import {GITLAB_FILE, readGitlabCi} from '../../plan/ci/read-gitlab-ci.js'
import type {ProjectFiles} from '../../plan/project-files.js'
import {isOnlyCalled, listSteps, type RepositoryFiles} from '../../plan/workflow/list-steps.js'
import type {Finding} from '../../report/context-report.js'
import type {DockerfileReport} from '../../report/dockerfile-report.js'
import {toContextPath} from '../load/load-ignore-file.js'
import {dockerfileOf} from '../load/load-project.js'
import type {DockerfileAdvice} from './advise-dockerfiles.js'
import {findCiCacheProblems} from './find-ci-cache-problems.js'

const WORKFLOWS = '.github/workflows'

/** Judges what the CI files of the repository say of caches, for the Dockerfiles that are asked for. */
export async function judgeCi(
  {report, files, settings}: DockerfileAdvice,
  workingDir = process.cwd(),
): Promise<DockerfileReport> {
  const contextPath = path.resolve(workingDir, report.context)
  const rootDir = findRepository(contextPath) ?? contextPath
  const {plan, read, findings: broken} = await readCi(rootDir)
  const show = (file: string): string => toContextPath(contextPath, file)
  const facts = createFacts(plan, files, rootDir)
  const found = CI_RULES.flatMap(({id, severity, find}) =>
    find(facts).map(({place, ...problem}): Finding => {
      return {rule: id, severity, ...problem, file: show(place.file), line: place.line}
    }),
  )
  const ofCaches = await findCiCacheProblems(files)
  const shown = [
    ...report.findings,
    ...broken.map((one) => ({...one, file: show(one.file ?? '')})),
    ...found,
    ...ofCaches,
  ]
  const distinct = new Map(shown.map((finding) => [JSON.stringify(finding), finding]))
  return {
    ...report,
    findings: applyRuleSettings([...distinct.values()], settings.rules),
    ciFiles: read.map(show),
  }
}

interface ReadCi {
  plan: CiPlan
  /** Absolute. */
  read: string[]
  findings: Finding[]
}

async function readCi(rootDir: string): Promise<ReadCi> {
  const files = createProjectFiles()
  const result: ReadCi = {plan: {builds: [], caches: []}, read: [], findings: []}
  const directory = path.join(rootDir, WORKFLOWS)
  const names = files.listNames(directory).filter((name) => /\.ya?ml$/i.test(name))
  const repository: RepositoryFiles = {readYaml: () => null}
  const {parseYaml} = await import('../../languages/documents/parse-yaml.js')
  const parse = (file: string): DocumentNode | null => parseCi(file, files, result, parseYaml)
  repository.readYaml = (given) => parse(path.resolve(rootDir, given))
  for (const name of names) {
    const root = parse(path.join(directory, name))
    if (root === null) continue
    result.read.push(path.join(directory, name))
    if (!isOnlyCalled(root)) add(result.plan, readGithubCi(listSteps(root, repository), rootDir))
  }
  const root = parse(path.join(rootDir, GITLAB_FILE))
  if (root !== null) {
    result.read.push(path.join(rootDir, GITLAB_FILE))
    add(result.plan, readGitlabCi(root, rootDir))
  }
  return result
}

function add(plan: CiPlan, {builds, caches}: CiPlan): void {
  plan.builds.push(...builds)
  plan.caches.push(...caches)
}

type ParseYaml = (text: string, file: string) => (DocumentNode | null)[]

/** Null for a file that is not there, and for a broken one, which is told. */
function parseCi(
  file: string,
  files: ProjectFiles,
  {findings}: ReadCi,
  parseYaml: ParseYaml,
): DocumentNode | null {
  const read = files.read(file)
  if (read.status === 'missing') return null
  const tell = (reason: string, line: number): null => {
    const message = `the file cannot be read: ${reason}`
    findings.push({rule: OTHER_RULE_IDS.buildDefinition, severity: 'info', message, file, line})
    return null
  }
  if (read.status === 'unreadable') return tell(read.reason, 1)
  try {
    return parseYaml(read.text, file)[0] ?? null
  } catch (error) {
    if (!(error instanceof BuildFileError)) throw error
    return tell(error.message, error.line ?? 1)
  }
}

function createFacts(plan: CiPlan, files: DockerfileAdvice['files'], rootDir: string): CiFacts {
  const builds = files.flatMap((file) => file.builds)
  const tracked = readTrackedPaths(rootDir)
  const runs = new Map(
    builds.map((build) => {
      const {stages} = build.plan.dockerfile!.evaluated
      return [
        dockerfileOf(build.plan),
        stages.some(({instructions}) => instructions.some(({keyword}) => keyword === 'RUN')),
      ]
    }),
  )
  const isAsked = ({dockerfilePath}: CiBuild): boolean => dockerfilePath !== null && runs.has(dockerfilePath)
  return {
    builds: plan.builds
      .filter(isAsked)
      .map((build) => ({...build, hasRun: runs.get(build.dockerfilePath) === true})),
    allBuilds: plan.builds,
    caches: plan.caches,
    hasFile: (pattern) => {
      if (tracked === null) return null
      const {matches} = compilePattern(createIgnorePattern(pattern.replace(/^\.?\//, '')).glob)
      return tracked.some((one) => matches(one))
    },
  }
}
