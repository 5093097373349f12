/** Who in an image could use packages and build output that only one language's programs read. */

import {findMention} from '../../build/graph/find-mention.js'
import {isListed} from '../../build/graph/list-packages.js'
import {namesPath} from '../../build/graph/names-path.js'
import {readManifest, readPnpmWorkspaces} from '../../build/graph/read-manifest.js'
import type {StageEvent, Timeline} from '../../build/graph/timeline.js'
import {
  baseName,
  isWithin,
  parentPath,
  relativeTo,
  resolveContainerPath,
} from '../../languages/text/container-path.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {Candidate} from './candidate.js'
import type {Language, ProjectView} from './consumers/consumption.js'
import {resolveIn} from './consumers/needs.js'
import type {NameSearch} from './find-names.js'
import {findHandoverOf, isThereFor, type WayIn} from './find-ways-in.js'
import {leavesAlone} from './left-alone.js'
import {findHidingMount} from './mounted-over.js'
import {buildsProject} from './outputs/python-outputs.js'
import {listRunSources} from './survey/run-sources.js'
import {type Image, placeOf, type SurveyedAction} from './survey/survey.js'
import {takesAlong} from './takes-along.js'

/** A program that could use a path. */
export interface Use {
  /** A question where it is not sure. */
  reason: string
  isSure: boolean
}

/** Kinds of no use but to programs of one language. Not `dist`, `build` or `out`: anything can serve those. */
const READERS: Readonly<Record<string, readonly Language[]>> = {
  'npm-packages': ['javascript'],
  'yarn-unplugged': ['javascript'],
  'next-build': ['javascript'],
  'nuxt-build': ['javascript'],
  'svelte-kit-build': ['javascript'],
  'python-virtualenv': ['python'],
  'conda-environment': ['python'],
  'python-local-packages': ['python'],
  'python-egg-info': ['python'],
  'python-build': ['python'],
  'rust-target': ['rust'],
  'go-vendor': ['go'],
  'maven-target': ['jvm'],
  'gradle-build': ['jvm'],
  'sbt-target': ['jvm'],
  'dotnet-bin': ['dotnet'],
  'dotnet-obj': ['dotnet'],
  // a bundler may take in what these bring for browsers
  'composer-packages': ['php', 'javascript'],
  'ruby-gems': ['ruby', 'javascript'],
  'elixir-packages': ['elixir', 'javascript'],
  'elixir-build': ['elixir'],
}

/** Images that bring no language but their own. Web servers are known, too: what they serve stands in their settings. */
const KNOWN_IMAGES: readonly (readonly [name: RegExp, languages: readonly Language[]])[] = [
  [/^(?:node|bun|deno)$/, ['javascript']],
  [/^(?:python|uv|pypy|distroless\/python3.*)$/, ['python']],
  [/^(?:golang|go)$/, ['go']],
  [/^(?:rust|cargo-chef|rust-musl-cross|muslrust)$/, ['rust']],
  [/^(?:ruby|jruby)$/, ['ruby']],
  [/^(?:php|composer)$/, ['php']],
  [
    /^(?:maven|gradle|eclipse-temurin|openjdk|amazoncorretto|sapmachine|ibm-semeru-runtimes|tomcat|jetty|sbt|distroless\/java.*)$/,
    ['jvm'],
  ],
  [/^(?:elixir|erlang)$/, ['elixir']],
  [/^(?:sdk|aspnet|runtime|runtime-deps)$/, ['dotnet']],
  [
    /^(?:alpine|debian|ubuntu|busybox|scratch|fedora|centos|rockylinux|almalinux|archlinux|amazonlinux|wolfi-base|buildpack-deps|gcc)$/,
    [],
  ],
  [/^distroless\/(?:static|base|base-nossl|cc)(?:-\w+)*$/, []],
  [/^(?:nginx|nginx-unprivileged|httpd|caddy|traefik|haproxy)$/, []],
]

/** Of what any program may read. */
export const ANYTHING: Use = {reason: '', isSure: true}

/** Finds what could use a path where it lies in an image; null: nothing that runs there reads it. */
export function findUse(
  images: readonly Image[],
  candidate: Candidate,
  way: WayIn,
  {findName, tree}: {findName: NameSearch; tree: FileTree},
): Use | null {
  const {image, landing} = way
  const question = {image, candidate, landing, findName, tree}
  const languages = READERS[candidate.entry?.kind ?? '']
  const isStarted =
    image.timeline.isTarget && way.only === undefined && findHidingMount(way, candidate) === null
  // what anything may read is of no use only to a stage that nobody starts
  if (languages === undefined && isStarted) return ANYTHING
  const naming = findHandoverOf(images, way)
  if (naming !== null) return {reason: `${naming.text} takes it (${naming.place})`, isSure: true}
  const mention =
    landing === null ? null : findMention(isStarted ? image.timeline : notStarted(image), landing)
  if (mention !== null) return {reason: `${mention.text} (${mention.place}) names it`, isSure: true}
  let doubt: Use | null = null
  for (const action of image.actions) {
    if (!isThereFor(way, action) || (action.isStart && !isStarted)) continue
    const use = useOf(action, question)
    if (use?.isSure) return use
    doubt ??= use
  }
  return (
    doubt ??
    findVisit(image, candidate, landing) ??
    (isStarted && languages?.includes('javascript') ? findInPages(candidate, findName) : null) ??
    (languages === undefined || !isStarted ? null : asBase(image, languages))
  )
}

/** Pages are served with what lies beside them, as they are. */
function findInPages({path}: Candidate, findName: NameSearch): Use | null {
  const page = findName(baseName(path), path, true)
  return page && {reason: `${page.path}:${page.line} names it: is it served?`, isSure: false}
}

/** What happens to an image until it is started. */
function notStarted({timeline}: Image): Timeline {
  return {...timeline, events: timeline.events.filter((event) => event.kind !== 'run' || !event.isStart)}
}

/** An instruction that takes the directory around a path, or works in its project, whatever for. */
function findVisit({timeline}: Image, {path, entry}: Candidate, landing: string | null): Use | null {
  if (landing === null) return null
  const languages = READERS[entry?.kind ?? '']
  const owner = parentPath(path)
  const project = parentPath(landing)
  for (const event of timeline.events) {
    if (event.kind === 'run' && event.commands.some((command) => takesAlong(command, landing))) {
      return {
        reason: `${event.where.text} (${event.where.place}) copies it, too: is it used there?`,
        isSure: false,
      }
    }
    // what a browser may be served
    const isOpen = languages === undefined || languages.includes('javascript')
    if (isOpen && owner !== '' && visits(event, owner, project)) {
      return {
        reason: `${event.where.text} (${event.where.place}) names ${owner}: does it use it?`,
        isSure: false,
      }
    }
  }
  return null
}

function visits(event: StageEvent, owner: string, project: string): boolean {
  if (event.kind === 'arrival') return namesPath(event.where.text, owner)
  return event.kind === 'handover' && event.sources.some((source) => isWithin(source, project))
}

/** What is asked of each action of an image. */
interface Question {
  image: Image
  candidate: Candidate
  landing: string | null
  findName: NameSearch
  tree: FileTree
}

function useOf(action: SurveyedAction, question: Question): Use | null {
  const {image, candidate, landing} = question
  const languages = READERS[candidate.entry?.kind ?? '']
  const {use, called, unread} = action
  const ask = (reason: string): Use => ({reason: `${reason} (${placeOf(action)})`, isSure: false})
  if (candidate.entry?.kind === 'python-virtualenv') {
    if (readsEnvironment(action, landing))
      return {reason: `${called} works in it (${placeOf(action)})`, isSure: true}
    return use === null && mayBeProject(action) ? ask(`does ${called} use it?`) : null
  }
  // sources take in what lies beside them; packages and output belong to a directory
  if (languages !== undefined && languages[0] !== 'javascript' && isElsewhere(action, landing)) return null
  if (use === null) {
    const isOfPackage = languages?.[0] === 'javascript' && isInstalledTool(action, question)
    return isOfPackage && resolves(action, question) === 'no' ? null : ask(`does ${called} use it?`)
  }
  if (isIdle(action, candidate) || isDevelopment(action, question)) return null
  if (languages === undefined)
    return leavesAlone(action, candidate, {tree: question.tree, project: image.project}) ? null : ANYTHING
  if (use.ecosystems.some((one) => languages.includes(one))) {
    return useOfLanguage(action, question, ask)
  }
  if (runsStranger(action, landing)) return ask(`does ${called} use it?`)
  if (unread !== undefined) return ask(`does ${unread} use it?`)
  if (!languages.includes('javascript')) return null
  if (callsJavaScript(action, image)) return ask(`does ${called} start Node.js?`)
  const source = findNaming(action, image, candidate)
  return source === null ? null : ask(`${source} names it: does ${called} use it?`)
}

/** A program of the very language: what it finds by its own rules. */
function useOfLanguage(action: SurveyedAction, question: Question, ask: (reason: string) => Use): Use | null {
  const {image, candidate} = question
  const kind = candidate.entry?.kind ?? ''
  const {called} = action
  if (PROJECT_OUTPUT.has(kind) && !buildsProject(action, image.project)) {
    const reader = findMetadataReader(image, candidate)
    return reader === null
      ? null
      : ask(`${reader} asks for metadata of packages: does ${called} find it here?`)
  }
  const reach = READERS[kind]?.[0] === 'javascript' ? resolves(action, question) : 'yes'
  if (reach === 'no') return null
  if (reach === 'perhaps') return ask(`does ${called} use it?`)
  return {reason: `${called} may use it (${placeOf(action)})`, isSure: true}
}

/** A tool that the package of its directory installs, below nothing that has to do with the path: it runs in Node.js. */
function isInstalledTool({program, directory}: SurveyedAction, {image, landing}: Question): boolean {
  if (landing === null || isWithin(parentPath(landing), directory)) return false
  return image.project
    .read(directory, 'package.json')
    .some(({text}) => readManifest(text).dependencies.includes(program))
}

/** Node.js looks for packages in its own directory and above: those of another project only a name leads to. */
function resolves(
  action: SurveyedAction,
  {image, candidate, landing, findName}: Question,
): 'yes' | 'perhaps' | 'no' {
  if (landing === null) return 'yes'
  const owner = parentPath(landing)
  const {directory, makes, isRecursive} = action
  if (isWithin(directory, owner)) return 'yes'
  // what a framework built it finds in its own directory only
  if (candidate.entry?.kind !== 'npm-packages') return /\$|\?/.test(directory) ? 'perhaps' : 'no'
  const isNamed = action.words.slice(1).some((word) => isWithin(resolveContainerPath(directory, word), owner))
  if (isNamed) return 'yes'
  if (action.isFollowed || action.program === 'patch-package') return 'no'
  if (/[?$]/.test(directory)) return 'perhaps'
  const chosen = image.chosenBy(action)
  if (chosen !== null && owner !== directory && isPackage(image, owner) && !chosen.includes(owner))
    return 'no'
  if (isWithin(owner, directory) && (makes?.includes('npm-install') || isRecursive)) {
    return isMember(image.project, directory, owner) ? 'yes' : 'no'
  }
  const isBeside = !isWithin(owner, directory) && isPackage(image, owner) && isPackage(image, directory)
  if (
    isBeside &&
    !image.reachOf(directory).includes(owner) &&
    !leadsTo(image, directory, parentPath(candidate.path))
  )
    return 'no'
  return followsScript(action, image) || findName(baseName(owner)) === null ? 'no' : 'perhaps'
}

/** `yarn generate`: what the script calls are actions of their own, and the manager itself takes nothing from other packages. */
function followsScript(
  {program, words, packageScript, directory}: SurveyedAction,
  {project}: Image,
): boolean {
  if (!/^(?:npm|pnpm|yarn|yarnpkg|bun)$/.test(program) || packageScript !== undefined) return false
  const name = words.slice(1).find((word) => !/^-|^run(?:-script)?$/.test(word)) ?? ''
  return project.read(directory, 'package.json').some(({text}) => readManifest(text).scripts.has(name))
}

function isPackage({project}: Image, directory: string): boolean {
  return project.read(directory, 'package.json').length > 0
}

/**
 * A source of one package leads to the directory of another: an import from its own place, any other text perhaps
 * from the package's. @param owner of the context
 */
function leadsTo({project}: Image, directory: string, owner: string): boolean {
  const name = baseName(owner).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const relative = new RegExp(
    `(\\b(?:from|import|require)\\b[\\s(]*["'\`])?((?:\\./)?\\.\\./[\\w./@-]*\\b${name}\\b[\\w./@-]*)`,
    'g',
  )
  const joined = new RegExp(`\\.\\.["'\`]\\s*,\\s*["'\`][\\w./@-]*\\b${name}\\b`)
  const homes = project.sourcesOf(directory)
  return project
    .readAll(directory, /\.(?:[cm]?[jt]sx?|json|vue|svelte)$/)
    .some(
      ({path, text}) =>
        joined.test(text) ||
        [...text.matchAll(relative)].some(([, imported, place = '']) =>
          [parentPath(path), ...(imported === undefined ? homes : [])].some((base) =>
            isWithin(resolveIn(base, place), owner),
          ),
        ),
    )
}

/** A workspace of the directory may have the project: its globs say so, or nobody can tell. */
function isMember(view: ProjectView, directory: string, owner: string): boolean {
  const place = relativeTo(directory, owner)
  const globs = [
    ...view.read(directory, 'package.json').map(({text}) => readManifest(text).workspaces),
    ...view.read(directory, 'pnpm-workspace.yaml').map(({text}) => readPnpmWorkspaces(text)),
  ]
  return globs.length === 0 || globs.some((list) => isListed(list, place))
}

/** It runs a file of the path's own project that is not in the context. */
function runsStranger({runsFile, script, directory}: SurveyedAction, landing: string | null): boolean {
  if (runsFile === undefined || script !== undefined || landing === null) return false
  const project = parentPath(landing)
  return (
    project !== '/' && directory === project && isWithin(resolveContainerPath(directory, runsFile), project)
  )
}

/** What a build of the Python project leaves beside it, and only such a build takes up again. */
const PROJECT_OUTPUT = new Set(['python-egg-info', 'python-build'])
const METADATA =
  /\bimportlib[._]metadata\b|\bimportlib_metadata\b|\bpkg_resources\b|\bentry_points\b|\bstevedore\b/

/** A source that asks what is installed: Python looks beside the program, too. */
function findMetadataReader({project}: Image, {entry}: Candidate): string | null {
  if (entry?.kind !== 'python-egg-info') return null
  return listRunSources(project, 'python').find(({text}) => METADATA.test(text))?.path ?? null
}

/** A program that lies in the project may be told to look anywhere in it. */
function mayBeProject({runsFile, program}: SurveyedAction): boolean {
  return runsFile !== undefined || program.includes('.')
}

/** `uv pip` takes the environment beside the project, and makes none. */
function readsEnvironment({program, words, env, directory}: SurveyedAction, landing: string | null): boolean {
  if (program !== 'uv' || words[1] !== 'pip' || landing === null) return false
  const isTold =
    words.includes('--system') || words.some((word) => /^(?:--python|-p|--target|--prefix)(?:=|$)/.test(word))
  const isElsewhere = [...env.keys()].some((name) =>
    /^(?:UV_SYSTEM_PYTHON|VIRTUAL_ENV|UV_PROJECT_ENVIRONMENT|CONDA_PREFIX)$/.test(name),
  )
  return !isTold && !isElsewhere && resolveContainerPath(directory, '.venv') === landing
}

/** Its directory and that of the path have nothing to do with each other. */
function isElsewhere({directory, use}: SurveyedAction, landing: string | null): boolean {
  if (landing === null || use === null || directory.startsWith('?') !== landing.startsWith('?')) return false
  if (/\$|\?(?:cd|branch|~)/.test(directory)) return false
  const owner = parentPath(landing)
  return !isWithin(owner, directory) && !isWithin(directory, owner)
}

/** What has to do with the language, and reads no packages of a project. */
function isIdle({program, words}: SurveyedAction, {isGitIgnored}: Candidate): boolean {
  if (words.some((word) => /^(?:-g|--global|--version|-v|-V)$/.test(word))) return true
  if (program === 'turbo' && words[1] === 'prune') return isGitIgnored === true
  if (/^(?:npm|pnpm|yarn|yarnpkg)$/.test(program))
    return /^(?:config|cache|set|init|whoami|login|get|help|store|audit|ping)$/.test(words[1] ?? '')
  if (program === 'cargo')
    return /^(?:install|fetch|vendor|login)$/.test(words[1] ?? '') || words.includes('prepare')
  return /^(?:corepack|nvm|fnm|only-allow|husky|lefthook|simple-git-hooks|pip|conda)$/.test(program)
}

/** The server of development builds what it shows; a script of package.json is what its commands are. */
function isDevelopment(action: SurveyedAction, {image, candidate}: Question): boolean {
  if (candidate.entry?.kind !== 'next-build') return false
  const {program, words, where} = action
  if (program === 'next') return words[1] === 'dev'
  return (
    /^(?:npm|pnpm|yarn|yarnpkg|bun)$/.test(program) &&
    image.actions.some(
      (one) => one.program === 'next' && one.words[1] === 'dev' && one.where.place === where.place,
    )
  )
}

const CALLS_JAVASCRIPT =
  /\b(?:npm|npx|yarn|pnpm|bunx?|node|nodejs|frontend-maven-plugin|node_modules|webpacker|jsbundling|vite|esbuild|tailwind)\b/
const SETTINGS =
  /(?:(?:^|\/)(?:pom\.xml|mix\.exs|composer\.json|Rakefile|build\.rs|project\.clj|build\.sbt|Gemfile)|\.gradle(?:\.kts)?|\.(?:cs|fs|vb)proj|\.targets|\.rake)$/

/** Build tools of other languages that start npm by themselves. */
function callsJavaScript({use, isStart, directory}: SurveyedAction, {project}: Image): boolean {
  if (isStart || use?.ecosystems.every((one) => /^(?:other|go|python|shell)$/.test(one))) return false
  return project.readAll(directory, SETTINGS).some(({text}) => CALLS_JAVASCRIPT.test(text))
}

/** A program of another language may serve or read packages for browsers: its sources name them then. */
function findNaming({use}: SurveyedAction, {project}: Image, {path}: Candidate): string | null {
  const name = baseName(path)
  for (const language of use?.runs ?? []) {
    const source = listRunSources(project, language).find(({text}) => text.includes(name))
    if (source !== undefined) return source.path
  }
  return null
}

/** What a step says that brings programs of a language. */
const SIGNS: Partial<Readonly<Record<Language, RegExp>>> = {
  javascript: /\b(?:nodejs|node|npm|npx|yarn|bun|deno|corepack|nvm|volta|fnm)\b/i,
  python: /\b(?:python[\d.]*|pip|conda|mamba|uv|poetry|pdm|pyenv)\b/i,
  php: /\b(?:libapache2-mod-)?php[\d.]*\b/i,
  ruby: /\b(?:ruby[\d.]*|rbenv|rvm|gem|bundler?)\b/i,
  jvm: /\b(?:java|openjdk\S*|default-j[rd]k\S*|temurin\S*|jre|jdk)\b/i,
  dotnet: /\b(?:dotnet\S*|aspnetcore\S*)\b/i,
  elixir: /\b(?:elixir|erlang|esl-erlang)\b/i,
}

/** What an instruction says, apart from the paths of the context that it copies. */
function textsOf(event: StageEvent): readonly string[] {
  switch (event.kind) {
    case 'arrival':
      return []
    case 'handover':
      // the name of a stage says nothing, that of an image does
      return event.stageIndex === null ? [event.where.text] : event.sources
    case 'setting':
      return event.values
    case 'run':
      return event.commands.flatMap(({words, env}) => [...words, ...env.values()])
  }
}

/** What an image starts by itself is known of the usual ones only. */
function asBase({timeline, actions}: Image, languages: readonly Language[]): Use | null {
  if (!timeline.isTarget) return null
  const name = lastPartOf(timeline.imageName)
  const known = KNOWN_IMAGES.find(([names]) => names.test(name))
  if (known === undefined)
    return {reason: `it is not known what ${timeline.imageName} starts: does that use it?`, isSure: false}
  const brought = languages.find((one) =>
    timeline.events.some((event) => textsOf(event).some((text) => SIGNS[one]?.test(text))),
  )
  if (brought !== undefined && !known[1].includes(brought)) {
    return {reason: `the image has programs that could use it (${brought}): do they?`, isSure: false}
  }
  const isStarted = actions.some(({isStart}) => isStart)
  if (isStarted || !known[1].some((one) => languages.includes(one))) return null
  return {
    reason: `the image is based on ${timeline.imageName}, and it is not known what runs in it: does that use it?`,
    isSure: false,
  }
}

/** The languages that the base of an image brings, where that is one of the usual ones; null: it is none. */
export function languagesOfBase({timeline}: Image): readonly Language[] | null {
  const name = lastPartOf(timeline.imageName)
  return KNOWN_IMAGES.find(([names]) => names.test(name))?.[1] ?? null
}

/** `gcr.io/distroless/static-debian12:nonroot` is `distroless/static-debian12`, `docker.io/library/python:3` is `python`. */
export function lastPartOf(imageName: string): string {
  const bare = imageName.replace(/@.*$/s, '').replace(/:[^:/]*$/, '')
  return /(?:^|\/)((?:distroless\/)?[^/]+)$/.exec(bare)?.[1] ?? bare
}
