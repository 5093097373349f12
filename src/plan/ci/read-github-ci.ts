import path from 'node:path'
import type {WorkflowStep} from '../workflow/list-steps.js'
import {findCheckoutPath} from '../workflow/read-workspace.js'
import type {CiBuild, CiCache, CiPlan} from './ci-plan.js'
import {readCommands} from './read-commands.js'

const BUILD_ACTION = /(?:^|\/)build-push-action@/i
const BUILDER_ACTION = /(?:^|\/)setup-buildx-action@/i
const CACHE_ACTION = /^actions\/cache(?:\/restore|\/save)?@/i

/** Machines that keep what a job leaves, or of which only GitHub knows what they are. */
const KEPT_RUNNER = /self-hosted|\$\{\{/

/** Reads what workflows say of builds and caches. @param rootDir the repository's, absolute */
export function readGithubCi(steps: readonly WorkflowStep[], rootDir: string): CiPlan {
  const plan: CiPlan = {builds: [], caches: []}
  for (const step of steps) {
    if (BUILD_ACTION.test(step.uses ?? '')) plan.builds.push(readAction(step, rootDir))
    else if (CACHE_ACTION.test(step.uses ?? '')) plan.caches.push(readCache(step))
    else if (step.script?.text.includes('docker')) plan.builds.push(...readScript(step, rootDir))
  }
  return plan
}

/** The text of an input as it is written where only GitHub knows it; empty without one. */
function textOf(step: WorkflowStep, name: string): string {
  return step.input(name)?.text.trim() ?? ''
}

function listLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

function factsOf(step: WorkflowStep): Pick<CiBuild, 'system' | 'job' | 'place' | 'hasBuilder' | 'isFresh'> {
  return {
    system: 'github',
    job: step.jobId,
    place: step.place,
    hasBuilder: step.before.some(makesBuilder),
    isFresh: step.runner !== '' && !KEPT_RUNNER.test(step.runner),
  }
}

/** `driver: docker` is the builder that is there anyway. */
function makesBuilder(step: WorkflowStep): boolean {
  if (BUILDER_ACTION.test(step.uses ?? '')) return textOf(step, 'driver') !== 'docker'
  return /docker buildx create\b/.test(step.script?.text ?? '')
}

function readAction(step: WorkflowStep, rootDir: string): CiBuild {
  const [context, file] = [textOf(step, 'context') || '.', textOf(step, 'file')]
  const told = file || path.posix.join(context, 'Dockerfile')
  const isKnown = !/\$\{\{|:\/\/|^git@/.test(context) && !told.includes('${{')
  const inRepository = path.posix.relative(findCheckoutPath(step), path.posix.normalize(told))
  return {
    ...factsOf(step),
    how: 'action',
    dockerfilePath: isKnown ? path.resolve(rootDir, inRepository) : null,
    target: textOf(step, 'target'),
    cacheFrom: listLines(textOf(step, 'cache-from')),
    cacheTo: listLines(textOf(step, 'cache-to')),
  }
}

function readScript(step: WorkflowStep, rootDir: string): CiBuild[] {
  const {script, directory} = step
  if (script === undefined || directory.unknown !== undefined) return []
  const facts = {...factsOf(step), rootDir, directory: path.posix.resolve('/', directory.text)}
  return readCommands(script.text, facts).builds
}

function readCache(step: WorkflowStep): CiCache {
  const key = textOf(step, 'key')
  const calls = [...key.matchAll(/hashFiles\(([^)]*)\)/g)]
  const hashed = calls.flatMap(([, list = '']) => [...list.matchAll(/'([^']*)'/g)].map(([, one = '']) => one))
  return {
    system: 'github',
    job: step.jobId,
    place: step.inputNode('key')?.place ?? step.place,
    key,
    hashed: calls.length === 0 ? null : hashed,
    // One that only saves is taken elsewhere.
    hasFallback: textOf(step, 'restore-keys') !== '' || /\/save@/.test(step.uses ?? ''),
  }
}
