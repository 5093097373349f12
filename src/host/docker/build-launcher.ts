import {quoteForShell} from '../../languages/text/quote.js'
import {LAUNCHER_MARK} from './launcher-mark.js'
import type {LauncherOptions} from './plugin-launcher.js'

/** The name of the hidden plugin behind Docker's `builder` alias. */
export const BUILD_PLUGIN_NAME = 'slimbuild'

/** What the check says to the launcher; unlike any status of node's own. */
export const CHECK_STATUS = {goOn: 0, stop: 90, cancelled: 91, failed: 92} as const

export interface BuildLauncherOptions extends LauncherOptions {
  /** The alias that stood there before; null for none. */
  previousAlias: string | null
  /** Directories that Docker's configuration adds to those where plugins are looked for. */
  extraDirs: readonly string[]
  /** Where the builder was at install, should it be nowhere else. */
  builderPath: string | null
  /** Defaults for the check's own variables, which the environment overrides. */
  environment: Readonly<Record<string, string>>
}

/**
 * Writes the plugin `docker-slimbuild`: checks before `docker build` and then becomes the builder's own program, so
 * that arguments, streams, signals (`DOCKER_CLI_PLUGIN_SOCKET`) and exit status are the builder's. POSIX sh without
 * any other program: if anything of ours is missing, the build still runs.
 */
export function createBuildLauncher(options: BuildLauncherOptions): string {
  return [
    `#!/bin/sh\n${LAUNCHER_MARK}`,
    answerMetadata(options),
    declare(options),
    READ_ARGUMENTS,
    createCheck(options),
    options.previousAlias === null ? CHOOSE_BUILDER : '',
    findBuilder(options),
    BECOME_BUILDER,
    options.previousAlias === null ? USE_LEGACY_BUILDER : '',
    REPORT_MISSING,
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function answerMetadata({metadata}: BuildLauncherOptions): string {
  return `if [ "$1" = docker-cli-plugin-metadata ]; then
  printf '%s\\n' ${quoteForShell(metadata)}
  exit 0
fi
`
}

function declare({nodePath, programPath, previousAlias}: BuildLauncherOptions): string {
  return `slim_builder=${quoteForShell(previousAlias ?? 'buildx')}
slim_node=${quoteForShell(nodePath)}
slim_program=${quoteForShell(programPath)}
`
}

const READ_ARGUMENTS = `# Takes an option of Docker's own apart: -Dc is -D and -c. Tells whether its value is the next argument.
slim_takes_next() {
  slim_option=$1
  while :; do
    case $slim_option in
      -[Dhv]?*) slim_option=-\${slim_option#-?} ;;
      *) break ;;
    esac
  done
  case $slim_option in
    -c | --context | -H | --host | --config | -l | --log-level | --tlscacert | --tlscert | --tlskey) return 0 ;;
  esac
  return 1
}

# Docker's own options stand before our name; the command after it.
slim_state=options slim_command='' slim_context='' slim_host='' slim_config='' slim_chosen=''
for slim_argument do
  case $slim_state in
    value)
      case $slim_option in
        -c | --context) slim_context=$slim_argument ;;
        -H | --host) slim_host=$slim_argument ;;
        --config) slim_config=$slim_argument ;;
      esac
      slim_state=options ;;
    options)
      if [ "$slim_argument" = ${BUILD_PLUGIN_NAME} ]; then
        slim_state='command'
      elif slim_takes_next "$slim_argument"; then
        slim_state=value
      else
        case $slim_option in
          --context=*) slim_context=\${slim_option#*=} ;;
          --host=*) slim_host=\${slim_option#*=} ;;
          --config=*) slim_config=\${slim_option#*=} ;;
          -c?*) slim_context=\${slim_option#-c} slim_context=\${slim_context#=} ;;
          -H?*) slim_host=\${slim_option#-H} slim_host=\${slim_host#=} ;;
        esac
      fi ;;
    command) slim_command=$slim_argument slim_state=rest ;;
    rest)
      case $slim_argument in
        --builder | --builder=*) slim_chosen=yes ;;
        --) slim_state=ended ;;
      esac ;;
  esac
done
`

/** The variables stay as they are for the builder. */
function createCheck({environment}: BuildLauncherOptions): string {
  const defaults = Object.entries(environment)
    .map(([name, value]) => `${name}=\${${name}-${quoteForShell(value)}} `)
    .join('')
  return `if [ "$slim_command" = build ] && [ "\${SLIM_CHECK-}" != off ]; then
  if [ -x "$slim_node" ] && [ -r "$slim_program" ]; then
    # What Docker says of a build that is interrupted.
    trap 'exit 130' INT TERM
    ${defaults}"$slim_node" -- "$slim_program" "$@" </dev/null >&2
    slim_status=$?
    trap - INT TERM
    case $slim_status in
      ${CHECK_STATUS.goOn}) ;;
      ${CHECK_STATUS.stop}) exit 1 ;;
      ${CHECK_STATUS.cancelled} | 130 | 143) exit 130 ;;
      *) printf 'slim-check: the check failed, and the build goes on (SLIM_CHECK=off skips the check)\\n' >&2 ;;
    esac
  else
    printf 'slim-check: not checked, as the program no longer exists; the build goes on (docker-slim-check hook uninstall removes the hook)\\n' >&2
  fi
fi
`
}

/** As Docker does where no alias is set, so that the image lands in the engine of the current context. */
const CHOOSE_BUILDER = `if [ -z "\${BUILDX_BUILDER-}" ] && [ -z "$slim_chosen" ] && [ "$slim_state" != options ]; then
  if [ -n "$slim_context" ]; then
    BUILDX_BUILDER=$slim_context
  elif [ -n "$slim_host" ] || [ -n "\${DOCKER_HOST-}" ]; then
    BUILDX_BUILDER=default
  else
    slim_docker=\${DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND:-docker}
    BUILDX_BUILDER=$("$slim_docker" \${slim_config:+--config} \${slim_config:+"$slim_config"} context show 2>/dev/null </dev/null)
  fi
  if [ -n "$BUILDX_BUILDER" ]; then export BUILDX_BUILDER; else unset BUILDX_BUILDER; fi
fi
`

/** The order in which Docker looks. */
const SYSTEM_DIRECTORIES = [
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
]

function findBuilder({extraDirs, builderPath}: BuildLauncherOptions): string {
  const places = [
    ...extraDirs.map((directory) => `${quoteForShell(directory)}/docker-"$slim_builder"`),
    `"\${0%/*}/docker-$slim_builder"`,
    `"\${DOCKER_CONFIG:-\${HOME-}/.docker}/cli-plugins/docker-$slim_builder"`,
    ...SYSTEM_DIRECTORIES.map((directory) => `${directory}/docker-"$slim_builder"`),
    ...(builderPath === null ? [] : [quoteForShell(builderPath)]),
  ]
  return `slim_found=''
for slim_place in \\
  ${places.join(' \\\n  ')}
do
  if [ -f "$slim_place" ] && [ -x "$slim_place" ]; then
    slim_found=$slim_place
    break
  fi
done
`
}

const BECOME_BUILDER = `slim_become() {
  slim_state=options
  for slim_argument do
    shift
    case $slim_state in
      value) slim_state=options ;;
      options)
        if [ "$slim_argument" = ${BUILD_PLUGIN_NAME} ]; then
          slim_state=rest
          [ -n "$slim_found" ] || continue
          slim_argument=$slim_builder
        elif slim_takes_next "$slim_argument"; then
          slim_state=value
        fi ;;
    esac
    set -- "$@" "$slim_argument"
  done
  exec "$@"
}
[ -z "$slim_found" ] || slim_become "$slim_found" "$@"
`

/** What Docker itself does without an alias and without buildx. */
const USE_LEGACY_BUILDER = `if [ "$slim_command" = build ]; then
  printf 'slim-check: buildx was not found, so Docker uses its legacy builder\\n' >&2
  export DOCKER_BUILDKIT=0
  unset DOCKER_CLI_PLUGIN_SOCKET
  slim_become "\${DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND:-docker}" "$@"
fi
`

const REPORT_MISSING = `printf 'slim-check: Docker plugin "%s" was not found\\n' "$slim_builder" >&2
printf 'Try this: docker-slim-check hook uninstall docker-build\\n' >&2
exit 1
`
