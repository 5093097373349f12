import type {Step} from '../../build/graph/build-graph.js'
import {rootOf} from '../../build/graph/query-graph.js'
import {isWithin, resolveContainerPath} from '../../languages/text/container-path.js'
import {isAlpine, splitImage} from './final-image.js'
import {chainBefore} from './moves/chain-before.js'
import type {RewriteFacts} from './rewrite-facts.js'

/** A link among the components of a copy's destination. */
export interface DestinationLink {
  /** A container path. */
  path: string
  evidence: string
  /** The base image that has it; null: a step makes it. */
  image: string | null
  /** As it is written; null where that is not known. */
  target: string | null
}

/** Finds the first link that a copy's destination goes through; null if there is none. */
export function findDestinationLink(facts: RewriteFacts, step: Step): DestinationLink | null {
  const before = chainBefore(step)
  for (const {landing} of step.reads) {
    for (const path of listComponents(landing.path, landing.isDirectory)) {
      const link = findMadeLink(facts, before, path) ?? findBaseLink(step, path)
      if (link !== null) return link
    }
  }
  return null
}

/** `/a` and `/a/b` of `/a/b/c`, and that itself where it is a directory. */
function listComponents(path: string, isDirectory: boolean): string[] {
  const names = path.split('/').slice(1)
  const count = isDirectory ? names.length : names.length - 1
  return Array.from({length: count}, (_, at) => `/${names.slice(0, at + 1).join('/')}`)
}

/** One that a RUN makes with ln, or that a copy brings from the context. */
function findMadeLink(facts: RewriteFacts, before: readonly Step[], path: string): DestinationLink | null {
  for (const step of before.toReversed()) {
    const made = facts.commandsOf(step).flatMap(({words, directory}) => readLink(words, directory))
    const own = made.find((one) => one.path === path)
    if (own !== undefined) {
      return {path, evidence: `${facts.file}:${step.line} makes it`, image: null, target: own.target}
    }
    const source = facts.sourceOf(step, path)
    const entry = source === null ? -1 : facts.tree.find(source)
    if (source !== null && entry >= 0 && facts.tree.typeOf(entry) === 'symlink') {
      return {path, evidence: `${facts.file}:${step.line} copies ${source}`, image: null, target: null}
    }
  }
  return null
}

/** Directories that every image has: `ln -s X /usr/local/bin` makes a link in it. */
const DIRECTORIES =
  /^\/(?:bin|sbin|lib|etc|opt|srv|var|tmp|root|home|usr(?:\/(?:bin|sbin|lib|share|local(?:\/(?:bin|sbin|lib|share))?))?)?$/

/** What `ln -s TARGET LINK` makes; nothing of another command. */
function readLink(words: readonly string[], directory: string): {path: string; target: string}[] {
  const [program, ...args] = words
  const options = args.filter((arg) => arg.startsWith('-'))
  const [target, link, ...more] = args.filter((arg) => !arg.startsWith('-'))
  const isSymbolic = options.some((option) => /^-\w*s|^--symbolic$/.test(option))
  if (program !== 'ln' || !isSymbolic || target === undefined || link === undefined || more.length > 0)
    return []
  const path = resolveContainerPath(directory, link)
  return DIRECTORIES.test(path) ? [] : [{path, target}]
}

/** Images of Debian 12, Ubuntu 20.04, Fedora, RHEL and later ones, and those that are made from them. */
const MERGED =
  /^(?:debian|ubuntu|buildpack-deps|fedora|centos|rockylinux|almalinux|amazonlinux|archlinux|opensuse\/.+|node|python|golang|ruby|php|rust|openjdk|eclipse-temurin|amazoncorretto|maven|gradle|perl|elixir|erlang|nginx|httpd|postgres|mysql|mariadb|redis|tomcat|julia|swift|(?:.*\/)?ubi\d+(?:\/.+|-.+)?|mcr\.microsoft\.com\/dotnet\/.+)$/
const UNMERGED = /(?:^|-)(?:jessie|stretch|buster|bullseye|xenial|bionic|nanoserver.*|windowsservercore.*)/
const MERGED_PATHS = ['/bin', '/sbin', '/lib', '/lib64']
const RUN_PATHS = ['/var/run', '/var/lock']

/** One that the base image has: `/bin` where the system has all programs in `/usr/bin`, and `/var/run`. */
function findBaseLink(step: Step, path: string): DestinationLink | null {
  const root = rootOf(step.base)
  if (root.kind !== 'image') return null
  const {image} = root
  const base = splitImage(image)
  const isMerged = MERGED.test(base.name) && !isAlpine(base) && !UNMERGED.test(base.tag)
  const isLink =
    (isMerged && [...MERGED_PATHS, ...RUN_PATHS].includes(path)) ||
    (isAlpine(base) && RUN_PATHS.some((one) => isWithin(path, one)))
  return isLink ? {path, evidence: `the system of ${image} has it so`, image, target: null} : null
}
