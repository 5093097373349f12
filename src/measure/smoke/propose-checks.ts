import type {ConfigSmoke} from '../../config/slim-check-config.js'
import type {SmokeCheck} from '../../config/smoke-check.js'
import {readSmokeChecks} from '../../config/smoke-check.js'
import {baseName} from '../../languages/text/container-path.js'

/** What an image says of itself. */
export interface ImageFacts {
  user: string | null
  entrypoint: readonly string[]
  command: readonly string[]
  ports: readonly string[]
  health: readonly string[] | null
  workingDir: string
}

/** An entry of a configuration, and the check that it stands for. */
export interface ProposedCheck {
  entry: ConfigSmoke
  check: SmokeCheck
}

/** Programs that say their version and end. */
const VERSIONED: Readonly<Record<string, string>> = {
  ...{node: '--version', python: '--version', python3: '--version', ruby: '--version', php: '--version'},
  ...{
    perl: '--version',
    deno: '--version',
    bun: '--version',
    java: '-version',
    nginx: '-v',
    caddy: 'version',
  },
  ...{gunicorn: '--version', uvicorn: '--version', celery: '--version'},
}

/** How long an image may take to end, until it is tried. */
const STOP_SECONDS = 10
const MAX_FILES = 3

/** Proposes a first set of checks for an image; each is to be tried before it is written down. */
export function proposeChecks(image: ImageFacts): ProposedCheck[] {
  const {user, ports, health} = image
  const tcpPorts = ports.filter((port) => !port.endsWith('/udp')).map((port) => Number.parseInt(port, 10))
  const entries: ConfigSmoke[] = [
    {user: user ?? 'root'},
    ...listFiles(image).map((path) => ({files: [path]})),
    ...listVersions(image),
    ...tcpPorts.filter((port) => port > 0).map((port) => ({ports: [port]})),
    ...(health === null ? [] : [{health: true}]),
    {stop: `${STOP_SECONDS}s`},
  ]
  return entries.flatMap((entry) => readSmokeChecks(entry).map((check) => ({entry, check})))
}

/** Files that the start command names. */
function listFiles({entrypoint, command, workingDir}: ImageFacts): string[] {
  const words = [...entrypoint, ...command].filter((word) => /^[\w./-]+$/.test(word) && !word.startsWith('-'))
  const paths = words.flatMap((word) => {
    if (word.startsWith('/')) return [word]
    const isFile = /\/|\.(?:[cm]?js|py|rb|php|jar|sh|pl)$/.test(word)
    return isFile ? [`${workingDir.replace(/\/$/, '')}/${word.replace(/^\.\//, '')}`] : []
  })
  return [...new Set(paths)].slice(0, MAX_FILES)
}

function listVersions({entrypoint, command}: ImageFacts): ConfigSmoke[] {
  const [program = ''] = [...entrypoint, ...command]
  const name = baseName(program).replace(/^(python)3?\.\d+$/, '$1')
  const flag = Object.hasOwn(VERSIONED, name) ? VERSIONED[name] : undefined
  return flag === undefined ? [] : [{run: [program, flag], output: '\\d', within: '10s'}]
}
