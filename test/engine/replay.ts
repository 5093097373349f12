import {execFileSync} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import type {CacheSide} from '../../src/services/cache/predict/cache-side.js'
import {predictCache} from '../../src/services/cache/predict/predict-cache.js'
import {type BuiltSteps, buildAndRead, lookUpStep, readImageStore} from './read-steps.js'
import {importBase, listTakenPaths, useStandIns} from './stand-ins.js'

/** A project whose commits are built one after another. */
export interface Replayed {
  name: string
  /** A repository's git directory. */
  gitDir: string
  /** Relative to the context. */
  dockerfile: string
  /** Relative to the repository; `.` for all of it. */
  contextDir: string
  target?: string
  commits: number
}

/** What came of a replay. */
export interface ReplayOutcome {
  name: string
  builds: number
  failed: number
  steps: number
  right: number
  depends: number
  /** Predicted to run, and found in the cache: a build before the last one had made it. */
  older: number
  wrong: string[]
}

/** Builds the last commits of a project with stand-ins, and compares each step with its prediction. */
export async function replay(project: Replayed, scratch: string): Promise<ReplayOutcome> {
  const {name, gitDir, commits} = project
  const words = ['--git-dir', gitDir, 'rev-list', '--first-parent', '-n', String(commits + 1), 'HEAD']
  const revisions = execFileSync('git', words, {encoding: 'utf8'}).trim().split('\n').reverse()
  const image = `replay-${name.toLowerCase().replaceAll(/[^a-z0-9]/g, '-')}:${process.pid}`
  const file = path.posix.join(project.contextDir, project.dockerfile)
  importBase(image, scratch, takenPaths(gitDir, revisions, file), findFiles(gitDir))
  const run = new Replay(project, image)
  for (const [number, revision] of revisions.entries()) {
    await run.build(revision, path.join(scratch, `${number}`, 'repo'))
  }
  for (const number of revisions.keys())
    rmSync(path.join(scratch, `${number}`), {recursive: true, force: true})
  execFileSync('docker', ['rmi', image], {stdio: 'pipe'})
  return run.outcome
}

class Replay {
  readonly outcome: ReplayOutcome
  /** The trees that were built, in order. */
  readonly #history: string[] = []
  readonly #imageStore = readImageStore()

  constructor(
    private readonly project: Replayed,
    private readonly image: string,
  ) {
    const {name} = project
    this.outcome = {name, builds: 0, failed: 0, steps: 0, right: 0, depends: 0, older: 0, wrong: []}
  }

  async build(revision: string, tree: string): Promise<void> {
    const {gitDir, contextDir, dockerfile, target} = this.project
    mkdirSync(tree, {recursive: true})
    const before = this.#history.at(-1)
    checkOut(gitDir, revision, tree, before)
    const context = path.join(tree, contextDir)
    const file = path.join(context, dockerfile)
    if (!existsSync(file)) return
    writeFileSync(file, useStandIns(readFileSync(file, 'utf8'), this.image))
    const args = ['--network', 'none', ...(target ? ['--target', target] : []), '-f', file, context]
    const built = buildAndRead(args)
    this.outcome.builds++
    if (built.status !== 0) {
      this.outcome.failed++
      if (process.env.REPLAY_LOG)
        process.stderr.write(`${revision.slice(0, 8)}: ${built.output.slice(-600)}\n`)
      return
    }
    if (before !== undefined) await this.#compare(revision, before, tree, built)
    this.#history.push(tree)
  }

  async #compare(revision: string, before: string, tree: string, built: BuiltSteps): Promise<void> {
    const {outcome} = this
    const {steps} = await predictCache(this.#side(before), this.#side(tree))
    const names = new Set(steps.map(({text}) => text))
    for (const {text, state, line} of steps) {
      const isCached = lookUpStep(text, built.cached, names)
      outcome.steps++
      if (state === 'depends') outcome.depends++
      else if (isCached === (state === 'cached')) outcome.right++
      else if (isCached && (await this.#isOlder(tree, text))) outcome.older++
      else {
        const seen = isCached === undefined ? 'not there' : isCached ? 'cached' : 'ran'
        outcome.wrong.push(`${revision.slice(0, 8)}:${line} ${text}: ${state}, and ${seen}`)
      }
    }
  }

  /** Whether a build before the last one had made a step: it is found in the cache then, too. */
  async #isOlder(tree: string, text: string): Promise<boolean> {
    for (const older of this.#history.slice(0, -1)) {
      const {steps} = await predictCache(this.#side(older), this.#side(tree))
      if (steps.some((step) => step.text === text && step.state !== 'runs')) return true
    }
    return false
  }

  #side(root: string): CacheSide {
    const {contextDir, dockerfile, target} = this.project
    return {
      contextDir: path.join(root, contextDir),
      dockerfile,
      networkMode: 'none',
      imageStore: this.#imageStore,
      images: {[this.image]: {layers: 'base', env: {PATH: '/bin'}}},
      ...(target && {target}),
    }
  }
}

function takenPaths(gitDir: string, revisions: readonly string[], file: string): string[] {
  const taken = new Set<string>()
  for (const revision of revisions) {
    try {
      const text = execFileSync(
        'git',
        ['--git-dir', gitDir, 'show', `${revision}:${path.posix.normalize(file)}`],
        {encoding: 'utf8', stdio: 'pipe'},
      )
      for (const one of listTakenPaths(useStandIns(text, 'x'))) taken.add(one)
    } catch {
      // The commit has no such file, or a broken one.
    }
  }
  return [...taken]
}

/** What a checkout leaves alone keeps its time, as in a working tree that follows a branch. */
function checkOut(gitDir: string, revision: string, tree: string, before: string | undefined): void {
  const index = `${tree}.index`
  if (before !== undefined) {
    cpSync(before, tree, {recursive: true, preserveTimestamps: true, verbatimSymlinks: true})
    cpSync(`${before}.index`, index)
  }
  const options = {env: {...process.env, GIT_INDEX_FILE: index}, stdio: 'pipe' as const}
  const git = ['--git-dir', gitDir, '--work-tree', tree, '-c', 'core.bare=false']
  execFileSync('git', [...git, 'read-tree', '-u', '--reset', revision], options)
}

/** Whether a path that is taken from a stage is one of a file: a name that the repository has, or one that looks so. */
function findFiles(gitDir: string): (path: string) => boolean {
  const listed = execFileSync('git', ['--git-dir', gitDir, 'ls-tree', '-r', '-z', '--name-only', 'HEAD'], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  const names = new Set(listed.split('\0').map((one) => path.posix.basename(one)))
  // The list ends in a separator; the root is no file.
  names.delete('')
  return (one) =>
    names.has(path.posix.basename(one)) ||
    /[^/]\.(?:json|m?js|sh|jar|conf|ya?ml|toml|lock|txt|so|css|html|py|wasm)$/i.test(one)
}
