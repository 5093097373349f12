import type {Step} from '../../../build/graph/build-graph.js'
import {stepsBehind} from '../../../build/graph/query-graph.js'
import {scriptOf} from '../../../languages/dockerfile/syntax/inner-text.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {
  isWithin,
  parentPath,
  relativeTo,
  resolveContainerPath,
} from '../../../languages/text/container-path.js'
import type {Range} from '../../../languages/text/range.js'
import {plainCall, readsOfInstall} from '../installs/install-reads.js'
import type {InstallReads, ProjectFiles} from '../installs/project-files.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import {isAside, isExpensive, needsCopies, redirectsOutside, usesManifest} from './aside.js'
import {askAboutOwner} from './ask-about-owner.js'
import {chainBefore} from './chain-before.js'
import {isPreparation} from './preparation.js'
import {findTellingStep} from './told-by-steps.js'
import {findTellingVariable} from './told-by-variables.js'

/** A RUN that installs what a project names, as far as it does no more. */
export interface Install {
  step: Step
  command: ShellCommand
  /** Where it runs: a container path. */
  directory: string
  /** The same in the context; empty for the root. */
  project: string
  reads: InstallReads
  /** What stands before the install in its RUN, and goes ahead with it; null without such a head. */
  head: Range | null
  /** What stands between the install and the rest of its RUN, which needs the source; null without such a rest. */
  tail: Range | null
  /** What the rest begins with anew: `set -e; `; empty without. */
  setting: string
}

/** A call that installs, before it is known what stands around it. */
type Call = Omit<Install, 'tail' | 'head' | 'setting'>

/** Files by which a project is known. */
const MANIFESTS = [
  'package.json',
  'pyproject.toml',
  'Pipfile',
  'requirements.txt',
  'go.mod',
  'Gemfile',
  'composer.json',
  'mix.exs',
  'Cargo.toml',
  'pom.xml',
]

/**
 * Reads a RUN as an install of a project that some copies bring, perhaps with more behind it; null where it begins with
 * anything else, or where the rest cannot be told apart.
 */
export function findInstall(facts: RewriteFacts, step: Step, copies: readonly Step[]): Install | null {
  if (step.instruction.keyword !== 'RUN' || step.instruction.isInherited) return null
  const landings = copies.flatMap(({reads}) => reads.map(({landing}) => landing.path))
  if (!redirectsOutside(facts, step, landings)) return null
  const commands = facts.commandsOf(step)
  if (commands.filter(({words}) => words[0] === 'cd').length > 1) return null
  let found: Call | null = null
  for (const [index, command] of commands.entries()) {
    const one = readCommand(facts, step, command, copies)
    const isEasy =
      one === null && isEasyCommand(command, landings, found) && !needsCopies(facts, command, copies)
    if (one !== null && found === null) {
      found = one
      if (one.reads.ahead !== undefined) return goAhead(facts, one, commands, index)
    } else if (one !== null) {
      found = {...found!, reads: joinReads(found!.reads, one.reads)}
    } else if (!isEasy) {
      const gap = found === null ? undefined : findGap(facts, step, commands, index)
      if (gap === undefined || !isDirectoryThere(step, found!)) return null
      const reads = askAboutCleanup(facts, step, found!.reads, commands.slice(index))
      return {...found!, reads, head: null, tail: gap, setting: settingOf(commands)}
    }
  }
  if (found === null || !isDirectoryThere(step, found)) return null
  return {...found, head: null, tail: null, setting: ''}
}

/** Where a RUN can be cut in two, with what its second half begins with anew. */
export interface Cut {
  gap: Range
  setting: string
}

/** Cuts a RUN that begins with what needs no source, such as packages of the system, before the rest of it. */
export function cutAside(
  facts: RewriteFacts,
  step: Step,
  landings: readonly string[],
  copies: readonly Step[],
): Cut | null {
  const commands = facts.commandsOf(step)
  const index = commands.findIndex((one) => !isAside(one, landings) || needsCopies(facts, one, copies))
  const head = commands.slice(0, Math.max(index, 0))
  if (!head.some(isExpensive) || head.some(({words}) => usesManifest(words))) return null
  // what the rest removes would stay in the layer of the first half
  if (commands.slice(index).some(({words}) => CLEANS.test(words.join(' ')))) return null
  const gap = redirectsOutside(facts, step, landings) ? findGap(facts, step, commands, index) : undefined
  return gap === undefined ? null : {gap, setting: settingOf(commands)}
}

const CLEANS =
  /^(?:rm\b|find\b.* -delete\b|(?:npm|pnpm|yarn) (?:prune|store prune|cache clean|autoclean|uninstall|remove)\b|yarn workspaces focus\b|pip3? (?:uninstall|cache purge)\b|composer (?:remove|clear-?cache)\b|bundle clean\b|go clean\b|(?:apt-get|apt|dnf|yum|microdnf|zypper)\b.* (?:purge|remove|autoremove|autopurge|clean)\b|apk\b.* (?:del|cache)\b)/

/** What the second half removes stays in the layer of the first one, where the image has that. */
function askAboutCleanup(
  {graph}: RewriteFacts,
  step: Step,
  reads: InstallReads,
  rest: readonly ShellCommand[],
): InstallReads {
  const cleanup = rest.find(({words}) => CLEANS.test(words.join(' ')))
  if (cleanup === undefined || !stepsBehind(graph.target).includes(step)) return reads
  const question = `${cleanup.words.join(' ')} would come in a layer of its own, and what it removes stays in the layer before: may it?`
  return {...reads, questions: [...reads.questions, question]}
}

/** An install with a part that goes ahead: what stands before it in its RUN goes along, if the two can be told apart. */
function goAhead(
  facts: RewriteFacts,
  call: Call,
  commands: readonly ShellCommand[],
  index: number,
): Install | null {
  const before = commands.slice(0, index)
  const isCd = before.some(({words}) => words[0] === 'cd')
  if (before.every((one) => isCd || isPreparation(one))) return {...call, head: null, tail: null, setting: ''}
  if (isCd || findGap(facts, call.step, commands, index) === undefined) return null
  const head = {start: before[0]!.range.start, end: call.command.range.start}
  return {...call, head, tail: null, setting: ''}
}

/** WORKDIR has made the directory, or a manifest that is copied makes it: `cd` alone does not. */
function isDirectoryThere({instruction}: Step, {directory, project, reads}: Call): boolean {
  const isOfWorkdir = resolveContainerPath('/', instruction.state.directory) === directory
  return isOfWorkdir || reads.files.some((path) => project === '' || isWithin(path, project))
}

/** Tells whether an install is one by a manager of JavaScript packages. */
export function usesNode({command}: Pick<Install, 'command'>): boolean {
  return /^(?:npm|corepack|pnpm|yarn|bun)$/.test(command.words[0] ?? '')
}

/** What does not look at the project, or changes to where the install is. */
function isEasyCommand(
  command: ShellCommand,
  landings: readonly string[],
  found: {directory: string} | null,
): boolean {
  if (command.words[0] === 'cd') return found === null && /^[^-]/.test(command.words[1] ?? '-')
  return isPreparation(command) || isAside(command, landings)
}

function readCommand(
  facts: RewriteFacts,
  step: Step,
  command: ShellCommand,
  copies: readonly Step[],
): Call | null {
  if (!command.isCertain || hasMountAt(step, command.directory)) return null
  const project = findProject(facts, step, command.directory)
  if (project === null) return null
  const doubts = new Set<string>()
  const files = viewFiles(facts, step, {directory: command.directory, project, doubts})
  const known = readsOfInstall({...command, earlier: listCallsBefore(facts, step, command)}, project, files)
  if (known === null || (known.ahead !== undefined && isFetchedBefore(facts, step, command))) return null
  const telling = findTellingStep(facts, step, copies, known.files)
  const questions = [
    ...known.questions,
    ...doubts,
    ...askAboutVariables(facts, command, copies),
    ...(telling === null ? [] : [telling]),
    ...askAboutOwner(facts, step, copies, known.writes),
  ]
  return {step, command, directory: command.directory, project, reads: {...known, questions}}
}

/** The calls of the steps before one, and of its own before a command. */
function listCallsBefore(facts: RewriteFacts, step: Step, command: ShellCommand): (readonly string[])[] {
  const own = facts.commandsOf(step)
  return [
    ...chainBefore(step).flatMap((earlier) => facts.commandsOf(earlier)),
    ...own.slice(0, Math.max(own.indexOf(command), 0)),
  ].map(({words}) => words)
}

/** Calls that fetch packages without the project. */
const FETCHES =
  /^(?:go mod (?:download|vendor)\b|pip install\b.* -r\b|go get\b|cargo (?:build|chef|fetch|vendor)\b|(?:uv sync|poetry (?:install|sync)|composer install)\b.*--no-(?:install-\w+|root|autoloader))/

/** An earlier step has called the same program to fetch the packages only. */
function isFetchedBefore(facts: RewriteFacts, step: Step, {words}: ShellCommand): boolean {
  const [program] = plainCall(words)
  const calls = chainBefore(step).flatMap((earlier) =>
    facts.commandsOf(earlier).map((one) => plainCall(one.words)),
  )
  return calls.some((call) => call[0] === program && FETCHES.test(call.join(' ')))
}

function joinReads(one: InstallReads, other: InstallReads): InstallReads {
  const blocker = one.blocker ?? other.blocker
  return {
    ...one,
    files: [...new Set([...one.files, ...other.files])],
    writes: [...new Set([...one.writes, ...other.writes])],
    evidence: one.evidence === other.evidence ? one.evidence : `${one.evidence}; ${other.evidence}`,
    questions: [...one.questions, ...other.questions],
    ...(blocker !== undefined && {blocker}),
  }
}

/** The directory of the context that a directory of the image comes from; null where no step brings it. */
function findProject(facts: RewriteFacts, step: Step, directory: string): string | null {
  for (const earlier of chainBefore(step).toReversed()) {
    const whole = facts.sourceOf(earlier, directory)
    if (whole !== null) return whole
    for (const name of MANIFESTS) {
      const path = facts.sourceOf(earlier, resolveContainerPath(directory, name))
      if (path !== null && (path === name || path.endsWith(`/${name}`)) && facts.isSent(path)) {
        return parentPath(path)
      }
    }
  }
  return null
}

/** From where the files of a project are seen. */
interface View {
  directory: string
  project: string
  /** Gets a question for each file that is asked for and is not what it seems. */
  doubts: Set<string>
}

/** The files of the context as the step sees them: those that some step before it has brought into their place. */
function viewFiles(facts: RewriteFacts, step: Step, {directory, project, doubts}: View): ProjectFiles {
  const before = chainBefore(step).toReversed()
  /** What is copied last to where a path is expected. */
  const findSource = (path: string) => {
    const place = placeOf(path, project, directory)
    if (place === null) return before.some((earlier) => facts.targetOf(earlier, path) !== null) ? path : null
    // a link that is copied counts, too
    const sources = before.map((earlier) => facts.sourceOf(earlier, place))
    return sources.find((source) => source !== null && facts.sendsAnyOf(source)) ?? null
  }
  const isThere = (path: string) => findSource(path) === path
  const watch = (path: string) => {
    const link = facts.linkAt(path)
    if (link !== null && isThere(link)) doubts.add(`${link} is a link: what does the install read behind it?`)
    const source = findSource(path)
    if (source !== null && source !== path && facts.isSent(source))
      doubts.add(`${source} is copied to where ${path} is expected: what does it say?`)
  }
  return {
    evidence: facts.wholeTexts,
    isSent: (path) => {
      watch(path)
      return facts.isSent(path) && isThere(path)
    },
    findDirectories: (glob) => facts.findDirectories(glob),
    findFiles: (below, name) => {
      watch(below)
      for (const link of facts.findLinks(below, name)) watch(link)
      return facts.findFiles(below, name).filter(isThere)
    },
    findLink: (glob) => facts.findLink(glob),
    locate: (written) => {
      return findSent(facts, before, resolveContainerPath(directory, written))
    },
  }
}

/** The file that comes to a place by the first of some copies that brings one; null where none does. */
export function findSent(facts: RewriteFacts, copies: readonly Step[], place: string): string | null {
  for (const copy of copies) {
    const path = facts.sourceOf(copy, place)
    if (path !== null && facts.isSent(path)) return path
  }
  return null
}

/** Where a file of a project stands in the image; null for one outside of the project. */
export function placeOf(path: string, project: string, directory: string): string | null {
  if (project === '') return resolveContainerPath(directory, path)
  return isWithin(path, project) ? resolveContainerPath(directory, relativeTo(project, path)) : null
}

/** A bind mount over the project hides what is copied. */
function hasMountAt({instruction}: Step, directory: string): boolean {
  if (instruction.keyword !== 'RUN') return false
  return instruction.mounts.some(({type, target}) => {
    const place = resolveContainerPath(directory, target)
    return type === 'bind' && (isWithin(place, directory) || isWithin(directory, place))
  })
}

/** Variables by which a package manager is told of files. */
const TELLS_OF_FILES =
  /^(?:PIP_(?!NO_|DISABLE_|DEFAULT_|CACHE_DIR|INDEX_URL|EXTRA_INDEX_URL|TRUSTED_HOST|PROGRESS|ROOT_USER)\w+|NPM_CONFIG_(?!CACHE|REGISTRY|LOGLEVEL|PREFIX)\w+|NODE_OPTIONS|PYTHONPATH|PYTHONSTARTUP|GOFLAGS|GOWORK|BUNDLE_GEMFILE|BUNDLE_APP_CONFIG|RUBYOPT|COMPOSER(?:_VENDOR_DIR)?|YARN_RC_FILENAME|UV_(?:PROJECT|CONFIG_FILE|CONSTRAINT|OVERRIDE)\w*|PIPENV_PIPFILE|MIX_(?:EXS|DEPS_PATH))$/

/** Their values are names of files, also those that look like none. */
const NAMES_FILES =
  /^(?:PIP_(?:CONSTRAINT|REQUIREMENT|FIND_LINKS|EDITABLE)|NPM_CONFIG_(?:USERCONFIG|GLOBALCONFIG|CAFILE))$/

function askAboutVariables(facts: RewriteFacts, command: ShellCommand, copies: readonly Step[]): string[] {
  const told = [...command.env].filter(([name, value]) => {
    const upper = name.toUpperCase()
    return NAMES_FILES.test(upper) || (/[/.]/.test(value) && TELLS_OF_FILES.test(upper))
  })
  const telling = told.length > 0 ? null : findTellingVariable(facts, command, copies)
  if (telling !== null) return [`Does the variable ${telling} make the install read the source?`]
  // of the base image of many: where the packages of all projects are, and no file of this one
  return told
    .filter(([name, value]) => !(name === 'BUNDLE_APP_CONFIG' && value.startsWith('/usr/')))
    .map(([name]) => `Does the variable ${name} make the install read the source?`)
}

/** The text between an install and the command behind it that needs the source; undefined where they cannot be told apart. */
function findGap(
  facts: RewriteFacts,
  step: Step,
  commands: readonly ShellCommand[],
  index: number,
): Range | undefined {
  const {written, isJson} = step.instruction as Extract<Step['instruction'], {keyword: 'RUN'}>
  const script = isJson || written.heredocs.length > 0 ? null : scriptOf(written)
  const [first] = commands
  const [before, next] = [commands[index - 1], commands[index]]
  if (script === null || before === undefined || next === undefined) return undefined
  if (first?.range.start !== script.origin.start || commands.some(({words}) => words[0] === 'cd'))
    return undefined
  const gap = {start: before.range.end, end: next.range.start}
  const isJoined = /^[\s\\`]*(?:&&|;)[\s\\`]*$/.test(facts.textAt(gap))
  return isChain(script.text, settingOf(commands)) && isJoined ? gap : undefined
}

/** Only a chain of `&&` fails as a whole where its first command fails; and one of `;` behind `set -e`. */
function isChain(text: string, setting: string): boolean {
  if (setting === '') return !/\|\||[;\n]|(?<!&)&(?!&)/.test(text)
  return !/[&|\n(){}]|\b(?:if|for|while|until|case|trap)\b|(?:^|;)\s*\w+=/.test(text)
}

/** `set -e` with what stands beside it, as the first command of a script; empty without. */
function settingOf([first]: readonly ShellCommand[]): string {
  const words = first?.words ?? []
  const isStrict = words[0] === 'set' && words.length === 2 && /^-[eux]*e[eux]*$/.test(words[1]!)
  return isStrict ? `${words.join(' ')}; ` : ''
}
