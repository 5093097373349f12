import type {Step} from '../../../build/graph/build-graph.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {isWithin, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {RewriteFacts} from '../rewrite-facts.js'

/** Variables that tell a package manager, or what it stands on, of files. */
const TELLS =
  /^(?:(?:PIP|NPM_CONFIG|PNPM|YARN|BUN|COREPACK|UV|POETRY|PIPENV|BUNDLE|GEM|COMPOSER|MIX|HEX|REBAR|MAVEN|MVN|GRADLE|CARGO|GIT|APT|SSL|CURL|OPENSSL|XDG|NUGET|DOTNET)_\w+|GO(?!OS$|ARCH$|TOOLCHAIN$)[A-Z]+|NODE_(?:OPTIONS|PATH|EXTRA_CA_CERTS)|PYTHON(?:PATH|STARTUP|HOME|USERBASE)|VIRTUAL_ENV|RUBY(?:OPT|LIB)|PERL5(?:LIB|OPT)|PHP_INI_SCAN_DIR|PHPRC|(?:JAVA_TOOL|JDK_JAVA|_JAVA)_OPTIONS|CLASSPATH|LD_(?:PRELOAD|LIBRARY_PATH)|BASH_ENV|ENV|NETRC|REQUESTS_CA_BUNDLE|AWS_CA_BUNDLE)$/i

/** Where programs are looked for. */
const FINDS_PROGRAMS = /^PATH$/

/** They hold what a program keeps for itself, and may be the project's directory. */
const HOMES =
  /^(?:GOPATH|GOMODCACHE|(?:COMPOSER|GEM|CARGO|MIX|HEX|POETRY|PNPM|COREPACK|BUNDLE_USER)_HOME|GRADLE_USER_HOME|BUNDLE_PATH|VIRTUAL_ENV|XDG_\w+|PYTHONUSERBASE|YARN_CACHE_FOLDER|(?:NPM_CONFIG|PIP)_CACHE(?:_DIR)?|NPM_CONFIG_PREFIX)$/i

/** The variable by which a command is told of something that copies bring; null if there is none. */
export function findTellingVariable(
  facts: RewriteFacts,
  {env, directory}: Pick<ShellCommand, 'env' | 'directory'>,
  copies: readonly Step[],
): string | null {
  const tells = ([name, value]: readonly [string, string]) =>
    listPaths(value, directory).some(
      (path) => isHomeOf(name, path, copies) || copies.some((copy) => bringsInto(facts, copy, path)),
    ) &&
    (TELLS.test(name) || FINDS_PROGRAMS.test(name))
  return [...env].find(tells)?.[0] ?? null
}

/** Whatever may be a path in a value: `-Da=/x/y`, `file:///x,off`, `vendor`. */
function listPaths(value: string, directory: string): string[] {
  const words = value.replaceAll('file://', ' ').split(/[\s:;,=|'"]+/)
  return words
    .filter((word) => word !== '' && !word.includes('$'))
    .map((word) => resolveContainerPath(directory, word))
}

/** Tells whether a copy brings something to a path, or below it, that lies below where it copies to. */
export function bringsInto(facts: RewriteFacts, copy: Step, path: string): boolean {
  const isBelow = copy.reads.some(({landing}) => landing.path !== path && isWithin(path, landing.path))
  const source = isBelow ? facts.sourceOf(copy, path) : null
  return source !== null && source !== '' && facts.sendsAnyOf(source)
}

function isHomeOf(name: string, path: string, copies: readonly Step[]): boolean {
  return copies.some(({reads}) => reads.some(({landing}) => landing.path === path)) && HOMES.test(name)
}
