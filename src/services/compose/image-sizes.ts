import {runDocker} from '../../host/process/run-docker.js'
import type {ComposeReport} from '../../report/project/compose-report.js'

const LIMIT_MS = 5_000
const MAX_IMAGES = 100

/** Adds the sizes of the images that your engine has, as it tells them. Without an engine nothing is added. */
export async function addImageSizes(report: ComposeReport): Promise<ComposeReport> {
  const names = [...new Set(report.services.flatMap(({image}) => image ?? []))].filter(isName)
  if (names.length === 0) return report
  const sizes = await readSizes(names.slice(0, MAX_IMAGES))
  const services = report.services.map((service) => {
    return {
      ...service,
      sizeBytes: service.image === null ? null : (sizes.get(withTag(service.image)) ?? null),
    }
  })
  return {...report, services}
}

/** What could be an option is none. */
function isName(image: string): boolean {
  return /^[a-z0-9][\w.:/@-]*$/i.test(image)
}

async function readSizes(names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const listed = await runDocker(['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'], LIMIT_MS)
  if (listed.status !== 'done') return new Map()
  const known = new Set(listed.output.split('\n').map((line) => line.trim()))
  const there = names.filter((name) => known.has(withTag(name)))
  if (there.length === 0) return new Map()
  const inspected = await runDocker(['image', 'inspect', '--format', '{{.Size}}', ...there], LIMIT_MS)
  if (inspected.status !== 'done') return new Map()
  const sizes = inspected.output.trim().split('\n').map(Number)
  return new Map(
    there.flatMap((name, at) =>
      Number.isSafeInteger(sizes[at]) ? [[withTag(name), sizes[at]!] as const] : [],
    ),
  )
}

/** As `docker image ls` lists it. */
function withTag(image: string): string {
  const bare = image.replace(/^(?:docker\.io\/)?(?:library\/)?/, '')
  return /:[^/]*$/.test(bare) ? bare : `${bare}:latest`
}
