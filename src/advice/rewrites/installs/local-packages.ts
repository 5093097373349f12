/** A package that is taken from a file or a directory, as npm, pnpm, Yarn and Bun write it. */
const LOCAL_SPECIFIER =
  /^(?:(?:git\+)?file:|link:|portal:|exec:|\.{0,2}\/|~\/)|^(?![a-z][\w+.-]*:).*\.(?:tgz|tar(?:\.gz)?)$/i

/** The parts of a package.json that say where packages come from, each as deep as it goes. */
const KINDS = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'overrides',
  'resolutions',
  'packageExtensions',
  'catalog',
  'catalogs',
  'pnpm',
  'workspaces',
]

/** What a package.json takes from the project: `dep from file:vendor/dep`; null if nothing. */
export function findLocalPackage(manifest: Readonly<Record<string, unknown>>): string | null {
  for (const kind of KINDS) {
    const found = findLocal(kind, manifest[kind])
    if (found !== null) return found
  }
  return isInjected(manifest.dependenciesMeta) ? 'the files of workspaces (dependenciesMeta, injected)' : null
}

/** Lists are paths of other kinds: workspaces, patches. */
function findLocal(name: string, value: unknown): string | null {
  if (typeof value === 'string') return LOCAL_SPECIFIER.test(value) ? `${name} from ${value}` : null
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  for (const [key, one] of Object.entries(value)) {
    const found = key === 'patchedDependencies' ? null : findLocal(key, one)
    if (found !== null) return found
  }
  return null
}

function isInjected(meta: unknown): boolean {
  return JSON.stringify(meta ?? null).includes('"injected":true')
}

/** A specifier of a local package, behind what names it in a lock file: that is looked at only where there is one. */
const LOCKED =
  /(?=(?:file|portal|exec):)(?<=((?:"resolved": |resolved |[\w@./-]+@|tarball: )"?'?(?:git\+)?))[^\s"',}]+|\btype: directory\b/

/** What a lock file of JavaScript packages takes from the project; null if nothing, or if it is not text. */
export function findLocalInLock(lock: string): string | null {
  const [specifier, before = ''] = LOCKED.exec(lock) ?? []
  return specifier === undefined ? null : before + specifier
}
