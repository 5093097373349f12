import {sortFindings} from '../../advice/rules/image/all-image-rules.js'
import type {RuleLevels} from '../../config/settings.js'
import {SlimCheckError} from '../../errors.js'
import {formatBytes} from '../../languages/text/amounts.js'
import {checkImageBudgets} from '../../measure/image/check-image-budgets.js'
import type {ImageAnalysis, ImageFinding, ImageLimits, ImageReport} from '../../report/image-report.js'
import {adviseImage} from './advise-image.js'
import {compareImages, predictDeploy} from './compare-images.js'
import {findBase} from './find-base.js'
import type {ContextJoin} from './join-context.js'
import {copiesFromStage, findLines} from './layer-lines.js'
import {outlineOf, readOutline} from './load/image-outline.js'
import {type ImageSource, parseSource} from './load/image-source.js'
import {type LoadedArchive, type LoadedImage, type LoadOptions, loadImages} from './load/load-images.js'
import type {ImageOutline} from './load/outline.js'
import {findInRegistry} from './load/registry-outline.js'
import type {KnownDockerfile} from './load-dockerfile.js'
import {findHidden, reportImage} from './report-image.js'

/** What `analyzeImage` is asked. A source is the path of an archive or of an unpacked directory, or `docker:NAME`. */
export interface AnalyzeImageOptions {
  source: string
  /** Reports the images of all platforms. */
  allPlatforms?: boolean
  /** `OS/ARCHITECTURE[/VARIANT]`; default: this machine's if it exists, else the archive's first. */
  platform?: string
  /** Compares every digest and diff id; default: true. Else only headers are read where that is possible. */
  verify?: boolean
  /** The image that it is built on. */
  base?: string
  /** An image to compare with, layer by layer. */
  to?: string
  /** The image that a host has already; default: the one to compare with. */
  deployed?: string | readonly string[]
  /** Its Dockerfile, or the context that holds it: names the line of each layer, and the files that came from it. */
  dockerfile?: string
  contextDir?: string
  /** Reads contents to find duplicates where they are not read anyway. */
  duplicates?: boolean
}

/** The same for the command, which also takes names of the engine and standard input. */
export interface ImageRequest extends AnalyzeImageOptions {
  limits?: ImageLimits
  /** By rule id. */
  rules?: RuleLevels
  takesNames?: boolean
  /** Of an image of the engine: the record that its builder keeps of the build, where it is known; else it is looked for. */
  recordId?: string
  /** Whether the engine is asked for its own figure of the size; default: true. */
  asksEngine?: boolean
}

/**
 * Analyses the images of an archive.
 * @throws SlimCheckError for what is no image, and for one that contradicts itself
 */
export async function analyzeImage(options: AnalyzeImageOptions): Promise<ImageAnalysis> {
  // Scripts may be in plain JavaScript.
  if (typeof options?.source !== 'string' || options.source === '') {
    const type = 'AnalyzeImageOptions'
    throw new SlimCheckError('bad-option', {name: 'source', wanted: 'the path of an archive', type})
  }
  return analyzeRequest(options)
}

/** The same for what is known of a request besides. @throws SlimCheckError as above */
export function analyzeRequest(request: ImageRequest): Promise<ImageAnalysis> {
  return withRequest(request, (loaded) => reportRequest(request, loaded))
}

/**
 * Loads what a request names, makes something of it, and then compares the digests, which threads compute meanwhile.
 * @throws SlimCheckError for what cannot be read, and for what has another digest
 */
export async function withRequest<Answer>(
  request: ImageRequest,
  use: (loaded: LoadedRequest) => Answer,
): Promise<Answer> {
  const loaded = await loadRequest(request)
  const {main, to} = loaded
  try {
    const answer = use(loaded)
    await main.check()
    await to?.check()
    return answer
  } finally {
    main.archive.close()
    to?.archive.close()
  }
}

/** Everything that a request names, read. */
export interface LoadedRequest {
  main: LoadedArchive
  to: LoadedArchive | null
  /** The image to compare with, where only a registry has it. */
  toOutline: ImageOutline | null
  base: ImageOutline | null
  deployed: ImageOutline[]
  /** Says for an image which files of the context its layers hold; null without a context. */
  joinContext: ((image: LoadedImage) => ContextJoin) | null
  /** Null where none is known. */
  dockerfile: KnownDockerfile | null
}

/** @throws SlimCheckError for what cannot be read */
async function loadRequest(request: ImageRequest): Promise<LoadedRequest> {
  const {platform, allPlatforms = false, verify = true, takesNames = false} = request
  const parse = (source: string) => parseSource(source, takesNames)
  const {recordId, asksEngine} = request
  const options = {platform, allPlatforms, verify}
  const main = await loadImages(parse(request.source), {...options, recordId, asksEngine}).catch(
    (error: unknown) => refuseRemote(error, parse(request.source), platform ?? null),
  )
  const own = platform ?? main.images[0]?.found.platform ?? null
  const outline = (source: string) => readOutline(parse(source), own)
  let to: LoadedArchive | ImageOutline | null = null
  try {
    to = request.to === undefined ? null : await loadOther(parse(request.to), options, own)
    const deployed = request.deployed === undefined ? [] : [request.deployed].flat()
    return {
      main,
      to: to !== null && 'archive' in to ? to : null,
      toOutline: to !== null && 'archive' in to ? null : to,
      base: request.base === undefined ? null : await outline(request.base),
      deployed: await Promise.all(deployed.map(outline)),
      joinContext: request.contextDir === undefined ? null : await loadContext(request.contextDir),
      dockerfile: await readDockerfile(request),
    }
  } catch (error) {
    main.archive.close()
    if (to !== null && 'archive' in to) to.archive.close()
    throw error
  }
}

/** A context, and what reads one, comes for those calls alone that name it. */
async function loadContext(contextDir: string): Promise<(image: LoadedImage) => ContextJoin> {
  const {ContextJoin, indexContext} = await import('./join-context.js')
  const context = await indexContext(contextDir)
  return (image) => new ContextJoin(image, context)
}

/** As a context: for those calls that name one. @throws SlimCheckError for a Dockerfile that cannot be read */
async function readDockerfile(request: ImageRequest): Promise<KnownDockerfile | null> {
  if (request.dockerfile === undefined && request.contextDir === undefined) return null
  const {loadDockerfile} = await import('./load-dockerfile.js')
  return loadDockerfile(request)
}

/** Reads an image to compare with; of one that only a registry has, the names of its layers. */
async function loadOther(
  source: ImageSource,
  options: LoadOptions,
  own: string | null,
): Promise<LoadedArchive | ImageOutline> {
  try {
    return await loadImages(source, options)
  } catch (error) {
    const remote = await findRemote(error, source, own)
    if (remote !== null) return remote
    throw error
  }
}

/** Says what an image weighs that only a registry has: what is in its layers would have to be pulled. */
async function refuseRemote(error: unknown, source: ImageSource, platform: string | null): Promise<never> {
  const remote = await findRemote(error, source, platform)
  if (remote === null) throw error
  const bytes = remote.layers.reduce((sum, layer) => sum + layer.bytes, remote.configBytes)
  const amounts = {layerCount: remote.layers.length, bytes: formatBytes(bytes)}
  throw new SlimCheckError('image-only-in-registry', {source: remote.refs[0]!, ...amounts})
}

/** The outline in a registry of an image that the engine does not have. */
async function findRemote(
  error: unknown,
  source: ImageSource,
  platform: string | null,
): Promise<ImageOutline | null> {
  const isUnknown = error instanceof SlimCheckError && error.code === 'image-unknown'
  return isUnknown && source.kind === 'engine' ? findInRegistry(source.ref, platform ?? undefined) : null
}

/** Makes the report of what was read. */
export function reportRequest(request: ImageRequest, loaded: LoadedRequest): ImageAnalysis {
  const {source, verify = true} = request
  const {main} = loaded
  return {
    schemaVersion: 1,
    source,
    images: main.images.map((image) => reportOne(image, request, loaded)),
    absentPlatforms: main.absentPlatforms,
    isVerified: verify,
  }
}

function reportOne(
  image: LoadedImage,
  {duplicates = false, limits = {}, rules}: ImageRequest,
  {main, to, toOutline, base: given, deployed, joinContext, dockerfile}: LoadedRequest,
): ImageReport {
  const other = to?.images.find(({found}) => found.platform === image.found.platform) ?? to?.images[0]
  const compared = other === undefined ? toOutline : outlineOf(other)
  const present = deployed.length > 0 || compared === null ? deployed : [compared]
  const hidden = findHidden(image)
  const own = reportImage(image, hidden, findLines(image, dockerfile))
  const base = findBase(image, given)
  const compare = other === undefined ? null : compareImages(image, other)
  const join = joinContext === null ? null : joinContext(image)
  const layers = own.layers.map((layer) =>
    join !== null && /^(COPY|ADD) /.test(layer.step ?? '') && !copiesFromStage(dockerfile, layer.line)
      ? {...layer, contextFiles: join.find(layer.index)}
      : layer,
  )
  const input = {hidden, layers, baseLayers: base.layerCount, compare, comparesAll: duplicates}
  const {findings, ...advice} = adviseImage(image, input)
  const report: ImageReport = {
    ...own,
    layers,
    ...advice,
    findings: chooseFindings(findings, dockerfile, rules),
    engine: main.images.length === 1 ? main.engine : null,
    base,
    compare,
    deploy: present.length === 0 ? null : predictDeploy(image, present),
    budgets: [],
  }
  return {...report, budgets: checkImageBudgets(report, limits)}
}

/** Leaves out what comments of the Dockerfile and the configuration leave out. */
function chooseFindings(
  findings: readonly ImageFinding[],
  dockerfile: KnownDockerfile | null,
  rules: RuleLevels = new Map(),
): ImageFinding[] {
  return sortFindings(
    findings.flatMap((finding) => {
      const severity = rules.get(finding.rule) ?? finding.severity
      const isOff = severity === 'off' || dockerfile?.isIgnored(finding) === true
      return isOff ? [] : [{...finding, severity}]
    }),
  )
}
