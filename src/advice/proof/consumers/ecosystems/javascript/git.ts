/** What tools of JavaScript read from Git. */

import type {PlacedAction} from '../../../../../build/graph/expand-actions.js'
import {readManifest} from '../../../../../build/graph/read-manifest.js'
import {parentPath} from '../../../../../languages/text/container-path.js'
import {firstUse, type GitUse, type ProjectView, perhaps, type SourceText, surely} from '../../consumption.js'
import {findGitSignIn} from '../../git-signs.js'
import {resolveIn} from '../../needs.js'
import {lineAt} from '../../text-lines.js'
import {SETTINGS} from './settings.js'

/** Settings of whatever takes part in a build; not of checkers, tests and releases. */
const OTHER_SETTINGS =
  /(?:^|\/)(?!(?:jest|vitest|playwright|cypress|wdio|karma|commitlint|release|lint-staged|eslint|prettier|stylelint|renovate|knip|changelog|cz)\.)[\w-]+\.config\.[cm]?[jt]s$/

/** Tools that are told in the files of another one. */
const SETTINGS_OF: Readonly<Record<string, string>> = {
  craco: 'react-scripts',
  nuxi: 'nuxt',
  remix: 'vite',
  'react-router': 'vite',
  vinxi: 'vite',
  rsbuild: 'rspack',
  'build-storybook': 'storybook',
}

/** Settings that show when a page was changed, as the repository knows. */
const PAGE_DATES =
  /\blastModified(?:Time)?\s*:\s*["']git["']|\b(?:showLastUpdate(?:Time|Author)|lastUpdated|lastUpdatedAt|gitTimestamp|editedAt|enableGitInfo)\b\s*["']?\s*[:=]\s*(?!\s*false\b)\S|\bnextra\s*\(|git Last Modified|plugin-git\b|lastUpdatedPlugin|remark(?:Git|ModifiedTime)\w*|remark-(?:git|modified-time)/

/** Packages that read the repository while something is built. */
const GIT_PACKAGES =
  /(?:^|[-/@])git(?:$|-)(?!.*(?:hooks|url|ignore|diff-parse))|^(?:next-build-id|last-commit-log|unplugin-info|nextra|nextra-theme-[\w-]+|@vuepress\/plugin-(?:git|last-updated)|release-it|semantic-release|standard-version|auto-changelog|conventional-changelog[\w-]*|@sentry\/(?:[\w-]+-plugin|cli|nextjs|sveltekit|remix|astro|nuxt|react-router)|gatsby-transformer-gitinfo|vite-plugin-version-mark|genversion-git|@changesets\/cli|dugite|nodegit|simple-git|isomorphic-git)$/
/** Of those, what is only there for people, or needs a command of its own. */
const IDLE_PACKAGES =
  /^(?:release-it|semantic-release|standard-version|auto-changelog|conventional-changelog[\w-]*|@changesets\/cli|@sentry\/cli|dugite|nodegit)$/

/** Calls that ask the repository what has changed, whatever the settings. */
const ASKS_GIT: readonly {program: RegExp; words: RegExp; why: string}[] = [
  {
    program: /^(?:nx)$/,
    words: /^(?:affected(?::\w+)?|--base=.*|format:check)$/,
    why: 'reads from Git what has changed',
  },
  {
    program: /^turbo$/,
    words: /^(?:--affected|--since(?:=.*)?|--filter=.*\[.*\].*|\[.*\])$/,
    why: 'reads from Git what has changed',
  },
  {
    program: /^(?:lerna)$/,
    words: /^(?:version|publish|changed|diff|--since(?:=.*)?)$/,
    why: 'reads from Git what has changed',
  },
  {
    program: /^(?:pnpm|yarn)$/,
    words: /^(?:--since(?:=.*)?|--filter=.*\[.*\].*|\[.*\])$/,
    why: 'reads from Git what has changed',
  },
  {
    program: /^(?:jest|vitest)$/,
    words: /^(?:--changed(?:Since)?(?:=.*)?|--onlyChanged|-o)$/,
    why: 'reads from Git what has changed',
  },
  {
    program: /^(?:changeset)$/,
    words: /^(?:status|version|publish|tag)$/,
    why: 'reads from Git what has changed',
  },
  {program: /^(?:npm|pnpm|yarn)$/, words: /^publish$/, why: 'reads the repository'},
  {
    program:
      /^(?:semantic-release|standard-version|release-it|auto-changelog|conventional-changelog|git-cliff|next-build-id|lint-staged|commitlint|cz)$/,
    words: /^/,
    why: 'reads the repository',
  },
  {
    program: /^sentry-cli$/,
    words: /^(?:--auto|set-commits|propose-version)$/,
    why: 'takes commits from the repository',
  },
  {
    program: /^sentry-cli$/,
    words: /^(?:releases|sourcemaps|deploys)$/,
    why: 'may take the release from the repository',
  },
  // husky 6 to 9, yorkie and simple-git-hooks go on without a repository: seen
  {program: /^(?:lefthook)$/, words: /^(?:install|run)$/, why: 'installs hooks into the repository'},
]

/** Tells whether some calls of a program read from Git by their words. */
export function canAskGit(program: string): boolean {
  return ASKS_GIT.some((one) => one.program.test(program))
}

/** What a call reads from Git by its words, whatever the settings. */
export function askOf({program, words, text}: PlacedAction): GitUse | null {
  if (/^(?:npm|pnpm|yarn)$/.test(program) && setsVersion(words)) return surely(`${text} reads the repository`)
  for (const {program: programs, words: wanted, why} of ASKS_GIT) {
    if (!programs.test(program)) continue
    const rest = words.slice(1)
    if (rest.some((word) => wanted.test(word)) || (rest.length === 0 && wanted.test('')))
      return surely(`${text} ${why}`)
  }
  return null
}

/** `npm version minor`, which makes a commit; alone it lists the versions of programs. */
function setsVersion([, ...args]: readonly string[]): boolean {
  const [subcommand, ...operands] = args.filter((word) => !word.startsWith('-'))
  return subcommand === 'version' && operands.length > 0
}

/** Settings of what is built, the modules that they take in, and packages beside it. */
export function readSettings(
  action: PlacedAction,
  project: ProjectView,
  manifests: readonly SourceText[],
): GitUse | null {
  const {program, directory} = action
  const tool = Object.hasOwn(SETTINGS_OF, program) ? SETTINGS_OF[program]! : program
  if (!Object.hasOwn(SETTINGS, tool)) return null
  // a tool takes plugins in, and these have settings of their own
  const own = project.readAll(directory, SETTINGS[tool]!)
  const others = project.readAll(directory, OTHER_SETTINGS)
  const settings = followModules([...own, ...others.filter((one) => !own.includes(one))], project)
  const isOff =
    settings.some(({text}) => SENTRY_OFF.test(text)) &&
    ![...action.env.keys()].some((name) => /SENTRY/.test(name))
  return firstUse(
    readPageDates(settings),
    readCalls(settings),
    ...manifests.map((manifest) => readPackages(manifest, isOff || project.lacksGit)),
  )
}

/** The plugin is turned off where the environment does not say otherwise. */
const SENTRY_OFF = /\bdisable:\s*(?:true|![^,\n]*SENTRY)/

const MAX_MODULES = 60

/** Some modules, and those of the project that they take in by relative paths, at any depth. */
function followModules(start: readonly SourceText[], project: ProjectView): SourceText[] {
  const found = new Map(start.map((one) => [one.path, one]))
  for (const {path, text} of found.values()) {
    if (found.size >= MAX_MODULES) break
    for (const [, name = ''] of text.matchAll(
      /(?:\bfrom\s*|\brequire\(\s*|\bimport\(?\s*)["'](\.{1,2}\/[^"'\n]+)["']/g,
    )) {
      const bare = resolveIn(parentPath(path), name.replace(/\.[cm]?[jt]sx?$/, ''))
      for (const extension of ['.js', '.ts', '.mjs', '.cjs', '.mts', '.cts', '/index.js', '/index.ts']) {
        const one = bare + extension
        const content = project.has(one) ? project.textOf(one) : null
        if (content !== null) found.set(one, {path: one, text: content})
      }
    }
  }
  return [...found.values()]
}

function readPageDates(settings: readonly SourceText[]): GitUse | null {
  for (const {path, text} of settings) {
    const match = PAGE_DATES.exec(text)
    if (match === null) continue
    const name = /^[\w-]+/.exec(match[0])?.[0] ?? 'git'
    return surely(`${path} uses ${name}, which reads .git`, {
      askedBy: {path, line: lineAt(text, match.index).line},
    })
  }
  return null
}

function readCalls(settings: readonly SourceText[]): GitUse | null {
  const sign = findGitSignIn(settings)
  if (sign?.fallsBack)
    return perhaps(`${sign.path} reads ${sign.found} if it can: do you want that?`, {askedBy: sign})
  return sign && surely(`${sign.path} uses ${sign.found}`, {askedBy: sign})
}

function readPackages({path, text}: SourceText, isSentryOff: boolean): GitUse | null {
  const name = readManifest(text).dependencies.find(
    (one) =>
      GIT_PACKAGES.test(one) && !IDLE_PACKAGES.test(one) && !(isSentryOff && one.startsWith('@sentry/')),
  )
  if (name === undefined) return null
  const line = lineAt(text, Math.max(0, text.indexOf(`"${name}"`))).line
  return perhaps(`does ${name} of ${path} read the repository?`, {askedBy: {path, line}})
}
