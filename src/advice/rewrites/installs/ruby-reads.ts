import {joinPath} from '../../../languages/text/container-path.js'
import type {CallSurroundings, InstallReads, ProjectFiles} from './project-files.js'

const OPTION =
  /^(?:--(?:jobs|retry|without|with|quiet|verbose|no-cache|no-color|local|prefer-local|frozen|deployment|clean|no-clean|no-prune|path|system|standalone)(?:=\S+)?|-j\d*|--jobs=?\d*|\d+|-r\d*|development|test|development:test|production|vendor\/bundle|\/\S+)$/

/** Lines of a Gemfile that read no file. It is a program: what is not known here may read anything. */
const PLAIN_LINE =
  /^\s*(?:#.*|source\s+["']https?:[^"']+["'](?:\s+do)?|ruby\s+["'][^"']+["'].*|gem\s+["'][\w.-]+["'].*|group\s+.*\bdo|platforms?\s+.*\bdo|install_if\s+.*\bdo|end|git_source\(:?\w+\)\s*(?:\{.*\}|do.*)|"https:.*|["'~>,.\s\d]+|frozen_string_literal.*|)\s*$/
/** What makes any line read a file or run a program, behind its strings. */
const READS =
  /\b(?:File|Dir|IO|Pathname|FileTest|FileUtils|Kernel|YAML|JSON|Gem|send|require(?!:|\s*=>)|require_relative|load|open|system|exec|eval\w*|instance_eval|gemspec|read|__dir__|__FILE__|__method__)\b|`|%x|\*\w|\b(?:path|glob)(?::|\s*=>)/
const LOCAL_GIT = /\bgit(?::|\s*=>)\s*["'](?!(?:https?|git|ssh):\/\/|[\w.-]+@[\w.-]+:)/

/** Settings of Bundler that name no file of the project. */
const SETTINGS =
  /^(?:BUNDLE_(?:PATH|WITHOUT|WITH|FROZEN|DEPLOYMENT|JOBS|RETRY|CLEAN|BIN|SILENCE_ROOT_WARNING|FORCE_RUBY_PLATFORM|DISABLE_SHARED_GEMS|TIMEOUT|NO_PRUNE|SPECIFIC_PLATFORM|CACHE_ALL|CACHE_ALL_PLATFORMS|IGNORE_MESSAGES|MIRROR__\w+|BUILD__\w+|SSL_VERIFY_MODE|USER_AGENT|VERSION|RUBYGEMS__\w+|GEMS__\w+|GITHUB__\w+))$/

/** `bundle install` reads Gemfile and Gemfile.lock, and what the Gemfile reads. */
export function readsOfBundler(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
  {env}: CallSurroundings,
): InstallReads | null {
  const [subcommand = 'install', ...rest] = args
  const at = (name: string) => joinPath(project, name)
  const text = files.evidence.get(at('Gemfile'))
  if (subcommand !== 'install' || text === undefined || !files.isSent(at('Gemfile'))) return null
  if (rest.some((arg) => /^--gemfile/.test(arg))) return null
  const odd = text.split(/\r?\n/).find((line) => !PLAIN_LINE.test(line) || readsFiles(line))
  const isFrozen =
    rest.some((arg) => arg === '--frozen' || arg === '--deployment') ||
    ['BUNDLE_FROZEN', 'BUNDLE_DEPLOYMENT'].some((name) => /^(?:1|true)$/.test(env.get(name) ?? ''))
  const hasLock = files.isSent(at('Gemfile.lock'))
  const locked = findLockedDirectory(files.evidence.get(at('Gemfile.lock')) ?? '')
  return {
    title: 'bundle install',
    files: ['Gemfile', 'Gemfile.lock', '.bundle/config', '.ruby-version', '.tool-versions']
      .filter((name) => (!name.startsWith('.r') && !name.startsWith('.t') ? true : text.includes(name)))
      .map(at)
      .filter((path) => files.isSent(path)),
    writes: [at('vendor/bundle'), at('.bundle/plugin')],
    evidence: 'strace shows that Bundler 2.3 opens only these files of the project',
    questions: [
      ...rest.filter((arg) => !OPTION.test(arg)).map((arg) => `Does ${arg} make Bundler read other files?`),
      ...(odd === undefined ? [] : [`What does ${at('Gemfile')} read? It has: ${odd.trim().slice(0, 60)}`]),
      ...(locked === null ? [] : [`${at('Gemfile.lock')} takes gems from the project: ${locked}`]),
      ...(isFrozen || !hasLock
        ? []
        : [
            `bundle install may change ${at('Gemfile.lock')}, and the copy of the source would overwrite that: can BUNDLE_FROZEN=1 be set?`,
          ]),
      ...checkSettings(at('.bundle/config'), files),
      ...(files.findFiles(at('vendor/cache'), /\.gem$/).length > 0
        ? [`Bundler takes gems from ${at('vendor/cache')}: can it fetch them instead?`]
        : []),
      ...(hasLock
        ? []
        : ['There is no lock file: may the gems stay in the cache until the Gemfile changes?']),
    ],
  }
}

function checkSettings(path: string, files: ProjectFiles): string[] {
  if (!files.isSent(path)) return []
  const text = files.evidence.get(path)
  if (text === undefined) return [`Which files does ${path} name?`]
  const keys = Array.from(text.matchAll(/^(BUNDLE_\w+):/gm), ([, key = '']) => key)
  const isElsewhere = /^BUNDLE_PATH:(?!\s*["']?(?:vendor\/bundle|\/usr\/\S*)["']?\s*$)/m.test(text)
  const odd = keys.find((key) => !SETTINGS.test(key) || (key === 'BUNDLE_PATH' && isElsewhere))
  return odd === undefined ? [] : [`Does ${odd} in ${path} make Bundler read or write other files?`]
}

/** Strings are looked into only where they hold code. */
function readsFiles(line: string): boolean {
  const bare = line.replace(/"(?:[^"\\#]|\\.|#(?!\{))*"|'[^']*'/g, "''").replace(/#(?!\{).*/, '')
  return LOCAL_GIT.test(line) || READS.test(bare)
}

/** A directory of the project that the lock file takes gems from; null if there is none. */
function findLockedDirectory(lock: string): string | null {
  return /^PATH$|^ {2}remote: (?!https?:|git@|git:|ssh:).*$/m.exec(lock)?.[0].trim() ?? null
}
