import {formatBytes} from '../../languages/text/amounts.js'
import type {ComposeReport, ComposeServiceReport} from '../../report/project/compose-report.js'

/** A service in the words of a table. */
export interface ServiceRow {
  name: string
  image: string
  size: string
  build: string
  limits: string
  health: string
  stop: string
  command: string
}

export const SERVICE_COLUMNS = [
  'service',
  'image',
  'size',
  'build',
  'limits',
  'health',
  'stop',
  'starts',
] as const

const NOTHING = '–'

const STOP_WORDS: Readonly<Record<string, string>> = {
  ok: 'the program',
  shell: 'a shell, which does not hand it on',
  init: 'an init process, which hands it on',
}

/** Says what a table shows of a service. @param bytes writes a size */
export function describeService(
  service: ComposeServiceReport,
  bytes: (bytes: number) => string = (amount) => formatBytes(amount),
): ServiceRow {
  const {name, sizeBytes, limits, command} = service
  return {
    name,
    image: describeImage(service),
    size: sizeBytes === null ? '' : bytes(sizeBytes),
    build: describeBuild(service),
    limits:
      [limits.memory, limits.cpus === null ? null : `${limits.cpus} CPU`].filter(Boolean).join(', ') ||
      NOTHING,
    health: {service: 'yes', image: 'image', none: NOTHING, unknown: '?'}[service.health],
    stop: describeStop(service),
    command: command === null ? 'as the image says' : describeCommand(command),
  }
}

/** What the short words of the table mean; empty where it has none of them. */
export function explainServices(rows: readonly ServiceRow[]): string {
  const cells = rows.flatMap(({limits, health, stop}) => [limits, health, stop])
  const stops = rows.map(({stop}) => stop.split(' ')[0]!)
  const signals = Object.entries(STOP_WORDS).flatMap(([word, text]) =>
    stops.includes(word) ? [`${word} ${text}`] : [],
  )
  return [
    ...(signals.length === 0 ? [] : [`stop, who gets the signal to end: ${signals.join(', ')}`]),
    ...(cells.includes(NOTHING) ? [`${NOTHING} not set`] : []),
    ...(stops.includes('?') || cells.includes('?') ? ['? only the image says it'] : []),
  ].join('; ')
}

/** Without the shell that a Dockerfile's shell form starts. */
function describeCommand(words: readonly string[]): string {
  const [shell, flag, script] = words
  const text = shell === '/bin/sh' && flag === '-c' && words.length === 3 ? script! : words.join(' ')
  const line = text.replace(/\s+/g, ' ').trim()
  return line.startsWith('-') ? `as the image says, with ${line}` : line
}

function describeImage({image, build}: ComposeServiceReport): string {
  if (build === null) return image ?? ''
  const stage = build.target === null ? '' : ` (${build.target})`
  return `${build.dockerfile ?? build.context}${stage}`
}

function describeBuild({build, imageOf}: ComposeServiceReport): string {
  if (build === null) return imageOf === null ? 'pulled' : `of ${imageOf}`
  return build.sameAs === null ? 'here' : `as ${build.sameAs}`
}

/** How process 1 hears that it should stop. */
function describeStop({firstProcess, graceSeconds}: ComposeServiceReport): string {
  const grace = graceSeconds === null ? '' : ` ${graceSeconds} s`
  return `${{program: 'ok', shell: 'shell', init: 'init', unknown: '?'}[firstProcess]}${grace}`
}

/** One line under the heading: `6 services, 5 built here by 2 builds`. */
export function sumUpServices({services}: ComposeReport): string {
  const built = services.filter(({build}) => build !== null)
  const builds = built.filter(({build}) => build?.sameAs === null)
  const parts = [
    `${services.length} ${services.length === 1 ? 'service' : 'services'}`,
    ...(built.length === 0 ? [] : [`${built.length} built here`]),
    ...(built.length === builds.length
      ? []
      : [`${builds.length} different ${builds.length === 1 ? 'build' : 'builds'}`]),
  ]
  return parts.join(', ')
}

/** What equal builds cost together; null where none repeats, or no size is known. */
export function sumRepeats({services}: ComposeReport): {count: number; bytes: number | null} | null {
  const again = services.filter(({build}) => build !== null && build.sameAs !== null)
  if (again.length === 0) return null
  const sizes = again.map(({sizeBytes}) => sizeBytes)
  const isKnown = sizes.every((size) => size !== null)
  return {count: again.length, bytes: isKnown ? sizes.reduce<number>((sum, size) => sum + size!, 0) : null}
}
