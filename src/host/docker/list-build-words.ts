import {type BuildSecret, parseSecret, type StepAccess, sshIdOf} from '../../plan/build-secrets.js'

/** One build, as arguments of `docker buildx build`. */
export interface BuildWords {
  /** Absolute. */
  contextPath: string
  /** Absolute; `-`: from standard input. */
  dockerfilePath: string
  target: string | null
  platform: string | null
  buildArgs: Readonly<Record<string, string>>
  /** Names and absolute directories, or what else Docker takes. */
  buildContexts: Readonly<Record<string, string>>
  /** No step is cached. Default: false. */
  isCold?: boolean
  /** What its RUNs may use; files absolute. */
  access?: StepAccess
}

/** Lists the words behind `docker`. @param first directly behind `build` @param last before the context */
export function listBuildWords(
  {
    contextPath,
    dockerfilePath,
    target,
    platform,
    buildArgs,
    buildContexts,
    isCold = false,
    access = {},
  }: BuildWords,
  first: readonly string[],
  last: readonly string[],
): string[] {
  return [
    ...['buildx', 'build', ...first, `--file=${dockerfilePath}`],
    ...(isCold ? ['--no-cache'] : []),
    ...(target === null ? [] : [`--target=${target}`]),
    ...(platform === null ? [] : [`--platform=${platform}`]),
    ...Object.entries(buildArgs).map(([name, value]) => `--build-arg=${name}=${value}`),
    ...Object.entries(buildContexts).map(([name, value]) => `--build-context=${name}=${value}`),
    ...listAccessWords(access, [...first, ...last]),
    ...last,
    contextPath,
  ]
}

/** @param flags win: what has an id that they give is left out */
function listAccessWords({secrets = [], ssh = [], network}: StepAccess, flags: readonly string[]): string[] {
  const given = listGivenIds(flags)
  const ownSecrets = secrets.filter(({id}) => !given.secrets.has(id))
  const ownSsh = ssh.filter((word) => !given.ssh.has(sshIdOf(word)))
  return [
    ...ownSecrets.map((secret) => `--secret=${describeSecret(secret)}`),
    ...ownSsh.map((word) => `--ssh=${word}`),
    ...(network === undefined ? [] : [`--network=${network}`]),
  ]
}

/** The ids of secrets and agents that flags give. */
function listGivenIds(flags: readonly string[]): {
  secrets: ReadonlySet<string>
  ssh: ReadonlySet<string>
} {
  const valuesOf = (name: string): string[] =>
    flags.flatMap((word, at) => {
      if (word === name) return flags.slice(at + 1, at + 2)
      return word.startsWith(`${name}=`) ? [word.slice(name.length + 1)] : []
    })
  return {
    secrets: new Set(valuesOf('--secret').map((text) => parseSecret(text)?.id ?? '')),
    ssh: new Set(valuesOf('--ssh').map(sshIdOf)),
  }
}

/** Comma-separated values, as `--secret` takes them. */
function describeSecret({id, file, variable}: BuildSecret): string {
  const fields = [`id=${id}`, ...(file === undefined ? [] : [`src=${file}`])]
  const all = variable === undefined ? fields : [...fields, `env=${variable}`]
  return all.map((field) => (/[,"]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')
}

/**
 * The words that keep a build apart from all others without any use of `--no-cache`, which would put its results in the
 * place of the user's: every RUN has another host name in its `/etc/hosts`, and so a key of its own, and its cache mounts
 * are others (docs/cache.md 7). Only copies that stand before the first RUN are shared. Nothing is tagged.
 * @param id no other build has it
 */
export function listApartWords(id: string): string[] {
  return [
    hostWord(id),
    `--build-arg=BUILDKIT_CACHE_MOUNT_NS=slim-check-${id}`,
    '--output=type=tar,dest=-',
    '--progress=plain',
  ]
}

/** The word that gives every RUN a key of its own. @param id no other build has it */
export function hostWord(id: string): string {
  return `--add-host=slim-check-${id}:127.0.0.1`
}
