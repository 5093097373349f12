import type {Step} from '../../../build/graph/build-graph.js'
import {listCommands} from '../final-image.js'
import type {RewriteFacts} from '../rewrite-facts.js'

/** A package of the system that a RUN installs by name. */
export interface SystemPackage {
  name: string
  step: Step
}

const INSTALLS = /^(?:apt-get|apt|apk|dnf|yum|microdnf)$/

/** The packages of the system that some steps install, once each. */
export function listSystemPackages(facts: RewriteFacts, steps: readonly Step[]): SystemPackage[] {
  const found = new Map<string, SystemPackage>()
  for (const {step, command} of listCommands(facts, steps)) {
    const [program = '', ...args] = command.words
    const at = args.findIndex((arg) => arg === 'install' || arg === 'add')
    if (!INSTALLS.test(program) || at < 0) continue
    for (const arg of args.slice(at + 1)) {
      const name = arg.split(/[=~<>]/)[0] ?? ''
      if (/^[a-z0-9][a-z0-9.+-]*$/.test(name) && !found.has(name)) found.set(name, {name, step})
    }
  }
  return [...found.values()]
}

/** Compilers, headers and what only a build needs. */
const FOR_BUILDS =
  /^(?:build-essential|build-base|gcc(?:-\d+)?|g\+\+(?:-\d+)?|clang|make|cmake|ninja-build|autoconf|automake|libtool|pkg-config|pkgconf|musl-dev|linux-headers(?:-\S+)?|libc6?-dev|python3?-dev|python3-setuptools|rustc|cargo|golang(?:-go)?|nasm|yasm|bison|flex|gfortran|default-jdk(?:-headless)?|maven|gradle|.+-dev(?:el)?)$/

const FOR_PEOPLE =
  /^(?:vim(?:-tiny)?|nano|emacs|htop|telnet|net-tools|iputils-ping|tree|tmux|screen|man-db|strace|gdb)$/

/** Tells whether a package is one of compilers or headers. */
export function isForBuilds(name: string): boolean {
  return FOR_BUILDS.test(name)
}

/** Tells whether a package is one that a person works with. */
export function isForPeople(name: string): boolean {
  return FOR_PEOPLE.test(name)
}

/** The libraries that what was built with headers needs at run time, on Debian. */
const LIBRARY_OF: Readonly<Record<string, string>> = {
  'libpq-dev': 'libpq5',
  'default-libmysqlclient-dev': 'libmariadb3',
  'libmariadb-dev': 'libmariadb3',
  'libxml2-dev': 'libxml2',
  'libxslt1-dev': 'libxslt1.1',
  'libffi-dev': 'libffi8',
  'libjpeg-dev': 'libjpeg62-turbo',
  'libjpeg62-turbo-dev': 'libjpeg62-turbo',
  'libmagic-dev': 'libmagic1',
  'libcurl4-openssl-dev': 'libcurl4',
  'libldap2-dev': 'libldap-2.5-0',
  'libsasl2-dev': 'libsasl2-2',
  'libsnappy-dev': 'libsnappy1v5',
  'libzmq3-dev': 'libzmq5',
}

/** The same on Alpine; null: the image of Python has it. */
const LIBRARY_ON_ALPINE: Readonly<Record<string, string | null>> = {
  'postgresql-dev': 'libpq',
  'libpq-dev': 'libpq',
  'mariadb-dev': 'mariadb-connector-c',
  'mariadb-connector-c-dev': 'mariadb-connector-c',
  'libxml2-dev': 'libxml2',
  'libxslt-dev': 'libxslt',
  'jpeg-dev': 'libjpeg-turbo',
  'libjpeg-turbo-dev': 'libjpeg-turbo',
  'libffi-dev': null,
  'openssl-dev': null,
  'zlib-dev': null,
}

/** Headers that no library of their own belongs to. */
const WITHOUT_LIBRARY = /^(?:musl-dev|linux-headers\S*|libc6?-dev|python3?-dev|.*(?<!-dev|-devel))$/

/** The library that a package of headers belongs to; null for a package without one, undefined where it is not known. */
export function libraryOf(name: string, isOnAlpine: boolean): string | null | undefined {
  const known = isOnAlpine ? LIBRARY_ON_ALPINE : LIBRARY_OF
  return Object.hasOwn(known, name) ? known[name] : WITHOUT_LIBRARY.test(name) ? null : undefined
}

/** What of the packages an image still needs when nothing is built in it. */
export function listForRunning(names: readonly string[]): string[] {
  const kept = names.flatMap((name) => {
    if (isForPeople(name)) return []
    if (!isForBuilds(name)) return [name]
    return Object.hasOwn(LIBRARY_OF, name) ? [LIBRARY_OF[name]!] : []
  })
  return [...new Set(kept)].sort()
}
