/** Safe rewrites of realistic projects: both texts are built with real package managers, and leave the same files. */
import assert from 'node:assert/strict'
import {execFile, spawnSync} from 'node:child_process'
import {copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {promisify} from 'node:util'
import type {Rewrite} from '../../../src/report/dockerfile-report.js'
import {
  adviseDockerfiles,
  type DockerfileAdvice,
} from '../../../src/services/dockerfile/advise-dockerfiles.js'
import {verifyRewrites} from '../../../src/services/dockerfile/verify-rewrites.js'
import {planChanges} from '../../../src/services/dockerfile/write-rewrites.js'
import {projectRoot} from '../../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'
import {requireEngine} from '../engine.js'
import {type LocalRegistry, startRegistry} from './local-registry.js'
import {PROJECTS, type RewriteProject} from './projects.js'

/** An image with package managers that already exists, as make-base.sh makes it. */
const GIVEN = process.env.SLIM_CHECK_REWRITE_BASE
const OWN = `slim-check-rewrites:${process.pid}`
const MAKE_BASE = path.join(projectRoot, 'test/engine/rewrites/make-base.sh')

/** Projects that are built at the same time. */
const AT_ONCE = 3

describe('safe rewrites on a real engine', function () {
  this.timeout(600_000)
  let root = ''
  let registry: LocalRegistry
  let programs = new Set<string>()
  const base = GIVEN ?? OWN
  const trials = new Map<RewriteProject, Promise<Trial | Error>>()

  before(async function () {
    requireEngine(this)
    if (GIVEN === undefined && !canMakeBase()) {
      tellNotRun(
        `${PROJECTS.length} projects: a base image is made by root with apt-get, or named in SLIM_CHECK_REWRITE_BASE`,
      )
      this.skip()
    }
    root = makeTemporaryDirectory()
    registry = await startRegistry()
    if (GIVEN === undefined) await promisify(execFile)('sh', [MAKE_BASE, OWN])
    programs = await findPrograms()
    const possible = PROJECTS.filter(({needs}) => programs.has(needs))
    for (const project of possible) layOutProject(project)
    await makeLocks(possible)
    startTrials(possible)
  })
  after(async () => {
    await Promise.all(trials.values())
    if (root === '') return
    registry.close()
    if (GIVEN === undefined) spawnSync('docker', ['image', 'rm', '-f', OWN])
    removeTree(root)
  })

  const contextOf = (project: RewriteProject) => path.join(root, `context-${PROJECTS.indexOf(project)}`)
  const put = (text: string) => text.replaceAll('REGISTRY', registry.url)

  function layOutProject(project: RewriteProject): void {
    const files = Object.entries(project.files).map(([name, text]) => [name, put(text)])
    writeFiles(contextOf(project), {
      ...Object.fromEntries(files),
      Dockerfile: put(writeDockerfile(base, project)),
      '.dockerignore': 'Dockerfile\n',
    })
  }

  /** The programs of the base image, as a build sees them. */
  async function findPrograms(): Promise<Set<string>> {
    const context = path.join(root, 'programs')
    const names = [...new Set(PROJECTS.map(({needs}) => needs))]
    const script = names.map((name) => `command -v ${name} >/dev/null && touch /found/${name}`).join('; ')
    writeFiles(context, {
      Dockerfile: `FROM ${base} AS a\nRUN mkdir /found; ${script}; true\nFROM scratch\nCOPY --from=a /found /\n`,
    })
    await exportTo(context, path.join(context, 'out'), 'Dockerfile')
    return new Set(names.filter((name) => existsSync(path.join(context, 'out', name))))
  }

  /** Makes the lock files with the real programs, all in one build. */
  async function makeLocks(projects: readonly RewriteProject[]): Promise<void> {
    const locked = projects.flatMap((project) => (project.lock ? [{project, lock: project.lock}] : []))
    const stages = locked.map(({project, lock}, at) => {
      const context = path.basename(contextOf(project))
      return `FROM ${base} AS a${at}\nENV GOPROXY=${registry.url}/go GOSUMDB=off GOFLAGS=-mod=mod\n${project.before ?? ''}WORKDIR /p\nCOPY ${context} .\nRUN ${lock.command}\n`
    })
    const copies = locked.map(({lock}, at) => `COPY --from=a${at} /p/${lock.file} /${at}\n`)
    const out = path.join(root, 'locks')
    writeFiles(root, {'lock.Dockerfile': `${stages.join('')}FROM scratch\n${copies.join('')}`})
    await exportTo(root, out, 'lock.Dockerfile')
    for (const [at, {project, lock}] of locked.entries())
      copyFileSync(path.join(out, `${at}`), path.join(contextOf(project), lock.file))
    rmSync(out, {recursive: true})
  }

  /** Not while waiting for it: the registry must answer. */
  async function exportTo(context: string, out: string, file: string): Promise<void> {
    const words = [
      'build',
      '--network=host',
      '--progress=plain',
      '-f',
      path.join(context, file),
      '-o',
      out,
      context,
    ]
    await promisify(execFile)('docker', words)
  }

  /** Some at a time, in their order; each test waits for its own. */
  function startTrials(projects: readonly RewriteProject[]): void {
    const lanes: Promise<unknown>[] = Array.from({length: AT_ONCE}, () => Promise.resolve())
    for (const [at, project] of projects.entries()) {
      const trial = lanes[at % AT_ONCE]!.then(() => tryProject(contextOf(project))).catch(
        (error: Error) => error,
      )
      lanes[at % AT_ONCE] = trial
      trials.set(project, trial)
    }
  }

  for (const project of PROJECTS) {
    it(project.title, async function () {
      const trial = trials.get(project)
      if (trial === undefined) {
        const reason = `${project.title}: there is no ${project.needs} in ${base}`
        assert.ok(GIVEN !== undefined, reason)
        tellNotRun(reason)
        return this.skip()
      }
      const found = await trial
      if (found instanceof Error) throw found
      const told = JSON.stringify(found.advice.report.rewrites, null, 1)
      assert.deepEqual(
        found.safe.map(({rule}) => rule),
        project.rules,
        told,
      )
      assert.deepEqual(
        found.outcomes,
        project.rules.map(() => ['equal', undefined, []]),
      )
    })
  }
})

/** What became of a project. */
interface Trial {
  advice: DockerfileAdvice
  safe: readonly Rewrite[]
  /** Of each safe rewrite: status, reason and differences. */
  outcomes: unknown[]
}

async function tryProject(context: string): Promise<Trial> {
  const advice = await adviseDockerfiles({build: {contextDir: context}, choice: null})
  const safe = advice.report.rewrites.filter(({confidence}) => confidence === 'safe')
  const outcomes: unknown[] = []
  const call = {flags: ['--network=host'], signal: new AbortController().signal, onBuild: () => {}}
  // Those that touch each other are made in turns.
  for (let rest = safe; rest.length > 0; ) {
    const [change] = planChanges(advice, rest)
    const made = rest.filter(({rule}) => change!.rules.includes(rule))
    const [found] = await verifyRewrites([change!], call)
    outcomes.push(...made.map(() => [found?.status, found?.reason, found?.differences]))
    rest = rest.filter((one) => !made.includes(one))
  }
  return {advice, safe, outcomes}
}

function canMakeBase(): boolean {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0
}

/** In the way of the report, so that nobody takes it for a pass. */
function tellNotRun(reason: string): void {
  process.stderr.write(`\n    !!! NOT RUN !!! ${reason}\n\n`)
}

/** The project's stage, and one that takes what is compared: not the whole base image. */
function writeDockerfile(base: string, {before = '', dockerfile, results}: RewriteProject): string {
  const copies = ['/root', '/usr/local', ...results].map((one) => `COPY --from=work ${one} ${one}\n`)
  return `FROM ${base} AS work\n${before}${dockerfile}FROM scratch\n${copies.join('')}`
}

/** With the time of now: the builder takes a file of the same name, size and time for one that it has. */
function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const place = path.join(root, name)
    mkdirSync(path.dirname(place), {recursive: true})
    writeFileSync(place, text)
  }
}
