import {SlimCheckError} from '../../../errors.js'
import type {ImageArchive} from '../../../host/archive/image/image-archive.js'
import {openArchive, openStream} from '../../../host/archive/image/open-archive.js'
import type {ScanWishes} from '../../../host/archive/image/scanned-layer.js'
import {pathExists} from '../../../host/files/locations.js'
import {runDocker, streamDocker} from '../../../host/process/run-docker.js'
import type {EngineAnswer} from '../../../report/image-report.js'
import {isObject} from '../../../tree/image/manifest/image-config.js'
import {explainImageError, explainRefusal} from './explain-image-error.js'

/** Where an image comes from. */
export type ImageSource =
  | {kind: 'path'; path: string; shown: string}
  | {kind: 'stdin'; shown: string}
  | {kind: 'engine'; ref: string; shown: string}

/** Spellings of skopeo and others for a file or a directory. */
const PATH_PREFIX = /^(?:docker-archive|oci-archive|oci-dir|oci|archive|dir):(?:\/\/)?/
const ENGINE_PREFIX = /^(?:docker|docker-daemon):(?:\/\/)?/

/**
 * Tells what a source is: a path, `docker:REF`, or with `takesNames` also the name of an image where there is no such
 * path, and `-` for standard input.
 */
export function parseSource(text: string, takesNames: boolean): ImageSource {
  if (text === '-' && takesNames) return {kind: 'stdin', shown: 'standard input'}
  if (ENGINE_PREFIX.test(text)) return engine(text.replace(ENGINE_PREFIX, ''), text)
  if (PATH_PREFIX.test(text)) return {kind: 'path', path: text.replace(PATH_PREFIX, ''), shown: text}
  const isName =
    takesNames &&
    !pathExists(text) &&
    /^[\w][\w.:/@-]*$/.test(text) &&
    !/\.(tar|tgz|gz|zst|xz|bz2)$/.test(text)
  return isName ? engine(text, text) : {kind: 'path', path: text, shown: text}
}

/** @throws SlimCheckError for a name that docker would take for a flag */
function engine(ref: string, shown: string): ImageSource {
  if (ref === '' || ref.startsWith('-')) throw new SlimCheckError('image-not-found', {source: shown})
  return {kind: 'engine', ref, shown}
}

export interface OpenedSource {
  archive: ImageArchive
  engine: EngineAnswer | null
}

export interface SourceOptions extends ScanWishes {
  /** Asked of the engine, which saves it alone. */
  platform: string | undefined
  /** Whether the engine tells its own figure of the size, too. */
  asksEngine: boolean
}

/** @throws SlimCheckError for what cannot be read */
export async function openSource(
  source: ImageSource,
  {platform, asksEngine, ...wishes}: SourceOptions,
): Promise<OpenedSource> {
  try {
    switch (source.kind) {
      case 'path':
        return {archive: await openArchive(source.path, wishes), engine: null}
      case 'stdin':
        return {archive: await openStream(process.stdin, wishes), engine: null}
      case 'engine':
        return await saveFromEngine(source.ref, wishes, {platform, asksEngine})
    }
  } catch (error) {
    throw explainImageError(error, source.shown)
  }
}

async function saveFromEngine(
  ref: string,
  wishes: ScanWishes,
  {platform, asksEngine}: Pick<SourceOptions, 'platform' | 'asksEngine'>,
): Promise<OpenedSource> {
  const answer = asksEngine ? askEngine(ref) : null
  const save = streamDocker(['save', ...(platform === undefined ? [] : ['--platform', platform]), ref])
  let archive: ImageArchive | null = null
  let fault: unknown
  try {
    archive = await openStream(save.output, wishes)
  } catch (error) {
    fault = error
  }
  const reason = await save.end()
  // What docker says explains an archive that ends too early, or never began.
  if (reason !== null && !hasImages(archive)) throw explainRefusal(ref, reason)
  if (archive === null) throw fault
  return {archive, engine: await answer}
}

function hasImages(archive: ImageArchive | null): boolean {
  return archive !== null && ['index.json', 'manifest.json'].some((name) => archive.sizeOf(name) !== null)
}

const LIMIT_MS = 30_000

async function askEngine(ref: string): Promise<EngineAnswer | null> {
  const [inspected, info] = await Promise.all([
    runDocker(['image', 'inspect', '--format', '{{json .Size}}', ref], LIMIT_MS),
    runDocker(['info', '--format', '{{json .}}'], LIMIT_MS),
  ])
  if (inspected.status !== 'done' || info.status !== 'done') return null
  const size = Number(inspected.output)
  const facts = parse(info.output)
  if (!Number.isSafeInteger(size) || !isObject(facts)) return null
  const isContainerd = JSON.stringify(facts.DriverStatus ?? '').includes('io.containerd.snapshotter')
  return {size, store: isContainerd ? 'containerd' : 'graph driver', driver: String(facts.Driver ?? '')}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
