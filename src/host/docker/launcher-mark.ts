/** The second line of every file that `install` and `hook install` make whole; what lacks it is not ours to touch. */
export const LAUNCHER_MARK = '# docker-slim-check: written by its "install", taken away by its "uninstall"'

/** Tells whether a file was made by us. */
export function isOwnFile(content: Uint8Array): boolean {
  const [, second = ''] = Buffer.from(content.subarray(0, 4096)).toString('latin1').split('\n')
  return second.startsWith(LAUNCHER_MARK)
}
