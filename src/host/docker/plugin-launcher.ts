import {quoteForShell} from '../../languages/text/quote.js'
import {LAUNCHER_MARK} from './launcher-mark.js'

/** What a launcher needs to know of this machine. */
export interface LauncherOptions {
  /** Absolute path of node. */
  nodePath: string
  /** Absolute path of the script that it runs. */
  programPath: string
  /** What Docker's metadata call gets. */
  metadata: string
}

/**
 * Writes the plugin `docker-slimcheck`: a POSIX sh script that answers Docker's metadata call without starting
 * anything, and else becomes the program. An after-build hook prints nothing if the program is gone.
 * Without `--` Node would read the file behind the program's own `--env-file`, and run what its NODE_OPTIONS name.
 */
export function createPluginLauncher({nodePath, programPath, metadata}: LauncherOptions): string {
  return `#!/bin/sh
${LAUNCHER_MARK}
if [ "$1" = docker-cli-plugin-metadata ]; then
  printf '%s\\n' ${quoteForShell(metadata)}
  exit 0
fi
slim_node=${quoteForShell(nodePath)}
slim_program=${quoteForShell(programPath)}
if [ ! -x "$slim_node" ]; then
  slim_missing=$slim_node
elif [ ! -r "$slim_program" ]; then
  slim_missing=$slim_program
else
  exec "$slim_node" -- "$slim_program" "$@"
fi
[ "$2" = docker-cli-plugin-hooks ] && exit 0
printf 'Error: docker slimcheck cannot start: "%s" no longer exists\\n' "$slim_missing" >&2
printf 'Try this: Install docker-slim-check again as its README says, then run "docker-slim-check install"\\n' >&2
exit 2
`
}
