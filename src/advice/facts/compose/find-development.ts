import path from 'node:path'
import {stagesBehind} from '../../../build/graph/query-graph.js'
import {childOf, type DocumentNode} from '../../../languages/documents/document-node.js'
import {isWithin} from '../../../languages/text/container-path.js'
import type {ComposeService} from '../../../plan/compose/service/compose-service.js'
import type {ComposeMount} from '../../../plan/compose/service/read-mounts.js'
import type {ServiceBuild} from './service-build.js'
import type {ServiceStart} from './service-start.js'

/** `compose.override.yaml`, `docker-compose.dev.yml`, `local.yml`, and folders such as `.devcontainer`. */
const FILE =
  /(?:^|[.\-_/])(?:override|dev|devel|develop|development|local|test|tests|testing|e2e|ci|debug|example|examples|demo|playground|devcontainer)(?=[.\-_/]|$)/i

const PROFILE = /^(?:dev|devel|development|local|tests?|testing|e2e|ci|debug|tools?|demo)\b/i

const STAGE = /^(?:dev|devel|development|local|tests?|debug|watch)(?:[-_.]|$)/i

const VARIABLE =
  /^(?:NODE_ENV|RAILS_ENV|RACK_ENV|APP_ENV|FLASK_ENV|DJANGO_ENV|ENV|ENVIRONMENT|ASPNETCORE_ENVIRONMENT|MIX_ENV|GO_ENV|APP_ENVIRONMENT|DJANGO_SETTINGS_MODULE|SPRING_PROFILES_ACTIVE)$/

const SWITCH = /^(?:DEBUG|FLASK_DEBUG|DJANGO_DEBUG|APP_DEBUG|CHOKIDAR_USEPOLLING|WATCHPACK_POLLING|RELOAD)$/

/** Servers that watch the code, and shells that wait for somebody. */
const COMMAND = [
  /(?:^|\s)--(?:reload|watch(?:er)?|hot|debug|live-?reload|inspect|poll)\b/,
  /\bmanage\.py\s+runserver/,
  /\bflask\s+.*\brun\b/,
  /\b(?:npm|yarn|pnpm|bun)\s+(?:run\s+)?(?:dev|develop|watch|serve|start[:-](?:dev|debug|watch|local)|dev[:-]\w+)\b/,
  /\b(?:nodemon|ts-node-dev|tsx\s+watch|webpack-dev-server|webpack\s+serve|next\s+dev|nuxt\s+dev|nuxi\s+dev|vite(?!\s+(?:build|preview))|ng\s+serve|react-scripts\s+start|vue-cli-service\s+serve|gatsby\s+develop|astro\s+dev|watchmedo|watchexec|reflex|CompileDaemon|cargo\s+watch|dotnet\s+watch|guard|jupyter)\b/,
  /(?:^|\/|\s)air(?:\s|$)/,
  /\brails\s+(?:s|server)\b|\bphp\s+artisan\s+serve|\bsymfony\s+(?:server|serve)/,
  /\bmix\s+phx\.server|\bhugo\s+server|\bjekyll\s+serve|\bmkdocs\s+serve|\bmiddleman\s+server|\bmdbook\s+serve/,
  /\b(?:sphinx-autobuild|live-server|browser-sync|(?:gulp|grunt)\s+(?:watch|serve)|(?:hexo|docusaurus|vuepress|eleventy)\s+(?:server|start|dev|serve))\b|\bbin\/dev\b/,
  /\bmake\s+(?:\S+\s+)*?(?:live\w*|serve|watch|dev|develop)\b/,
  /\bsleep\s+(?:infinity|inf|\d{4,})|\btail\s+-[fF]\s+\/dev\/null/,
  /^(?:\/bin\/)?(?:ba|z|a)?sh$/,
  /\b(?:pytest|jest|vitest|mocha|phpunit|rspec|playwright\s+test|cypress\s+run|npm\s+(?:run\s+)?test|yarn\s+test|go\s+test)\b/,
]

/**
 * Says why a service is meant for work on the code, or for tests; null: nothing tells.
 * @param file where it is written, as reports name it
 */
export function findDevelopment(
  service: ComposeService,
  build: ServiceBuild | null,
  start: ServiceStart | null,
  file: string,
): string | null {
  if (service.isDeveloped) return 'it has a section "develop"'
  if (FILE.test(file)) return `${file} is a file for development`
  const profile = service.profiles.find((name) => PROFILE.test(name))
  if (profile !== undefined) return `its profile is "${profile}"`
  const target = textOf(service, 'target')
  if (STAGE.test(target)) return `it builds the stage "${target}"`
  const dockerfile = path.posix.basename(textOf(service, 'dockerfile'))
  if (FILE.test(dockerfile)) return `it builds ${dockerfile}`
  const variables = new Map([...listImageVariables(build), ...service.environment])
  return (
    findVariable(variables) ?? findCommand(start) ?? findMount(service, build) ?? findOptional(service, build)
  )
}

function textOf({build}: ComposeService, key: string): string {
  const child = build === null ? undefined : childOf(build, key)
  return child?.kind === 'scalar' ? child.text : ''
}

function listImageVariables(build: ServiceBuild | null): [name: string, value: string][] {
  const stages = build === null ? [] : stagesBehind(build.graph.target)
  return stages.flatMap(({instructions}) =>
    instructions.flatMap((one) =>
      one.keyword === 'ENV' ? one.pairs.map(([name, value]): [string, string] => [name, value]) : [],
    ),
  )
}

function findVariable(environment: ReadonlyMap<string, string>): string | null {
  for (const [name, value] of environment) {
    if (VARIABLE.test(name) && /(?:^|[._-])(?:dev|devel|development|local|test|testing)$/i.test(value))
      return `${name} is ${value}`
    if (SWITCH.test(name) && /^(?:1|true|yes|on|\*)$/i.test(value)) return `${name} is on`
  }
  return null
}

function findCommand(start: ServiceStart | null): string | null {
  if (start === null) return null
  const texts = [start.words.join(' '), ...start.actions.map(({called}) => called)]
  const found = texts.find((text) => COMMAND.some((pattern) => pattern.test(text)))
  return found === undefined ? null : `it runs ${quote(found)}`
}

/** What only tests read. */
const TESTS = /\/(?:tests?|spec|__tests__|phpunit[\w.-]*\.(?:xml|dist)|pytest\.ini|jest\.config\.\w+)$/

/** A volume that keeps the packages while the code is mounted around it, or a mount of what tests. */
function findMount({mounts, workingDir}: ComposeService, build: ServiceBuild | null): string | null {
  const packages = mounts.find(
    ({kind, target}) =>
      kind === 'volume' && /\/(?:node_modules|vendor|\.venv|venv|target|\.next)$/.test(target),
  )
  const isAround =
    packages !== undefined &&
    mounts.some(({kind, target}) => kind === 'bind' && packages.target.startsWith(`${target}/`))
  const code = build === null ? mounts.find((mount) => isRunFrom(mount, workingDir)) : undefined
  if (code !== undefined) return `it runs the code of the host in ${code.target}, which no image holds`
  // Docker Desktop alone knows these modes, and takes no heed of them by now: somebody works on the code on a Mac.
  const shared = mounts.find(
    ({kind, written, node}) =>
      kind === 'bind' &&
      (/:(?:\w+,)*(?:cached|delegated)(?:,\w+)*$/.test(written) || isShared(childOf(node, 'consistency'))),
  )
  if (shared !== undefined) return `it mounts ${shared.target} as Docker Desktop does for work on the code`
  if (isAround && build !== null) return `it keeps ${packages.target} in a volume, below a mount of the code`
  const tests = mounts.find(({kind, target}) => kind === 'bind' && TESTS.test(target))
  return tests === undefined ? null : `it mounts ${tests.target}`
}

/** A directory of the host at the place where a service says that it works. */
function isRunFrom({kind, target}: ComposeMount, workingDir: string | null): boolean {
  return kind === 'bind' && workingDir !== null && isWithin(workingDir, target)
}

function isShared(consistency: DocumentNode | undefined): boolean {
  return consistency?.kind === 'scalar' && /^(?:cached|delegated)$/.test(consistency.text)
}

/** What nobody starts unasked and works on the code of the host: a watcher of assets, a tool. */
function findOptional({profiles, mounts, node}: ComposeService, build: ServiceBuild | null): string | null {
  const [profile] = profiles
  const isOnCode =
    build !== null && mounts.some(({kind, source}) => kind === 'bind' && source === build.contextPath)
  const terminal = childOf(node, 'tty')
  if (isOnCode && terminal?.kind === 'scalar' && terminal.text === 'true')
    return 'it has a terminal, and mounts the whole context'
  return profile !== undefined && isOnCode
    ? `its profile is "${profile}", and it mounts the whole context`
    : null
}

const MAX_QUOTED = 40

function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length <= MAX_QUOTED ? line : `${line.slice(0, MAX_QUOTED - 1)}…`
}
