/** One build, as `docker buildx build` is told of it. */
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
}

/** Lists the words behind `docker`. @param first directly behind `build` @param last before the context */
export function listBuildWords(
  {contextPath, dockerfilePath, target, platform, buildArgs, buildContexts, isCold = false}: BuildWords,
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
    ...last,
    contextPath,
  ]
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
