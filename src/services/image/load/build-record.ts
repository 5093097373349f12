import {runDocker} from '../../../host/process/run-docker.js'
import {baseName} from '../../../languages/text/container-path.js'
import {type FoundImage, idsOf} from '../../../tree/image/manifest/found-image.js'
import {isObject} from '../../../tree/image/manifest/image-config.js'
import {type Provenance, readProvenance} from '../../../tree/image/manifest/read-provenance.js'

const LIMIT_MS = 10_000
/** Asking for one record takes 100 ms: those that ran when the image was made come first. */
const MAX_RECORDS = 6

interface ListedRecord {
  id: string
  startMs: number
  endMs: number
}

/** What the engine's builder remembers of a build: what it attested of itself, or null. */
export type BuildRecord = unknown

/**
 * Finds what the engine's builder remembers of the build that made an image; null where it remembers nothing, or where
 * buildx has no history (before 0.19).
 */
export async function findBuildRecord(found: FoundImage): Promise<Provenance | null> {
  const records = await listRecords()
  for (const {id} of chooseRecords(records, found)) {
    if (await hasMade(id, found)) return readRecordFor(await readRecord(id), found)
  }
  return null
}

/** Asks the builder for a record. Never throws. */
export async function readRecord(id: string): Promise<BuildRecord> {
  const outcome = await history(['inspect', 'attachment', id, '--type', 'provenance'])
  return outcome === null ? null : parse(outcome)
}

/** What the record of its build says of an image. */
export function readRecordFor(predicate: BuildRecord, {layers}: FoundImage): Provenance | null {
  return readProvenance({predicateType: 'https://slsa.dev/provenance/', predicate}, layers)
}

async function listRecords(): Promise<ListedRecord[]> {
  const output = (await history(['ls', '--format', 'json', '--no-trunc'])) ?? ''
  return output.split('\n').flatMap((line) => {
    const record = parse(line)
    if (!isObject(record) || typeof record.ref !== 'string') return []
    const id = baseName(record.ref)
    const endMs = Date.parse(String(record.completed_at))
    // What is no identifier could be taken for a flag.
    return /^\w+$/.test(id) ? [{id, startMs: Date.parse(String(record.created_at)), endMs}] : []
  })
}

/**
 * Records that ran when the image was made, then the newest, then the next after it: an image whose steps were cached is
 * older than its record. Where more than the most ran at that time, the newest still has a place.
 */
function chooseRecords(records: readonly ListedRecord[], {config}: FoundImage): ListedRecord[] {
  const made = Date.parse(config.created ?? '')
  const ran = records.filter(({startMs, endMs}) => startMs <= made && made <= endMs)
  const [newest, ...others] = records
    .filter((record) => !ran.includes(record) && record.endMs >= made)
    .toSorted((one, other) => other.startMs - one.startMs)
  if (newest === undefined) return ran.slice(0, MAX_RECORDS)
  return [...ran.slice(0, MAX_RECORDS / 2), newest, ...others.reverse()].slice(0, MAX_RECORDS)
}

/** Whether an image is among the results of a build. */
async function hasMade(id: string, found: FoundImage): Promise<boolean> {
  const record = parse((await history(['inspect', id, '--format', 'json'])) ?? '')
  const attachments = isObject(record) && Array.isArray(record.Attachments) ? record.Attachments : []
  const digests = idsOf(found)
  return attachments.some((one) => isObject(one) && digests.includes(String(one.Digest)))
}

async function history(words: readonly string[]): Promise<string | null> {
  const outcome = await runDocker(['buildx', 'history', ...words], LIMIT_MS)
  return outcome.status === 'done' ? outcome.output : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
