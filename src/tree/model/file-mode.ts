/** Go's file mode, which is what BuildKit sends: permission bits as on disk, the type in the high bits (docs/buildkit.md 6). */
export const MODE = {
  dir: 2 ** 31,
  symlink: 2 ** 27,
  device: 2 ** 26,
  pipe: 2 ** 25,
  setuid: 2 ** 23,
  setgid: 2 ** 22,
  charDevice: 2 ** 21,
  sticky: 2 ** 20,
} as const

const TYPE_MASK = 0o170000
const TYPES = new Map([
  [0o040000, MODE.dir],
  [0o120000, MODE.symlink],
  [0o060000, MODE.device],
  [0o020000, MODE.device + MODE.charDevice],
  [0o010000, MODE.pipe],
  // A socket's bit is cleared: it is sent as an empty file.
  [0o140000, 0],
])

/** Asked for each entry: the global `process` is a getter. */
const PLATFORM = process.platform

/** Turns `st_mode` into Go's mode. On Windows Docker's client sends every file as executable and none as writable by others. */
export function toGoMode(statMode: number, platform: NodeJS.Platform = PLATFORM): number {
  const type = TYPES.get(statMode & TYPE_MASK) ?? 0
  if (platform === 'win32') return type + (0o755 & ((statMode & 0o777) | 0o111))
  const setuid = statMode & 0o4000 ? MODE.setuid : 0
  const setgid = statMode & 0o2000 ? MODE.setgid : 0
  const sticky = statMode & 0o1000 ? MODE.sticky : 0
  return type + setuid + setgid + sticky + (statMode & 0o777)
}

export type EntryType = 'file' | 'dir' | 'symlink' | 'other'

/** The type in a Go mode: `other` is a device or a pipe. */
export function entryTypeOf(goMode: number): EntryType {
  if (isDirectoryMode(goMode)) return 'dir'
  if (goMode & MODE.symlink) return 'symlink'
  return goMode & (MODE.device | MODE.pipe) ? 'other' : 'file'
}

/** Whether a Go mode is a directory's. */
export function isDirectoryMode(goMode: number): boolean {
  return goMode >= MODE.dir
}
