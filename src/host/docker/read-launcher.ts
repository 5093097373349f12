/** Reads the settings of a launcher from its text; a line that was edited by hand is ignored. */

/** The programs that a launcher runs; empty where its text does not say. */
export function readLauncherPaths(launcher: Uint8Array): {nodePath: string; programPath: string} {
  return {
    nodePath: readQuoted(launcher, /^slim_node='((?:[^']|'\\'')*)'$/m) ?? '',
    programPath: readQuoted(launcher, /^slim_program='((?:[^']|'\\'')*)'$/m) ?? '',
  }
}

/** The options of `hook install docker-build`. */
export function readLauncherOptions(launcher: Uint8Array): {maxTransfer?: string; stops?: boolean} {
  const maxTransfer = readQuoted(
    launcher,
    /\bSLIM_CHECK_MAX_TRANSFER=\$\{SLIM_CHECK_MAX_TRANSFER-'([^']*)'\}/,
  )
  const mode = readQuoted(launcher, /\bSLIM_CHECK=\$\{SLIM_CHECK-'([^']*)'\}/)
  return {...(maxTransfer !== null && {maxTransfer}), ...(mode === 'stop' && {stops: true})}
}

function readQuoted(launcher: Uint8Array, pattern: RegExp): string | null {
  const found = pattern.exec(Buffer.from(launcher).toString())
  return found === null ? null : found[1]!.replaceAll(`'\\''`, "'")
}
