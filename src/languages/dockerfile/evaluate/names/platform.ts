/** A platform in BuildKit's words. */
export interface Platform {
  os: string
  osVersion: string
  architecture: string
  variant: string
}

const OS_PART = /^([\w-]+)(?:\(([\w.%-]*)(?:\+[\w.%-]+)*\))?$/
const OTHER_PART = /^[\w-]+$/

const SYSTEMS: readonly string[] = [
  ...['aix', 'android', 'darwin', 'dragonfly', 'freebsd', 'hurd', 'illumos', 'ios', 'js', 'linux', 'nacl'],
  ...['netbsd', 'openbsd', 'plan9', 'solaris', 'windows', 'zos'],
]

const ARCHITECTURES: readonly string[] = [
  ...['386', 'amd64', 'amd64p32', 'arm', 'armbe', 'arm64', 'arm64be', 'loong64', 'mips', 'mipsle', 'mips64'],
  ...['mips64le', 'mips64p32', 'mips64p32le', 'ppc', 'ppc64', 'ppc64le', 'riscv', 'riscv64', 's390', 's390x'],
  ...['sparc', 'sparc64', 'wasm'],
]

/** Reads `os/architecture[/variant]`, or one of the first two alone, in normal form; null when it is none. */
export function parsePlatform(specifier: string, defaults: Platform | null): Platform | null {
  const [first = '', ...others] = specifier.split('/')
  const [, system, osVersion = ''] = OS_PART.exec(first) ?? []
  if (system === undefined || others.length > 2 || !others.every((part) => OTHER_PART.test(part))) return null
  const os = system.toLowerCase().replace(/^macos$/, 'darwin')
  const [architecture, variant = ''] = others
  if (architecture !== undefined) return {os, osVersion, ...normalizeArchitecture(architecture, variant)}
  const base = defaults ?? {os: 'linux', architecture: 'amd64', variant: ''}
  if (SYSTEMS.includes(os)) return {os, osVersion, architecture: base.architecture, variant: base.variant}
  const alone = normalizeArchitecture(first, '')
  return ARCHITECTURES.includes(alone.architecture) ? {os: base.os, osVersion: '', ...alone} : null
}

/** Writes a platform as TARGETPLATFORM holds it. */
export function formatPlatform({os, osVersion, architecture, variant}: Platform): string {
  const system = osVersion === '' ? os : `${os}(${osVersion})`
  return [system, architecture, variant].filter((part) => part !== '').join('/')
}

function normalizeArchitecture(
  architecture: string,
  variant: string,
): Pick<Platform, 'architecture' | 'variant'> {
  const name = architecture.toLowerCase()
  const kind = variant.toLowerCase()
  switch (name) {
    case 'i386':
      return {architecture: '386', variant: ''}
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return {architecture: 'amd64', variant: kind === 'v1' ? '' : kind}
    case 'aarch64':
    case 'arm64':
      return {
        architecture: 'arm64',
        variant: kind.replace(/^v?8(?:\.0)?$/, '').replace(/^v?9(?:\.0)?$/, 'v9'),
      }
    case 'armhf':
      return {architecture: 'arm', variant: 'v7'}
    case 'armel':
      return {architecture: 'arm', variant: 'v6'}
    case 'arm':
      return {architecture: 'arm', variant: kind === '' ? 'v7' : kind.replace(/^[5-8]$/, 'v$&')}
    default:
      return {architecture: name, variant: kind}
  }
}
