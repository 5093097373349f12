import path from 'node:path'
import {crc32} from 'node:zlib'
import {readTimesFile, writeTimesFile} from '../../host/cache/times-store.js'
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
  version: 2
  contextDir: string
  /** Records that were read. */
  seen: string[]
  times: [name: string, seconds: number, date: string][]
}

/**
 * Finds when the steps of a project ran last: in the history of the user's builder, and in what was kept of it.
 * Nothing is built; without docker there is only what was kept. Never throws.
 * @param cacheDir where times are kept; null: nowhere
 */
export async function loadStepTimes(contextDir: string, cacheDir: string | null): Promise<StepTimes> {
  const file = cacheDir === null ? null : path.join(cacheDir, 'step-times', `${nameOf(contextDir)}.json`)
  const kept = readKept(file, contextDir)
  const records = await listRecords(path.basename(contextDir))
  const fresh = records.filter(({ref}) => !kept.seen.includes(ref)).slice(0, MAX_RECORDS)
  const builds = await readRecords(fresh)
  const old = new Map(kept.times.map(([name, seconds, date]) => [name, {seconds, date}]))
  const times = mergeTimes([old, ...builds])
  if (file !== null && builds.length > 0) {
    const seen = [...fresh.map(({ref}) => ref), ...kept.seen].slice(0, 100)
    const list = [...times].map(([name, {seconds, date}]): KeptTimes['times'][number] => [
      name,
      seconds,
      date,
    ])
    const newest = list.sort(([, , one], [, , other]) => (one < other ? 1 : -1)).slice(0, MAX_KEPT)
    writeTimesFile(file, JSON.stringify({version: 2, contextDir, seen, times: newest} satisfies KeptTimes))
  }
  return times
}

/** The times in a `.dockerbuild` file. @throws SlimCheckError `build-record-invalid` */
export async function loadRecordedTimes(file: string, workingDir = process.cwd()): Promise<StepTimes> {
  const {readBuildRecord} = await import('../../host/archive/read-build-record.js')
  return sumUpEvents(readStatus(await readBuildRecord(path.resolve(workingDir, file), file)))
}

const MAX_KEPT = 500

/** Loading node:crypto takes 7 ms. Two directories that share a name take turns: the file says whose times it holds. */
function nameOf(contextDir: string): string {
  return `${crc32(contextDir).toString(16)}-${contextDir.length}`
}

function readKept(file: string | null, contextDir: string): KeptTimes {
  const nothing: KeptTimes = {version: 2, contextDir, seen: [], times: []}
  const text = file === null ? null : readTimesFile(file)
  if (text === null) return nothing
  try {
    const kept = JSON.parse(text) as Partial<KeptTimes>
    if (kept.version !== 2 || kept.contextDir !== contextDir) return nothing
    if (!Array.isArray(kept.seen) || !Array.isArray(kept.times)) return nothing
    const times = kept.times.filter(([name, seconds, date]) => {
      return typeof name === 'string' && typeof seconds === 'number' && typeof date === 'string'
    })
    return {...nothing, seen: kept.seen.filter((ref) => typeof ref === 'string'), times}
  } catch {
    return nothing
  }
}

/** The finished builds of directories of this name: a record knows no more of where it came from without another call. */
export async function listRecords(directory: string): Promise<BuildRecord[]> {
  const output = await askBuildx(['history', 'ls', '--format', 'json'])
  const records = (output ?? '').split('\n').flatMap((line): BuildRecord[] => {
    try {
      const {ref, name, status} = JSON.parse(line) as {ref?: unknown; name?: unknown; status?: unknown}
      if (typeof ref !== 'string' || typeof name !== 'string' || status === 'Running') return []
      return [{ref: baseName(ref), name}]
    } catch {
      return []
    }
  })
  return records.filter(({ref, name}) => /^[a-z0-9]+$/.test(ref) && name.split('/')[0] === directory)
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
