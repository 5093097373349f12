import {baseName, parentPath} from '../../../languages/text/container-path.js'
import type {MakingLine} from '../../facts/find-making-line.js'
import {findNearPath, type NearPath} from '../../facts/find-near-path.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import type {FollowedLink, RequestOutcome} from '../../facts/trace-requests.js'
import {defineRule, type Hit} from '../define-rule.js'

interface Data {
  path: string
  /** As written. */
  source: string
  link: FollowedLink | null
  near: NearPath | null
  /** A name with blanks that it is a part of, written without quotes. */
  blank: string | null
  /** A wildcard that matches nothing; null for a plain path. */
  wildcard: {directory: string; isFatal: boolean} | null
  /** What the Dockerfile is called from the directory above the context. */
  dockerfileFromAbove: string
  /** Of the context. */
  hostPath: string
  isGitIgnored: boolean
  /** It is asked for by a mount of RUN. */
  isMount: boolean
  /** A link leads into an empty directory beside a `.gitmodules`. */
  isSubmodule: boolean
  /** A step of the workflow before the build that may make it, in words. */
  maker: string | null
  /** A line of the project that seems to make it. */
  makingLine: MakingLine | null
  /** Git ignores it, and it is made of this file. */
  sample: string | null
  /** A build argument in it, whose value whoever builds may choose. */
  argument: string | null
  /** No file tells the context: what the guess is. */
  guess: string | null
  /** Little speaks for the guess: all that it lacks, the path itself first. */
  lacking: readonly string[] | null
}

/** Finds sources that the context does not hold. */
export default defineRule<Data>({
  id: 'copy-missing-source',
  severity: 'error',
  summary: 'Do not copy what the context does not have',
  reason:
    'The build stops there with "not found". A wildcard may match nothing, but the directory before it must exist. An instruction whose wildcards all match nothing silently copies nothing: that is a warning. A file that a workflow step may create before the build is an info. What a Makefile, a script or a CI file makes, what a build argument decides, and what a guessed context lacks, is a warning: it may well be there when somebody builds. A Dockerfile whose context no file tells, and that finds less than half of its sources anywhere, is an info: its context is made elsewhere. Sources are relative to the context, not to the Dockerfile.',
  remedy: 'Correct the path, or create the file before the build.',
  examples: {
    good: [
      {dockerfile: 'FROM scratch\nCOPY a.txt *.lock /', ignore: '', tree: ['a.txt']},
      {dockerfile: 'FROM scratch\nCOPY link/b.txt /', ignore: '', tree: ['a/b.txt', 'link -> a']},
    ],
    bad: [
      {dockerfile: 'FROM scratch\nCOPY a.txt /', ignore: '', tree: ['b.txt']},
      {dockerfile: 'FROM scratch\nCOPY gone/*.txt /', ignore: '', tree: ['b.txt']},
      {dockerfile: 'FROM scratch\nCOPY b.txt /\nCOPY *.lock /', ignore: '', tree: ['b.txt']},
      {dockerfile: 'FROM scratch\nCOPY link /', ignore: '', tree: ['link -> gone']},
      {dockerfile: 'FROM scratch\nCOPY link /', ignore: '', tree: ['link -> ../gone']},
    ],
  },
  message: (data) => `${describeGap(data)}${data.wildcard?.isFatal === false ? '' : describeEnd(data)}`,
  fix: describeFix,
  check(facts) {
    const idle = listIdle(facts)
    const hits = facts.outcomes.flatMap((outcome) => {
      if (isUnknown(facts, outcome.request.path)) return []
      if (outcome.kind === 'missing') return [createHit(facts, outcome, outcome.path, null)]
      if (outcome.kind !== 'matches-nothing' || !(outcome.isFatal || idle.has(outcome.request.line)))
        return []
      const {directory, isFatal} = outcome
      return [createHit(facts, outcome, outcome.request.path, {directory, isFatal})]
    })
    return facts.plan.dockerfile?.isVague ? joinVague(hits) : hits
  },
})

/** What a context lacks of which little is known is told once. */
function joinVague(hits: readonly Hit<Data>[]): Hit<Data>[] {
  const isVague = ({data}: Hit<Data>) =>
    data.guess !== null && data.wildcard?.isFatal !== false && !isMadeLater(data)
  const [first, ...others] = hits.filter(isVague)
  if (first === undefined) return [...hits]
  const paths = [first, ...others].map(({data}) => data.path)
  const joined: Hit<Data> = {...first, data: {...first.data, lacking: [...new Set(paths)]}, severity: 'info'}
  return [joined, ...hits.filter((hit) => !isVague(hit))]
}

/** The lines of the instructions none of whose sources matches anything. */
function listIdle({outcomes}: RuleFacts): ReadonlySet<number> {
  const lines = new Set(
    outcomes.filter(({kind}) => kind === 'matches-nothing').map(({request}) => request.line),
  )
  for (const {kind, request} of outcomes) if (kind !== 'matches-nothing') lines.delete(request.line)
  return lines
}

function createHit(
  facts: RuleFacts,
  {request, ...outcome}: RequestOutcome,
  path: string,
  wildcard: Data['wildcard'],
): Hit<Data> {
  const {tree, plan, input} = facts
  const {sources, above} = input
  const contextName = baseName(plan.context.hostPath)
  const link = 'link' in outcome ? outcome.link : null
  const isGitIgnored = isIgnoredByGit(facts, wildcard?.directory ?? path)
  const data: Data = {
    path,
    source: request.source,
    link,
    blank: findBlank(facts, request),
    near: link === null ? findNearPath(tree, path, contextName, {texts: sources, above}) : null,
    wildcard,
    dockerfileFromAbove: `${contextName}/${plan.dockerfile?.path ?? 'Dockerfile'}`,
    hostPath: plan.context.hostPath,
    isGitIgnored,
    isMount: request.take?.read.how === 'mount',
    isSubmodule: isOfSubmodule(facts, path) || leadsIntoSubmodule(facts, path),
    maker: plan.workspace?.maker ?? null,
    makingLine: plan.context.git === undefined ? findMaker(facts, request.path) : null,
    sample: isGitIgnored ? findSample(facts, path) : null,
    argument: plan.dockerfile?.isOpen ? findArgument(facts, request.source) : null,
    guess: plan.dockerfile?.isSearched ? plan.context.path : null,
    lacking: null,
  }
  return {data, place: facts.atRequest(request), severity: judge(data)}
}

function judge(data: Data): 'error' | 'warning' | 'info' {
  if (data.wildcard?.isFatal === false) return 'warning'
  if (data.maker !== null) return 'info'
  return isMadeLater(data) || data.argument !== null || data.guess !== null ? 'warning' : 'error'
}

/** What makes it, or a directory around it that another COPY asks for. */
function findMaker({tree, input}: RuleFacts, path: string): MakingLine | null {
  for (let at = path; at !== '' && tree.find(at) < 0; at = parentPath(at)) {
    const maker = input.makers?.get(at)
    if (maker !== undefined) return maker
  }
  return null
}

/** Whether it is ignored as a file or as a directory: which of them it would be, nobody knows. */
function isIgnoredByGit({input: {gitIgnore}}: RuleFacts, path: string): boolean {
  return [false, true].some((isDirectory) => gitIgnore?.isIgnored(path, isDirectory).ignored)
}

/** The project has something that makes it: a goal of a Makefile, a line of a script or of CI, a sample to be copied. */
function isMadeLater({near, blank, makingLine, sample}: Data): boolean {
  if (blank !== null || near?.kind === 'case' || near?.kind === 'above') return false
  return makingLine !== null || sample !== null || (near?.kind === 'output' && near.isGoal === true)
}

/** Endings of the file that is copied to make one that Git ignores. */
const SAMPLES = ['.example', '.sample', '.dist', '.template', '.tmpl', '-example', '-sample', '.default']

/** What is copied to make a file that Git ignores; null where nothing of that name is beside it. */
function findSample({tree}: RuleFacts, path: string): string | null {
  const before = path.replace(/([^/]*)$/, (name) => `example${name.startsWith('.') ? '' : '.'}${name}`)
  return [...SAMPLES.map((ending) => `${path}${ending}`), before].find((one) => tree.find(one) >= 0) ?? null
}

const VARIABLE = /\$\{?([A-Za-z_]\w*)/g
const OF_PLATFORM = /^(?:TARGET|BUILD)(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT)$/

/** The first variable of a source that an ARG declares; that of the platform is not chosen for this. */
function findArgument({plan}: RuleFacts, source: string): string | null {
  const names = [...source.matchAll(VARIABLE)].map(([, name]) => name!)
  const text = names.length === 0 ? '' : new TextDecoder().decode(plan.dockerfile?.content)
  const isArgument = (name: string): boolean => new RegExp(`^\\s*ARG\\s(?:.*\\s)?${name}\\b`, 'im').test(text)
  return names.find((name) => !OF_PLATFORM.test(name) && isArgument(name)) ?? null
}

/** `COPY my file.txt /app/` asks for two files. */
function findBlank({plan, tree}: RuleFacts, {line, source}: RequestOutcome['request']): string | null {
  const instruction = plan.dockerfile?.evaluated.stages
    .flatMap(({instructions}) => instructions)
    .find((one) => one.line === line)
  if (instruction?.keyword !== 'COPY' && instruction?.keyword !== 'ADD') return null
  const {sources} = instruction
  for (let start = 0; start < sources.length; start++) {
    for (let end = start + 2; end <= sources.length; end++) {
      const name = sources.slice(start, end).join(' ')
      const isPart = sources.slice(start, end).includes(source)
      if (isPart && tree.find(name.replace(/^\.?\//, '')) >= 0) return name
    }
  }
  return null
}

function describeEnd(data: Data): string {
  const {maker, argument, guess, lacking} = data
  if (lacking !== null) return ''
  if (maker !== null) return `: docker build fails here, unless "${maker}" creates it in the workflow`
  if (isMadeLater(data)) return ': docker build fails here until it is made'
  if (argument !== null)
    return `: docker build fails here, unless the build argument "${argument}" says otherwise`
  if (guess !== null) return `: docker build fails here, if "${guess}" is its context (no file tells)`
  return ': docker build fails here'
}

function isOfSubmodule({input}: RuleFacts, path: string): boolean {
  return (input.tracked?.submoduleOf(path) ?? null) !== null
}

/** The builder fetches the submodules of a Git context: what it finds in one that is not here, nobody knows. */
function isUnknown({input, plan}: RuleFacts, path: string): boolean {
  return plan.workspace?.kind === 'git' && input.tracked?.submoduleOf(path)?.state === 'absent'
}

function leadsIntoSubmodule({tree, input}: RuleFacts, path: string): boolean {
  if (tree.find('.gitmodules') < 0 && !input.above?.has('.gitmodules')) return false
  return path.split('/').some((_, count, components) => {
    const directory = tree.find(components.slice(0, count + 1).join('/'))
    return directory >= 0 && tree.isDirectory(directory) && tree.endOf(directory) === directory + 1
  })
}

/** Paths that are named; more are counted. */
const MOST_PATHS = 3

function listLacking(paths: readonly string[]): string {
  const shown = paths.slice(0, MOST_PATHS).map((path) => `"${path}"`)
  const count = paths.length - shown.length
  const all = count > 0 ? [...shown, `${count} more`] : shown
  return all.length === 1 ? `${all[0]} is` : `${all.slice(0, -1).join(', ')} and ${all.at(-1)} are`
}

function describeGap({path, source, link, wildcard, lacking, guess}: Data): string {
  if (lacking !== null)
    return `no file tells the context of this Dockerfile, and ${listLacking(lacking)} not in "${guess}"`
  if (wildcard !== null) {
    const reason = wildcard.isFatal
      ? `, and nothing else sends "${wildcard.directory}"`
      : ': it copies nothing'
    return `"${source}" matches nothing${reason}`
  }
  if (link === null) return `"${path}" is not in the context${source === path ? '' : ` (from "${source}")`}`
  const target = `"${link.path}" is a link to "${link.target}"`
  return link.leavesContext
    ? `${target}, outside the context, where Docker does not follow it`
    : `${target}, and "${path}" is not in the context`
}

/** What may stand elsewhere by chance. */
const UNSURE: ReadonlySet<NearPath['kind']> = new Set(['deeper', 'shallower', 'spelling'])

function describeFix(data: Data): string | undefined {
  const {near, link, isGitIgnored, isSubmodule, source, blank, makingLine, argument, sample, lacking} = data
  if (lacking !== null && (near === null || UNSURE.has(near.kind)))
    return 'Build it with the directory that has them, or name that in a compose, bake or CI file'
  if (blank !== null) return `"${blank}" is one file: write it in the JSON form, COPY ["${blank}", "…"]`
  if (isSubmodule) return 'If it is a Git submodule, run git submodule update --init first'
  if (link?.leavesContext)
    return `Put what "${link.path}" points to into the context, or build with a context that has it`
  if (near === null && link !== null) {
    const root = link.target.startsWith('/') ? ': an absolute target counts from the root of the context' : ''
    return `Correct the link "${link.path}", or put "${data.path}" into the context${root}`
  }
  if (near === null && /^\.\.(?:[/\\]|$)/.test(source)) {
    return `Files above the context cannot be copied: build from there (docker build -f ${data.dockerfileFromAbove} ..), or pass them as a named context (--build-context)`
  }
  if (sample !== null) return `Git ignores it: copy "${sample}" to "${data.path}" before the build`
  if (makingLine !== null && (near === null || UNSURE.has(near.kind)))
    return `"${makingLine.file}" (line ${makingLine.line}) seems to make it: run that before the build`
  if (argument !== null && near?.kind !== 'output')
    return `Give the argument when you build: --build-arg ${argument}=…`
  if (near !== null) return describeNear(near, data)
  return isGitIgnored ? 'Git ignores it: create it before the build, or in a stage' : undefined
}

const OF_REPOSITORY = {
  absent:
    'There is no repository here, as in an archive of the sources: clone it with Git, or give what is needed as a build argument',
  worktree:
    'Here .git is the file of a worktree or a submodule: build in the main clone, or give what is needed as a build argument',
  'lacks it':
    'Git packs its references, and a branch may be called otherwise: ask git rev-parse before the build and give the answer as a build argument',
}

/** A mount takes no wildcard. */
function describeLock(
  {command, mayBeAbsent, other}: Extract<NearPath, {kind: 'lock'}>,
  {path, isMount}: Data,
): string {
  if (other !== null)
    return `"${other}" is there, of another package manager: install with that, or run ${command}`
  const name = baseName(path)
  const why = mayBeAbsent ? ', which writes none for a module without dependencies' : ''
  const instead = isMount ? 'take the mount away' : `write "${path}*", which may match nothing`
  return `Run ${command}${why}, and keep "${name}" in Git; or ${instead}`
}

function describeAbove(levels: number, {path, dockerfileFromAbove, hostPath}: Data): string {
  const up = Array(levels).fill('..').join('/')
  const between = hostPath.split(/[\\/]/).slice(-levels, -1)
  const dockerfile = [...between, dockerfileFromAbove].join('/')
  return `"${up}/${path}" is there: give "${up}" as the context, or from there run docker build -f ${dockerfile} .`
}

function describeNear(near: NearPath, data: Data): string {
  const {dockerfileFromAbove, isGitIgnored} = data
  switch (near.kind) {
    case 'repository':
      return OF_REPOSITORY[near.state]
    case 'lock':
      return describeLock(near, data)
    case 'slashes':
      return `Write "${near.path}": Docker uses / on Windows, too`
    case 'case':
      return `Write "${near.path}": case matters`
    case 'spelling':
      return `Did you mean "${near.path}"?`
    case 'parent':
      return `"${near.path}" is there: the Dockerfile is written for the parent directory. From one level up: docker build -f ${dockerfileFromAbove} .`
    case 'above':
      return describeAbove(near.levels, data)
    case 'shallower':
      return `Sources are relative to the context, even with a leading slash: "${near.path}" exists`
    case 'deeper':
      return `It exists as ${near.paths.map((path) => `"${path}"`).join(', ')}`
    case 'output':
      return `${near.tool} creates it: run ${near.command} before the build, or in a stage and copy it with --from${isGitIgnored ? ' (Git ignores it: a fresh checkout does not have it)' : ''}`
  }
}
