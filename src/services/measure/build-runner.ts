import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {listMeasureWords, type MeasuredCommand, showBuild} from '../../host/docker/measure-words.js'
import {readRecordId} from '../../host/docker/read-record-id.js'
import {linkDirectory, writeOwnFile} from '../../host/files/link-tree.js'
import {followDocker} from '../../host/process/measure/follow-docker.js'
import type {LoadProbe} from '../../host/process/measure/load-probe.js'
import {BuildReader, explainFault} from '../../measure/build/read-build.js'
import {EventSplitter} from '../../measure/build/split-events.js'
import type {StepAccess} from '../../plan/build-secrets.js'
import type {MeasuredRun} from '../../report/measure/measure-report.js'
import {type MeasureSession, randomName} from './measure-session.js'
import {
  accessOf,
  dockerfilePathOf,
  type MeasurePlan,
  namedContextsOf,
  namespaceOf,
  secretVariablesOf,
} from './plan-measures.js'

/** A build that ran. */
export interface RanBuild {
  run: MeasuredRun
  /** The image that it made. */
  tag: string
  /** What the builder keeps of the build: the id of its record. Null where docker does not say. */
  recordId: string | null
  command: string
}

/** What is different from one build of a plan to the next. */
export interface RunWishes {
  /** Absolute. */
  contextPath: string
  isCold: boolean
  /** See `MeasuredCommand`. */
  apartId: string | null
}

/** Builds one plan with the user's own docker. */
export class BuildRunner {
  readonly #dockerfilePath: string
  readonly #probe: LoadProbe

  constructor(
    private readonly session: MeasureSession,
    readonly plan: MeasurePlan,
    private readonly flags: readonly string[],
    probe: LoadProbe,
  ) {
    this.#dockerfilePath = dockerfilePathOf(plan) ?? writeInline(session, plan)
    this.#probe = probe
  }

  /** A name for the context that no builder knows: the first build under it sends everything. */
  linkContext(): string {
    const {hostPath} = this.plan.build.context
    const name = path.join(this.session.directory, 'contexts', `${path.basename(hostPath)}-${randomName()}`)
    linkDirectory(hostPath, name)
    return name
  }

  /** @throws SlimCheckError `measure-build-failed`, `cancelled`, `measure-needs-engine` */
  async run(wishes: RunWishes): Promise<RanBuild> {
    const {session} = this
    session.checkGoing()
    const tag = session.makeTag()
    const call = {...wishes, tag, flags: this.flags}
    const recordFile = path.join(session.directory, `${randomName()}.record`)
    const access = accessOf(this.plan)
    const command = describeCommand(this.plan, {...call, recordFile, access}, this.#dockerfilePath)
    const words = listMeasureWords(command)
    const {outcome, load, reader, messages} = await this.#follow(words)
    session.checkGoing()
    if (outcome.problem !== null) throw new SlimCheckError('measure-needs-engine', {reason: outcome.problem})
    const lineOf = (text: string): number | null => this.plan.lines.get(text) ?? null
    const {steps, exportSeconds, transferBytes, error} = reader.sumUp(lineOf)
    if (outcome.status !== 0) {
      await session.dropImage(tag)
      throw this.#explainFailure(error && {...error, line: lineOf(error.step)}, messages)
    }
    const {seconds} = outcome
    const buildSeconds = Math.round(Math.max(0, seconds - exportSeconds) * 1000) / 1000
    return {
      run: {seconds, exportSeconds, buildSeconds, transferBytes, load, steps},
      tag,
      recordId: readRecordId(recordFile),
      command: showCommand(this.plan, call),
    }
  }

  /** Runs docker, reads what it says, and watches how busy the machine is. */
  async #follow(words: readonly string[]) {
    const reader = new BuildReader()
    const splitter = new EventSplitter()
    const {value: outcome, load} = await this.#probe.during(() =>
      followDocker(words, {
        signal: this.session.signal,
        env: {...secretVariablesOf(this.plan), ...NO_PROVENANCE},
        onOutput: (piece) => {
          for (const event of splitter.push(piece)) reader.read(event)
        },
      }),
    )
    splitter.end()
    return {outcome, load, reader, messages: splitter.messages}
  }

  #explainFailure(
    fault: (Parameters<typeof explainFault>[0] & {line: number | null}) | null,
    messages: readonly string[],
  ): SlimCheckError {
    const {name, dockerfile} = this.plan.build.plan
    const last =
      messages.findLast((line) => /error/i.test(line)) ?? messages.at(-1) ?? 'it ended without a message'
    const reason = fault === null ? last.replace(/^ERROR: /, '') : explainFault(fault)
    const file = dockerfile?.path ?? null
    return new SlimCheckError('measure-build-failed', {name, reason, line: fault?.line ?? null, file})
  }
}

/** The id of a build's record is all that is wanted of its metadata. */
const NO_PROVENANCE = {BUILDX_METADATA_PROVENANCE: 'disabled'}

/** What is told to docker. */
interface Call extends RunWishes {
  tag: string
  flags: readonly string[]
  access: StepAccess
  recordFile: string | null
}

function describeCommand(plan: MeasurePlan, call: Call, dockerfilePath: string): MeasuredCommand {
  const {options} = plan.asked
  return {
    ...call,
    dockerfilePath,
    target: options.target ?? null,
    platform: plan.platform,
    buildArgs: options.buildArgs ?? {},
    buildContexts: namedContextsOf(plan),
    cacheNamespace: namespaceOf(plan),
  }
}

/** The command as a person would write it. */
export function showCommand(plan: MeasurePlan, call: Omit<Call, 'recordFile' | 'access'>): string {
  const {path: shown} = plan.build.plan.context
  const dockerfile = plan.build.plan.dockerfile?.path ?? 'Dockerfile'
  const shownFile = dockerfile === '-' ? '-' : path.posix.join(shown, dockerfile)
  const apartId = call.apartId === null ? null : 'RANDOM'
  const access = plan.asked.options
  const told = {...call, tag: 'slim-check-measure:RANDOM', apartId, access, recordFile: null}
  return showBuild(describeCommand(plan, told, shownFile), shown, shownFile)
}

/** A Dockerfile that is no file of its own. */
function writeInline({directory}: MeasureSession, {build}: MeasurePlan): string {
  const file = path.join(directory, `${randomName()}.Dockerfile`)
  writeOwnFile(file, build.plan.dockerfile!.content)
  return file
}
