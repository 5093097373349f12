import {joinPath} from '../../../languages/text/container-path.js'
import type {ProjectFiles} from './project-files.js'
import {listScripted, type ScriptedInstall} from './scripted-packages.js'

/** Scripts of the project that look at no file of it but package.json, each called with real packages in an empty directory. */
const HARMLESS: readonly RegExp[] = [
  /^(?:npx (?:-y |--yes )?)?only-allow (?:npm|pnpm|yarn|bun)$/,
  /^(?:true|exit 0|:|echo [\w .!'"-]*)$/,
]

/** They set Git hooks, and end well where there is no repository. `since`: the first major version seen to do so. */
const GIT_HOOKS: readonly {call: RegExp; name: string; since: number; until: number}[] = [
  {
    call: /^(?:npx )?husky(?: install(?: \.?[\w/-]+)?)?(?: \|\| (?:true|echo .*|exit 0|:))?$/,
    name: 'husky',
    since: 5,
    until: 9,
  },
  {call: /^(?:is-ci|is-ci-cli) \|\| husky(?: install)?$/, name: 'husky', since: 5, until: 9},
  {
    call: /^(?:npx )?simple-git-hooks(?: \|\| (?:true|exit 0|:))?$/,
    name: 'simple-git-hooks',
    since: 2,
    until: 2,
  },
]

/** Tells whether a script that an install runs looks at no file of the project but package.json. */
export function isHarmlessScript(
  script: string,
  manifest: string,
  directory: string,
  files: ProjectFiles,
): boolean {
  const parts = script.trim().split(/\s*&&\s*/)
  return parts.every(
    (part) => HARMLESS.some((one) => one.test(part)) || setsHooks(part, manifest, directory, files),
  )
}

function setsHooks(call: string, manifest: string, directory: string, files: ProjectFiles): boolean {
  // with a repository it writes into the project
  const repositories = ['.git/HEAD', '.git', joinPath(directory, '.git/HEAD'), joinPath(directory, '.git')]
  if (repositories.some((path) => files.isSent(path))) return false
  const tool = GIT_HOOKS.find((one) => one.call.test(call))
  if (tool === undefined) return false
  const [, major] = new RegExp(`"${tool.name}"\\s*:\\s*"[\\^~=v]*(\\d+)\\.`).exec(manifest) ?? []
  const isSeen = major !== undefined && Number(major) >= tool.since && Number(major) <= tool.until
  return isSeen && (tool.name !== 'simple-git-hooks' || /"simple-git-hooks"\s*:\s*\{/.test(manifest))
}

/** Packages whose own install script looks at the project that they are installed for, and at what. */
const READ_PROJECT: Readonly<Record<string, string>> = {
  '@prisma/client': 'the schema of the project',
  prisma: 'the schema of the project',
  msw: 'the directory that package.json names',
  puppeteer: 'a configuration file of the project',
  lefthook: 'lefthook.yml and the repository',
  '@evilmartians/lefthook': 'lefthook.yml and the repository',
  '@arkweid/lefthook': 'lefthook.yml and the repository',
  yorkie: 'the repository',
  'pre-commit': 'the repository',
  ghooks: 'the repository',
  contentlayer: 'a configuration file of the project',
  nuxi: 'the project',
}

/** Scripts that compile the package or fetch a program for it. */
const COMPILES =
  /^(?:esbuild|sharp|fsevents|core-js(?:-pure|-bundle)?|bcrypt|argon2|better-sqlite3|sqlite3|canvas|node-sass|@swc\/core|@parcel\/watcher|protobufjs|cypress|playwright(?:-\w+)?|electron|unrs-resolver|es5-ext|styled-components|nx|lmdb|msgpackr-extract|cpu-features|ssh2|keytar|node-pty|deasync|sodium-native|snappy|leveldown|classic-level|re2|grpc-tools|ttf2woff2|optipng-bin|mozjpeg|gifsicle|pngquant-bin|cwebp-bin|jpegtran-bin|zopflipng-bin|phantomjs-prebuilt|chromedriver|geckodriver|dtrace-provider|iltorb|farmhash|zeromq|usb|serialport|@serialport\/bindings-cpp|bufferutil|utf-8-validate|vue-demi|@nestjs\/core|@biomejs\/biome|@apollo\/rover|@sentry\/cli|@sentry-internal\/node-cpu-profiler|@tree-sitter-grammars\/.+|tree-sitter(?:-\w+)*|isolated-vm|ref-napi|ffi-napi|microtime|bigint-buffer|secp256k1|keccak|blake-hash|tiny-secp256k1|web3(?:-\w+)*|workerd|wrangler|miniflare|fse|spawn-sync|turbo|@scarf\/scarf|aws-crt|oracledb|ibm_db|kerberos|mongodb-client-encryption|pprof|@datadog\/.+|dd-trace|newrelic|@newrelic\/.+|@mongodb-js\/zstd|node-expat|libxmljs2?|hiredis|rdkafka|node-rdkafka|opencollective(?:-postinstall)?|simple-git-hooks)$/

/** Questions about install scripts of packages, as far as it is known who has one. */
export function checkPackageScripts(
  install: ScriptedInstall,
  directories: readonly string[],
  files: ProjectFiles,
): string[] {
  const {lock} = install
  if (lock !== undefined && !files.evidence.has(lock) && !lock.endsWith('.lockb'))
    return [`Which packages of ${lock} have install scripts? It was not read as a whole`]
  const found = listScripted(install, files)
  const known = 'names' in found ? found.names : []
  const manifests = directories.map(
    (directory) => files.evidence.get(joinPath(directory, 'package.json')) ?? '',
  )
  const text = lock === undefined ? '' : (files.evidence.get(lock) ?? '')
  const isThere = (name: string) =>
    known.includes(name) || manifests.some((one) => one.includes(`"${name}":`)) || isLocked(text, name)
  const named = Object.keys(READ_PROJECT).filter(isThere)
  const odd = known.filter((name) => !COMPILES.test(name) && !Object.hasOwn(READ_PROJECT, name))
  return [
    ...named.map((name) => `The install script of ${name} reads ${READ_PROJECT[name]}: is that needed?`),
    ...('unknown' in found ? [found.unknown] : []),
    ...(odd.length === 0
      ? []
      : [`Does the install script of ${odd.slice(0, 3).join(', ')} read files of the project?`]),
  ]
}

/** As Yarn, pnpm and Bun write it: the name, then `@` and the version. */
function isLocked(lock: string, name: string): boolean {
  return new RegExp(`(?:^|[\\s"'/,])${name.replace(/[/.]/g, '\\$&')}@`, 'm').test(lock)
}
