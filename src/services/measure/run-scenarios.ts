import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {linkDirectory, writeOwnFile} from '../../host/files/link-tree.js'
import type {LoadProbe} from '../../host/process/measure/load-probe.js'
import {runDocker} from '../../host/process/run-docker.js'
import {
  MEASURE_SCENARIOS,
  type MeasuredRun,
  type MeasureScenarioName,
} from '../../report/measure/measure-report.js'
import {BuildRunner, type RanBuild} from './build-runner.js'
import {ContextCopy} from './context-copy.js'
import type {MeasureProgress} from './measure-request.js'
import {type MeasureSession, randomName} from './measure-session.js'
import type {MeasurePlan} from './plan-measures.js'

/** What the runs of one plan gave. */
export interface PlanRuns {
  plan: MeasurePlan
  runs: Map<MeasureScenarioName, MeasuredRun[]>
  /** As a person would write them, in the order in which they ran first. */
  commands: string[]
  /** The image as it is; null until it is built. */
  imageTag: string | null
  /** The builder's record of that build. */
  imageRecord: string | null
  /** The image after the source change. */
  sourceTag: string | null
  /** Of builds that sent everything, and of those after which nothing had changed. */
  transfers: {first: number | null; again: number | null}
  error: SlimCheckError | null
}

export interface RunSettings {
  scenarios: readonly MeasureScenarioName[]
  runs: number
  flags: readonly string[]
  probe: LoadProbe
  onBuild?: (step: MeasureProgress) => void
}

/**
 * Runs the scenarios of all plans, interleaved: a slow minute of the machine meets all of them. A plan that fails is left
 * out from then on.
 */
export async function runScenarios(
  session: MeasureSession,
  plans: readonly MeasurePlan[],
  settings: RunSettings,
): Promise<PlanRuns[]> {
  const measures = plans.map((plan) => new PlanMeasure(session, plan, settings))
  const total = measures.reduce((sum, one) => sum + one.buildCount, 0)
  let done = 0
  const report = (build: string, scenario: string, run: number): void => {
    settings.onBuild?.({build, scenario, run, runs: settings.runs, done, total})
    done++
  }
  for (let round = 0; round < settings.runs; round++)
    for (const measure of measures) await measure.runRound(round, report)
  return measures.map((measure) => measure.result)
}

type Report = (build: string, scenario: string, run: number) => void

/** The scenarios of one plan. */
class PlanMeasure {
  readonly result: PlanRuns
  readonly #runner: BuildRunner
  readonly #copy: ContextCopy
  #context: string | null = null
  #apartId: string | null = null
  #isPrepared = false

  constructor(
    private readonly session: MeasureSession,
    plan: MeasurePlan,
    private readonly settings: RunSettings,
  ) {
    this.#runner = new BuildRunner(session, plan, settings.flags, settings.probe)
    this.#copy = new ContextCopy(
      plan,
      path.join(
        session.directory,
        'copies',
        `${plan.build.plan.name.replace(/\W+/g, '-')}-${Math.random().toString(36).slice(2, 8)}`,
      ),
    )
    this.result = {
      plan,
      runs: new Map(),
      commands: [],
      imageTag: null,
      imageRecord: null,
      sourceTag: null,
      transfers: {first: null, again: null},
      error: null,
    }
  }

  get #wanted(): MeasureScenarioName[] {
    const {sourceFile, lockFile} = this.result.plan
    const isPossible = {cold: true, unchanged: true, source: sourceFile !== null, lock: lockFile !== null}
    return MEASURE_SCENARIOS.filter((name) => this.settings.scenarios.includes(name) && isPossible[name])
  }

  get buildCount(): number {
    const wanted = this.#wanted
    return wanted.length * this.settings.runs + (wanted.includes('cold') ? 0 : 1)
  }

  /** Every scenario once. */
  async runRound(round: number, report: Report): Promise<void> {
    if (this.result.error !== null) return
    const {name} = this.result.plan.build.plan
    try {
      if (!this.#wanted.includes('cold') && !this.#isPrepared) {
        report(name, 'preparation', round + 1)
        await this.#prepare()
      }
      for (const scenario of this.#wanted) {
        report(name, scenario, round + 1)
        await this.#runScenario(scenario)
      }
    } catch (error) {
      const isOwn = error instanceof SlimCheckError && error.code === 'measure-build-failed'
      if (!isOwn) throw error
      this.result.error = error
    }
  }

  /** Warm scenarios need a build that they stand on; it is not counted. */
  async #prepare(): Promise<void> {
    const ran = await this.#run(this.#linkContext(), false)
    await this.#keepImage(ran)
    this.#isPrepared = true
  }

  async #runScenario(scenario: MeasureScenarioName): Promise<void> {
    const {plan, transfers} = this.result
    switch (scenario) {
      case 'cold': {
        this.#apartId = randomName()
        const ran = await this.#run(this.#linkContext(), true)
        transfers.first = ran.run.transferBytes
        this.#book(scenario, ran)
        await this.#keepImage(ran)
        return
      }
      case 'unchanged': {
        const ran = await this.#run(this.#context!, false)
        // Without a cold build before it, later ones send again what the edits changed.
        if (transfers.first !== null || transfers.again === null) transfers.again = ran.run.transferBytes
        this.#book(scenario, ran)
        await this.#keepImage(ran)
        return
      }
      case 'source': {
        const ran = await this.#runEdited(plan.sourceFile!)
        this.#book(scenario, ran)
        await this.session.dropImage(this.result.sourceTag)
        this.result.sourceTag = ran.tag
        return
      }
      case 'lock': {
        const ran = await this.#runEdited(plan.lockFile!)
        this.#book(scenario, ran)
        await this.session.dropImage(ran.tag)
      }
    }
  }

  #runEdited(relative: string): Promise<RanBuild> {
    return this.#run(this.#copy.edit(relative, path.basename(this.#context!)), false)
  }

  #run(contextPath: string, isCold: boolean): Promise<RanBuild> {
    return this.#runner.run({contextPath, isCold, apartId: this.#apartId})
  }

  /** A new name each time: a cold build sends everything. The builder's copy under an old name is emptied in the end. */
  #linkContext(): string {
    this.#context = this.#runner.linkContext()
    const name = path.basename(this.#context)
    const {dockerfile, namedContexts} = this.result.plan.build.plan
    if (dockerfile !== null)
      this.session.atEnd(() =>
        emptyBuilderCopy(
          this.session,
          name,
          namedContexts.map((one) => one.name),
          this.settings.flags,
        ),
      )
    return this.#context
  }

  #book(scenario: MeasureScenarioName, {run, command}: RanBuild): void {
    const {runs, commands} = this.result
    runs.set(scenario, [...(runs.get(scenario) ?? []), run])
    if (!commands.includes(command)) commands.push(command)
  }

  /** The newest stays until the next is there: without a name, an image would be left as <none>. */
  async #keepImage({tag, recordId}: RanBuild): Promise<void> {
    const before = this.result.imageTag
    this.result.imageTag = tag
    this.result.imageRecord = recordId
    await this.session.dropImage(before)
  }
}

const LIMIT_MS = 60_000

/**
 * The builder keeps of each context, by its name, what the last build sent. One more build under the same name that
 * sends one empty file leaves that alone.
 */
async function emptyBuilderCopy(
  {directory}: MeasureSession,
  name: string,
  named: readonly string[],
  flags: readonly string[],
): Promise<void> {
  const empty = path.join(directory, 'empty', name)
  const content = path.join(directory, 'empty-content')
  writeOwnFile(path.join(content, 'empty'), Buffer.alloc(0))
  linkDirectory(content, empty)
  const dockerfile = path.join(directory, `${name}.empty.Dockerfile`)
  const copies = ['COPY . /', ...named.map((one) => `COPY --from=${one} . /`)]
  writeOwnFile(dockerfile, Buffer.from(`FROM scratch\n${copies.join('\n')}\n`))
  const builder = flags.filter((flag) => flag.startsWith('--builder='))
  const contexts = named.map((one) => `--build-context=${one}=${content}`)
  const words = ['--output=type=cacheonly', `--file=${dockerfile}`, ...builder, ...contexts, empty]
  await runDocker(['buildx', 'build', '--quiet', ...words], LIMIT_MS)
}
