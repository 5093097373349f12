import path from 'node:path'
import {crc32} from 'node:zlib'
import {readTimesFile, writeTimesFile} from '../../host/cache/times-store.js'
import {readBuilderState} from '../../host/docker/builder-state.js'
import {runDockerPlugin} from '../../host/process/run-docker-plugin.js'
import {baseName} from '../../languages/text/container-path.js'
import {readStatus} from '../../measure/times/read-status.js'
import {mergeTimes, readBuildLog, type StepTimes, sumUpEvents} from '../../measure/times/step-times.js'

/** A build of the engine's history. */
export interface BuildRecord {
  ref: string
  name: string
}

/** Records that are opened at most, the newest first; each costs a call. */
const MAX_RECORDS = 12
const CONCURRENCY = 4
const LIMIT_MS = 4000

/** What is kept of a project: small, as the engine forgets its records after two days. */
interface KeptTimes {
  version: 3
  contextDir: string
  /** When all of the history was read, and no build of the project was running; null: not yet. */
  asked: {at: number; builder: number} | null
  /** Records that were read. */
  seen: string[]
  times: [name: string, seconds: number, date: string][]
}

/**
 * Finds when the steps of a project ran last: in the history of the user's builder, and in what was kept of it.
 * Nothing is built; without docker there is only what was kept. Never throws.
 *
 * The history is asked where this user has built since, and every ten minutes, as others build too. Gain: asking takes buildx
 * 80 ms of CPU, more than all the rest of `cache` on a small project.
 * @param cacheDir where times are kept; null: nowhere
 */
export async function loadStepTimes(contextDir: string, cacheDir: string | null): Promise<StepTimes> {
  const file = cacheDir === null ? null : path.join(cacheDir, 'step-times', `${nameOf(contextDir)}.json`)
  const kept = readKept(file, contextDir)
  const old = new Map(kept.times.map(([name, seconds, date]) => [name, {seconds, date}]))
  if (isUpToDate(kept)) return old
  const at = Date.now()
  const {records, isRunning} = await readHistory(path.basename(contextDir))
  const unread = records.filter(({ref}) => !kept.seen.includes(ref))
  const fresh = unread.slice(0, MAX_RECORDS)
  const builds = await readRecords(fresh)
  const times = mergeTimes([old, ...builds])
  // Where it cannot be read, another call may.
  if (file !== null && isRunning !== null) {
    const isAll = !isRunning && builds.length === unread.length
    const asked = isAll ? {at, builder: readBuilderState().chosen} : null
    const read = builds.length > 0 ? fresh : []
    const seen = [...read.map(({ref}) => ref), ...kept.seen].slice(0, 100)
    const list = [...times].map(([name, {seconds, date}]): KeptTimes['times'][number] => [
      name,
      seconds,
      date,
    ])
    const newest = list.sort(([, , one], [, , other]) => (one < other ? 1 : -1)).slice(0, MAX_KEPT)
    writeTimesFile(
      file,
      JSON.stringify({version: 3, contextDir, asked, seen, times: newest} satisfies KeptTimes),
    )
  }
  return times
}

/** The times in a `.dockerbuild` file. @throws SlimCheckError `build-record-invalid` */
export async function loadRecordedTimes(file: string, workingDir = process.cwd()): Promise<StepTimes> {
  const {readBuildRecord} = await import('../../host/archive/read-build-record.js')
  return sumUpEvents(readStatus(await readBuildRecord(path.resolve(workingDir, file), file)))
}

const MAX_KEPT = 500

const TEN_MINUTES_MS = 600_000
/** File systems and clocks may differ by less. */
const RACY_MS = 2_000

/** Whether nothing was built since the history was read, as far as the files of this user's buildx tell. */
function isUpToDate({asked}: KeptTimes): boolean {
  if (asked === null) return false
  const {chosen, lastBuild} = readBuilderState()
  const age = Date.now() - asked.at
  return (
    asked.builder === chosen &&
    age >= 0 &&
    age < TEN_MINUTES_MS &&
    lastBuild !== null &&
    lastBuild < asked.at - RACY_MS
  )
}

/** Loading node:crypto takes 7 ms. Two directories that share a name take turns: the file says whose times it holds. */
function nameOf(contextDir: string): string {
  return `${crc32(contextDir).toString(16)}-${contextDir.length}`
}

function readKept(file: string | null, contextDir: string): KeptTimes {
  const nothing: KeptTimes = {version: 3, contextDir, asked: null, seen: [], times: []}
  const text = file === null ? null : readTimesFile(file)
  if (text === null) return nothing
  try {
    const kept = JSON.parse(text) as Partial<KeptTimes>
    if (kept.version !== 3 || kept.contextDir !== contextDir) return nothing
    if (!Array.isArray(kept.seen) || !Array.isArray(kept.times)) return nothing
    const times = kept.times.filter(([name, seconds, date]) => {
      return typeof name === 'string' && typeof seconds === 'number' && typeof date === 'string'
    })
    return {
      ...nothing,
      asked: readAsked(kept.asked),
      seen: kept.seen.filter((ref) => typeof ref === 'string'),
      times,
    }
  } catch {
    return nothing
  }
}

function readAsked(asked: unknown): KeptTimes['asked'] {
  const {at, builder} = (asked ?? {}) as Partial<Record<string, unknown>>
  return typeof at === 'number' && typeof builder === 'number' ? {at, builder} : null
}

/** The finished builds of directories of this name: a record knows no more of where it came from without another call. */
export async function listRecords(directory: string): Promise<BuildRecord[]> {
  return (await readHistory(directory)).records
}

/** The same, and whether another build of them is running; null where the history cannot be read. */
async function readHistory(directory: string): Promise<{records: BuildRecord[]; isRunning: boolean | null}> {
  const output = await askBuildx(['history', 'ls', '--format', 'json'])
  const builds = (output ?? '').split('\n').flatMap((line): (BuildRecord & {isRunning: boolean})[] => {
    try {
      const {ref, name, status} = JSON.parse(line) as {ref?: unknown; name?: unknown; status?: unknown}
      if (typeof ref !== 'string' || typeof name !== 'string') return []
      return [{ref: baseName(ref), name, isRunning: status === 'Running'}]
    } catch {
      return []
    }
  })
  const own = builds.filter(({ref, name}) => /^[a-z0-9]+$/.test(ref) && name.split('/')[0] === directory)
  const isRunning = output === null ? null : own.some((one) => one.isRunning)
  return {records: own.filter((one) => !one.isRunning), isRunning}
}

async function readRecords(records: readonly BuildRecord[]): Promise<StepTimes[]> {
  const builds: StepTimes[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let at = next++; at < records.length; at = next++) {
      const output = await askBuildx(['history', 'logs', '--progress', 'rawjson', records[at]!.ref])
      if (output !== null) builds.push(sumUpEvents(readBuildLog(output)))
    }
  }
  await Promise.all(Array.from({length: Math.min(CONCURRENCY, records.length)}, work))
  return builds
}

/** Null where docker or its history is not there. */
export async function askBuildx(words: readonly string[]): Promise<string | null> {
  const outcome = await callBuildx(words)
  // Logs go to standard error, as progress does; a list to standard output.
  return outcome.status === 'done' ? outcome.output + outcome.errorOutput : null
}

/** Says why the history of builds cannot be read; null: it can. */
export async function findHistoryProblem(): Promise<string | null> {
  const outcome = await callBuildx(['history', 'ls', '--format', 'json'])
  if (outcome.status === 'done') return null
  return outcome.status === 'absent' ? 'docker buildx was not found' : outcome.reason
}

function callBuildx(words: readonly string[]): ReturnType<typeof runDockerPlugin> {
  return runDockerPlugin('buildx', words, {
    workingDir: process.cwd(),
    env: process.env,
    limitMs: LIMIT_MS,
    isOptional: true,
  })
}
