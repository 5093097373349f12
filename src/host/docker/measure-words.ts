/** The words of the docker commands that `measure` runs. */
import {type BuildWords, hostWord, listBuildWords} from './list-build-words.js'

/** The repository of every image that `measure` makes; each tag is a random one. */
export const MEASURE_IMAGE = 'slim-check-measure'

/** One build that is measured. */
export interface MeasuredCommand extends BuildWords {
  /** Flags that are handed on as they are: secrets, ssh, network. */
  flags: readonly string[]
  tag: string
  /** No step is cached, and cache mounts are empty. */
  isCold: boolean
  /** Where cache mounts are kept apart from those of other builds. */
  cacheNamespace: string
  /**
   * Keeps the results apart from those that the user's own builds find (docs/cache.md 7): the same for a cold build and
   * those that stand on it. Null: the builder's cache is used as it is.
   */
  apartId: string | null
  /** Where docker writes which record the builder keeps of the build; null: nowhere. Not shown to people. */
  recordFile: string | null
}

/**
 * BuildKit takes cache mounts of another namespace for other mounts, and a RUN that has one for another step. Without,
 * `--no-cache` would empty the user's own.
 */
const NAMESPACE_ARGUMENT = 'BUILDKIT_CACHE_MOUNT_NS'

/** Lists the words behind `docker`. */
export function listMeasureWords(command: MeasuredCommand): string[] {
  const {flags, tag, cacheNamespace, apartId, recordFile} = command
  const buildArgs = {[NAMESPACE_ARGUMENT]: cacheNamespace, ...command.buildArgs}
  const own = [
    ...['--progress=rawjson', '--load', `--tag=${tag}`],
    ...(recordFile === null ? [] : [`--metadata-file=${recordFile}`]),
  ]
  const apart = apartId === null ? [] : [hostWord(apartId)]
  return listBuildWords({...command, buildArgs}, own, [...apart, ...flags])
}

/** A name that suggests a secret value. */
const SECRET = /token|secret|passw|passphrase|credential|api_?key|private|auth/i

/**
 * The same as a person would write it: the context as given, and without values that may be secret.
 * @param shownContext how the context is called
 */
export function showBuild(command: MeasuredCommand, shownContext: string, shownDockerfile: string): string {
  const shown = {...command, contextPath: shownContext, dockerfilePath: shownDockerfile, recordFile: null}
  return ['docker', ...listMeasureWords(shown).map(hideSecret).map(quoteWord)].join(' ')
}

function hideSecret(word: string): string {
  const match = /^(--build-arg=([^=]+)=)/.exec(word)
  return match && SECRET.test(match[2]!) ? `${match[1]!.slice(0, -1)}` : word
}

/** A word as a POSIX shell takes it. */
function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** Flags of `docker buildx build` that `measure` sets itself, or that would change something of the user's. */
const OWN_FLAGS: Readonly<Record<string, string>> = {
  tag: 'every image gets a random name',
  t: 'every image gets a random name',
  output: 'the image is loaded into the engine',
  o: 'the image is loaded into the engine',
  load: 'the image is loaded anyway',
  push: 'nothing is pushed',
  progress: 'this command reads the progress itself',
  quiet: 'this command reads the progress itself',
  q: 'this command reads the progress itself',
  'no-cache': 'the scenario "cold" sets it',
  'cache-to': 'nothing but the builder’s own cache is written',
  'metadata-file': 'nothing is written',
  iidfile: 'nothing is written',
  file: 'give it before "--"',
  f: 'give it before "--"',
  target: 'give it before "--"',
  platform: 'give it before "--"',
  call: 'nothing would be built',
  check: 'nothing would be built',
}

/** Why a flag cannot be handed on; null: it can. */
export function findFlagProblem(flags: readonly string[]): {flag: string; reason: string} | null {
  for (const word of flags) {
    const name = /^--?([A-Za-z-]+)/.exec(word)?.[1]
    const reason = name === undefined ? undefined : OWN_FLAGS[name]
    if (name !== undefined && reason !== undefined && Object.hasOwn(OWN_FLAGS, name))
      return {flag: name, reason}
  }
  return null
}

/** Flags as a report may hold them: what a secret is read from, not what it is. */
export function hideValues(flags: readonly string[]): string[] {
  return flags.map(hideSecret)
}
