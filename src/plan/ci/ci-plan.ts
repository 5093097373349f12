import type {Location} from '../../languages/text/range.js'

/** What the files of a CI system say of builds and caches. */
export interface CiPlan {
  builds: CiBuild[]
  caches: CiCache[]
}

type CiSystem = 'github' | 'gitlab'

/** A build on a CI machine. */
export interface CiBuild {
  system: CiSystem
  /** The job. */
  job: string
  place: Location
  /** Of `docker/build-push-action`, or of a command. */
  how: 'action' | 'command'
  /** Absolute; null where it is only known when the job runs. */
  dockerfilePath: string | null
  /** Empty: the last stage. */
  target: string
  /** As they are written: `type=gha`, or the reference of an image. */
  cacheFrom: readonly string[]
  cacheTo: readonly string[]
  /** It asks for one layer (`--squash`). */
  isSquashed?: true
  /** A builder was made before that can export caches. */
  hasBuilder: boolean
  /** The machine is a new one each time: nothing of an earlier build is there. */
  isFresh: boolean
}

/** A cache of files that a job takes from earlier ones. */
export interface CiCache {
  system: CiSystem
  job: string
  place: Location
  /** As it is written. */
  key: string
  /** The patterns of files whose content is the key; null: the key is a text. */
  hashed: readonly string[] | null
  /** An older cache is taken where no key is equal. */
  hasFallback: boolean
}

const VALUE_FLAGS: Readonly<Record<string, string>> = {f: 'file'}

/** The values of some flags of a command, in order: `--name value`, `--name=value`, `-f value`. */
export function flagValues(words: readonly string[], name: string): string[] {
  return words.flatMap((word, at) => {
    const [flag = '', value] = splitFlag(word)
    if (flag !== name) return []
    return [value ?? words[at + 1] ?? '']
  })
}

function splitFlag(word: string): [name: string, value?: string] {
  const short = /^-([a-z])$/.exec(word)?.[1]
  if (short !== undefined) return [VALUE_FLAGS[short] ?? short]
  const [, name = '', value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? []
  return value === undefined ? [name] : [name, value]
}
