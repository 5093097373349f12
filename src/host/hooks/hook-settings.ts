import {parseSize} from '../../languages/text/parse-size.js'

/** What the variables `SLIM_CHECK…` ask of a check before a build. */
export interface HookSettings {
  isOff: boolean
  /** An exceeded budget stops the build. */
  stops: boolean
  maxTransferBytes: number | null
  limitMs: number
  /** Values that say nothing, in words. */
  problems: string[]
}

const DEFAULT_LIMIT_SECONDS = 10

/** Reads the variables. An invalid value is reported and ignored: no build fails for it. */
export function readHookSettings(env: Readonly<Record<string, string | undefined>>): HookSettings {
  const problems: string[] = []
  const {SLIM_CHECK: mode = '', SLIM_CHECK_MAX_TRANSFER: size = '', SLIM_CHECK_TIMEOUT: seconds = ''} = env
  if (!['', 'off', 'on', 'stop'].includes(mode)) problems.push(`SLIM_CHECK=${mode} is not off, on or stop`)
  const maxTransferBytes = size === '' ? null : parseSize(size)
  if (size !== '' && maxTransferBytes === null)
    problems.push(`SLIM_CHECK_MAX_TRANSFER=${size} is not a size such as 50MB`)
  const limit = seconds === '' ? DEFAULT_LIMIT_SECONDS : Number(seconds)
  const isLimit = Number.isFinite(limit) && limit > 0
  if (!isLimit) problems.push(`SLIM_CHECK_TIMEOUT=${seconds} is not a number of seconds`)
  return {
    isOff: mode === 'off',
    stops: mode === 'stop',
    maxTransferBytes,
    limitMs: Math.min((isLimit ? limit : DEFAULT_LIMIT_SECONDS) * 1000, 2 ** 31 - 1),
    problems,
  }
}
