import {SlimCheckError} from '../../errors.js'
import {joinNames} from '../../languages/text/sentence.js'
import type {ImageAnalysis} from '../../report/image-report.js'
import type {ComposeReport} from '../../report/project/compose-report.js'
import type {OverviewReport} from '../../report/project/overview-report.js'
import {addImageSizes} from '../compose/image-sizes.js'
import {adviseCompose} from '../compose/report-compose.js'
import {analyzeRequest} from '../context/analyze-request.js'
import {type AdviseRequest, adviseDockerfiles} from '../dockerfile/advise-dockerfiles.js'
import type {ImageRequest} from '../image/analyze-image.js'
import {ProjectReadings} from '../load/project-readings.js'
import {
  describeCompose,
  describeContext,
  describeDockerfile,
  describeImage,
  describeRebuild,
  type Outcome,
} from './describe-parts.js'
import {listOverviewActions} from './list-actions.js'

/** What the overview is asked. */
export interface OverviewRequest extends AdviseRequest {
  /** An image to look at: the path of an archive, or its name in the engine. Default: none. */
  image?: string
  /** Ask the engine how large the images of services are. Default: false. */
  sizes?: boolean
}

/**
 * Asks the five questions of a project, each answer in a line or two, and ranks what to do. The parts share what they read.
 * @throws SlimCheckError where the context cannot be looked at; what keeps another part from it stands in the report
 */
export async function reviewProject(request: OverviewRequest): Promise<OverviewReport> {
  const shared: OverviewRequest = {...request, readings: new ProjectReadings()}
  const {contextDir} = request.build
  // The first walk is the others': they wait for it.
  const {analysis, settings} = await analyzeRequest(shared)
  const {groups, failed} = analysis
  // What is wrong with the image is for its own part to say.
  const {image: _, ...dockerfiles} = shared
  const [dockerfile, compose, image] = await Promise.all([
    tryPart(
      async () => (await adviseDockerfiles({...dockerfiles, known: {settings, groups, failed}})).report,
      DOCKERFILE_ABSENT,
    ),
    tryPart(() => reviewServices(shared), COMPOSE_ABSENT),
    reviewImage(request),
  ])
  const services = compose.status === 'known' ? compose.report : null
  const {report} = analysis
  return {
    schemaVersion: 1,
    context: contextDir,
    builds: report.plans.map(({name}) => name),
    parts: [
      describeContext(report, contextDir),
      describeRebuild(dockerfile, contextDir),
      describeDockerfile(dockerfile, contextDir),
      describeImage(image, services),
      describeCompose(compose, contextDir),
    ],
    actions: listOverviewActions({
      contextDir,
      context: report,
      dockerfile: dockerfile.status === 'known' ? dockerfile.report : null,
      compose: services,
    }),
  }
}

async function reviewServices({build, sizes = false, ...request}: OverviewRequest): Promise<ComposeReport> {
  const {contextDir, workingDir} = build
  const {report} = await adviseCompose({
    contextDir,
    ...(workingDir !== undefined && {workingDir}),
    ...(request.configFile !== undefined && {configFile: request.configFile}),
    ...(request.indexDir !== undefined && {indexDir: request.indexDir}),
    ...(request.readings && {readings: request.readings}),
  })
  return sizes ? addImageSizes(report) : report
}

async function reviewImage({image}: OverviewRequest): Promise<Outcome<ImageAnalysis>> {
  if (image === undefined) {
    return {
      status: 'absent',
      reason: 'none was named with --image, and no local image of this project was found',
    }
  }
  const named: ImageRequest = {source: image, verify: false, takesNames: true}
  // What reads images is large.
  const {analyzeImage} = await import('../image/analyze-image.js')
  return tryPart(() => analyzeImage(named), {})
}

const DOCKERFILE_ABSENT: Readonly<Record<string, string>> = {
  'dockerfile-not-found': 'there is no Dockerfile',
}

const COMPOSE_ABSENT: Readonly<Record<string, string | ((error: SlimCheckError) => string)>> = {
  'no-compose-file': 'there is no compose file',
  'several-compose-files': ({data}) => {
    const {found} = data as {found: readonly string[]}
    return `several folders have compose files, name one: ${joinNames(found, MAX_NAMES)}`
  },
}

const MAX_NAMES = 4

/** Without a part the others are shown. @param absent codes of errors that say that there is nothing of the kind */
async function tryPart<Report>(
  review: () => Promise<Report>,
  absent: Readonly<Record<string, string | ((error: SlimCheckError) => string)>>,
): Promise<Outcome<Report>> {
  try {
    return {status: 'known', report: await review()}
  } catch (error) {
    if (!(error instanceof SlimCheckError)) throw error
    const told = absent[error.code]
    if (told === undefined) return {status: 'failed', reason: error.message}
    return {status: 'absent', reason: typeof told === 'string' ? told : told(error)}
  }
}
