/** Something that a RUN may mount and no layer keeps. What it is read from is known here; what it is, is not. */
export interface BuildSecret {
  id: string
  /** The file that it is read from. */
  file?: string
  /** The variable of docker's environment that it is read from. */
  variable?: string
  /** The value of the variable, where a file of variables sets it. A function: no report prints one. */
  read?: () => string | undefined
}

/** What a build lets its RUNs use: of compose and bake files. */
export interface StepAccess {
  /** Absolute files in a `NamedBuild`, relative to the working directory in `BuildOptions`. */
  secrets?: readonly BuildSecret[]
  /** As `--ssh` takes them: `default`, `ID=SOCKET-OR-KEY`. */
  ssh?: readonly string[]
  /** `host`, `none`, or as a builder of its own names one. */
  network?: string
}

/** Lays one over another: later secrets and agents of the same id win. */
export function mergeAccess(below: StepAccess, above: StepAccess): StepAccess {
  const secrets = mergeById([...(below.secrets ?? []), ...(above.secrets ?? [])], ({id}) => id)
  const ssh = mergeById([...(below.ssh ?? []), ...(above.ssh ?? [])], sshIdOf)
  const network = above.network ?? below.network
  return {
    ...(secrets.length > 0 && {secrets}),
    ...(ssh.length > 0 && {ssh}),
    ...(network !== undefined && {network}),
  }
}

/** Changes the paths of secrets and keys. */
export function placeAccess(access: StepAccess, place: (file: string) => string): StepAccess {
  const secrets = access.secrets?.map((one) => ({
    ...one,
    ...(one.file !== undefined && {file: place(one.file)}),
  }))
  return {
    ...(secrets && {secrets}),
    ...(access.ssh && {ssh: access.ssh.map((word) => placeSsh(word, place))}),
    ...(access.network !== undefined && {network: access.network}),
  }
}

/**
 * Reads a secret as `--secret` and bake have it: `id=npm,src=.npmrc`, `type=env,id=npm,env=NPM_TOKEN`. Without a type and a
 * source it is the variable of the same name if there is one, else the file. Null where it has no id.
 */
export function parseSecret(text: string): BuildSecret | null {
  return secretOf(new Map(splitFields(text).map(splitPair)))
}

/** The same of its keys. */
export function secretOf(keys: ReadonlyMap<string, string>): BuildSecret | null {
  const id = keys.get('id')
  if (!id) return null
  const source = keys.get('src') ?? keys.get('source')
  const variable = keys.get('env') ?? (keys.get('type') === 'env' ? (source ?? id) : undefined)
  if (variable !== undefined) return {id, variable}
  return {id, ...(source !== undefined && {file: source})}
}

export function sshIdOf(word: string): string {
  return word.split('=', 1)[0]!
}

/** Changes the paths of an agent or its keys: `ID=PATH,PATH`. */
export function placeSsh(word: string, place: (given: string) => string): string {
  const at = word.indexOf('=')
  return at < 0
    ? word
    : `${word.slice(0, at + 1)}${word
        .slice(at + 1)
        .split(',')
        .map(place)
        .join(',')}`
}

function splitPair(field: string): [string, string] {
  const at = field.indexOf('=')
  return at < 0 ? [field.toLowerCase(), ''] : [field.slice(0, at).toLowerCase(), field.slice(at + 1)]
}

/** The fields of a line of comma-separated values. */
function splitFields(text: string): string[] {
  const fields = text.match(/(?:"(?:[^"]|"")*"|[^,"])+/g) ?? []
  return fields.map((field) =>
    field.startsWith('"') && field.endsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field,
  )
}

function mergeById<T>(all: readonly T[], idOf: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [idOf(one), one])).values()]
}
