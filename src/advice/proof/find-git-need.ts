import type {PlacedAction} from '../../build/graph/expand-actions.js'
import {type ProofInput, sourcesOf} from '../../build/graph/proof-input.js'
import type {Timeline} from '../../build/graph/timeline.js'
import {isWithin, resolveContainerPath} from '../../languages/text/container-path.js'

/** Why a build wants the repository; `isDoubt`: it may, and nothing says that it does not. */
export interface GitNeed {
  reason: string
  isDoubt: boolean
}

/** Tools that take a Python project's version from the repository, as pyproject.toml, setup.py or setup.cfg name them. */
const PYTHON_VERSIONERS =
  /setuptools[-_]scm|hatch[-_]vcs|versioneer|dunamai|versioningit|poetry-dynamic-versioning|uv-dynamic-versioning|setuptools-git-versioning|vcs-versioning|\bpbr\b|source\s*=\s*["'](?:scm|vcs)["']/

/** A variable that gives the version instead. */
const PRETENDS =
  /^(?:SETUPTOOLS_SCM_PRETEND_VERSION|PBR_VERSION|POETRY_DYNAMIC_VERSIONING_BYPASS|PDM_BUILD_SCM_VERSION|UV_DYNAMIC_VERSIONING_BYPASS)/

const GIT_CALL =
  /\bgit\s+(?:-C\s+\S+\s+)?(?:rev-parse|rev-list|describe|log|show|status|diff|symbolic-ref|branch|tag|submodule|ls-files|blame|shortlog|archive|name-rev|for-each-ref|cat-file|lfs|checkout)\b|["'`]git["'`]/

/** Manifests that a step reads, by basename, and what in them reaches for the repository. */
const MANIFESTS: readonly {step: string; files: RegExp; pattern: RegExp}[] = [
  {
    step: 'cargo-build',
    files: /(?:^|\/)Cargo\.toml$/,
    pattern: /\b(?:vergen[\w-]*|git-version|shadow-rs|build-info|gix?t-build[\w-]*)\b/,
  },
  {
    step: 'cargo-build',
    files: /(?:^|\/)build\.rs$/,
    pattern: /\b(?:vergen|git2|git_version|shadow_rs)\b|["']git["']|\.git\b/,
  },
  {
    step: 'maven-build',
    files: /(?:^|\/)pom\.xml$/,
    pattern: /git-commit-id[\w-]*|buildnumber-maven-plugin|jgitver[\w-]*/,
  },
  {
    step: 'gradle-build',
    files: /\.gradle(?:\.kts)?$/,
    pattern:
      /axion-release|jgitver|grgit|git-version|gitProperties|git-properties|["']git["']|\bgit\s+(?:describe|rev-parse|log)/,
  },
  {
    step: 'dotnet-build',
    files: /(?:proj|\.props|\.targets)$/,
    pattern: /MinVer|Nerdbank\.GitVersioning|GitVersion[\w.]*|GitInfo/,
  },
  {
    step: 'js-build',
    files: /\.(?:config|conf)\.[cm]?[jt]s$|(?:^|\/)package\.json$/,
    pattern:
      /git-revision-webpack-plugin|git-rev-sync|git-describe|git-last-commit|\b(?:exec|spawn)\w*\(\s*["'`]git\b|\bgit\s+(?:rev-parse|describe|log)\b/,
  },
  {step: 'mix-compile', files: /(?:^|\/)mix\.exs$/, pattern: /["']git["']/},
  {
    step: 'native-build',
    files: /(?:^|\/)(?:CMakeLists\.txt|meson\.build)$/,
    pattern: /find_package\(Git|\bgit\s+describe|vcs_tag|GIT_EXECUTABLE/,
  },
]

/**
 * Finds the first step of an image that reads the repository around a directory.
 * @param directory where what holds `.git` comes to lie; null where that is not known
 */
export function findGitNeed(
  input: ProofInput,
  timeline: Timeline,
  actions: readonly PlacedAction[],
  directory: string | null,
): GitNeed | null {
  const own = actions.flatMap((action) => ownRepository(action) ?? [])
  let doubt: GitNeed | null = null
  for (const action of actions) {
    if (own.some((repository) => isWithin(action.directory, repository))) continue
    if (directory !== null && isElsewhere(action.directory, directory)) continue
    const need = readNeed(input, timeline, action)
    if (need !== null && !need.isDoubt) return need
    doubt ??= need
  }
  return doubt ?? suspectManifest(input, timeline, directory)
}

/** A manifest that reaches for the repository, though no step is known to read it: some tool no table knows may. */
function suspectManifest(input: ProofInput, timeline: Timeline, directory: string | null): GitNeed | null {
  if (!timeline.events.some(({kind}) => kind === 'run')) return null
  for (const {files, pattern} of MANIFESTS) {
    const hit = findManifest(input, timeline, directory ?? '/', files, pattern)
    if (hit !== null)
      return {reason: `${hit.path} mentions ${hit.found}: does a RUN step read .git for it?`, isDoubt: true}
  }
  return null
}

function ownRepository({makesRepository, directory}: PlacedAction): string | null {
  return makesRepository === undefined ? null : resolveContainerPath(directory, makesRepository)
}

/** Both are known, and one does not hold the other. */
function isElsewhere(directory: string, repository: string): boolean {
  if (directory.startsWith('?') !== repository.startsWith('?')) return false
  const isVague = /\$|\?(?:cd|branch|~)/.test(directory)
  return !isVague && !isWithin(directory, repository)
}

function readNeed(input: ProofInput, timeline: Timeline, action: PlacedAction): GitNeed | null {
  const at = `(${action.where.place} ${action.isStart ? action.where.text.split(' ', 1)[0] : 'RUN'} ${action.text})`
  if (action.readsGit) return sure(`a step reads the repository ${at}`)
  if (action.buildsPythonProject) {
    const need = readPythonNeed(input, timeline, action, at)
    if (need !== null) return need
  }
  if (action.stampsGit && stampsCommit(timeline, action)) {
    return sure(`Go writes the commit from .git into the program ${at}; -buildvcs=false would do without`)
  }
  for (const {step, files, pattern} of MANIFESTS) {
    if (!action.makes?.some((made) => made === step)) continue
    const hit = findManifest(input, timeline, action.directory, files, pattern)
    if (hit !== null) return sure(`${describeUse(hit)} ${at}`)
  }
  const {script, unread} = action
  if (script && GIT_CALL.test(script.text)) return sure(`${script.path} calls git ${at}`)
  return unread === undefined ? null : {reason: `does ${unread} use Git? ${at}`, isDoubt: true}
}

function readPythonNeed(
  input: ProofInput,
  timeline: Timeline,
  action: PlacedAction,
  at: string,
): GitNeed | null {
  if ([...action.env.keys()].some((name) => PRETENDS.test(name))) return null
  const files = /(?:^|\/)(?:pyproject\.toml|setup\.py|setup\.cfg)$/
  const hit = findManifest(input, timeline, action.directory, files, PYTHON_VERSIONERS)
  return hit && sure(`${describeUse(hit)} ${at}`)
}

/** Looks through the manifests below what a step works on. */
function findManifest(
  input: ProofInput,
  timeline: Timeline,
  directory: string,
  files: RegExp,
  pattern: RegExp,
): {path: string; found: string} | null {
  const sources = sourcesOf(timeline, directory)
  for (const [path, text] of input.evidence) {
    if (!files.test(path)) continue
    if (!sources.some((source) => source === '' || isWithin(path, source))) continue
    const [found] = pattern.exec(text) ?? []
    if (found !== undefined) return {path, found: found.length > 40 ? 'git' : found.replace(/["'`]/g, '')}
  }
  return null
}

/** Go stamps if git is there; Alpine has none until it is installed. */
function stampsCommit({imageName, events}: Timeline, {env}: PlacedAction): boolean {
  if (env.get('GOFLAGS')?.includes('-buildvcs=false')) return false
  if (!/alpine/.test(imageName)) return true
  return events.some(
    (event) =>
      event.kind === 'run' && event.commands.some(({words}) => words[0] === 'apk' && words.includes('git')),
  )
}

function sure(reason: string): GitNeed {
  return {reason, isDoubt: false}
}

/** A tool's name does not say that it reads the repository; `git` and `.git` do. */
function describeUse({path, found}: {path: string; found: string}): string {
  return /^\.?git\b(?![\w-])/.test(found)
    ? `${path} needs ${found}`
    : `${path} uses ${found}, which reads .git`
}
