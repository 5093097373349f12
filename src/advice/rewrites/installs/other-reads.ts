import {joinPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {InstallReads, ProjectFiles} from './project-files.js'

/** A file beside the configuration is read with it; what lies elsewhere is not. */
const READS_IN_CONFIG =
  /\bFile\.|:file\.|:os\.cmd|System\.(?:cmd|shell)|\bapply\b|\bspawn\w*\b|\bimport (?!Config\b)|\buse (?!Mix\.Config\b)|(?<![\w:.]):(?!erlang\.system_info\b)[a-z]\w*\.[a-z]|(?<![\w.])[a-z_]\w*\.[a-z_]\w*[!?]?\(|Code\.|EEx\.|\bPath\.|import_config[\s(]+(?!"[\w.-]*(?:#\{[^}"]*\}[\w.-]*)?")/

/** `mix deps.get` and `mix deps.compile` evaluate mix.exs and the configuration. */
export function readsOfMix(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const at = (name: string) => joinPath(project, name)
  const text = files.evidence.get(at('mix.exs'))
  const [task = '', ...options] = args
  if (!/^deps\.(?:get|compile)$/.test(task) || text === undefined || !files.isSent(at('mix.exs'))) return null
  const config = files
    .findFiles(at('config'), /^(?!runtime\.exs$).*\.exs$/)
    .filter((path) => !path.slice(at('config').length + 1).includes('/'))
  const isUmbrella = /apps_path/.test(text)
  const apps = isUmbrella ? files.findFiles(at('apps'), /^mix\.exs$/) : []
  const reads = findMixRead(text)
  const configReads = config.find((path) => READS_IN_CONFIG.test(files.evidence.get(path) ?? 'File.'))
  return {
    title: `mix ${task}`,
    files: [at('mix.exs'), ...[at('mix.lock')].filter((path) => files.isSent(path)), ...config, ...apps],
    writes: [at('deps'), at('_build')],
    evidence: 'strace shows that Mix 1.14 opens only these files of the project',
    questions: [
      ...(reads === null ? [] : [`What does ${at('mix.exs')} read or call? It has ${reads}`]),
      ...(configReads === undefined ? [] : [`What does ${configReads} read?`]),
      ...(isUmbrella
        ? ['It was not traced which files of umbrella apps Mix reads: does it read only their mix.exs?']
        : []),
      ...(task === 'deps.get' && !options.includes('--check-locked')
        ? ['mix deps.get may change mix.lock: may it be mix deps.get --check-locked instead?']
        : []),
    ],
    ...(/\bpath:\s|\bgit:\s*"(?:file:|\.{1,2}\/)/.test(text.replace(/\b\w+_paths?:.*/g, '')) && {
      blocker: `${at('mix.exs')} has a dependency with a local path`,
    }),
  }
}

/** Modules of Elixir and Mix whose functions read no file. */
const PURE =
  /^(?:Mix|Mix\.Project|Keyword|String|Enum|Map|List|Integer|Atom|Version|Regex|Logger|Date|DateTime|Application)$/

/** What a mix.exs does besides saying what the project is; null if nothing. */
function findMixRead(text: string): string | null {
  const bare = text.replace(/"(?:[^"\\#]|\\.|#(?!\{))*"/g, (string) =>
    /^"deps\./.test(string) ? string : '""',
  )
  const code = bare.replace(/#(?!\{).*/g, '')
  const [setting] =
    /\b(?:config_path|lockfile|deps_path|build_path|checkouts?):|"deps\.(?:get|compile)":/.exec(code) ?? []
  if (setting !== undefined) return setting
  for (const [call, module = '', name = ''] of code.matchAll(/(?<![\w:.])([A-Z][\w.]*)\.([a-z_]\w*[!?]?)/g)) {
    const isOfSystem = module === 'System' && /^(?:get_env|fetch_env!?|otp_release|version)$/.test(name)
    if (!isOfSystem && !PURE.test(module)) return call
  }
  return HIDDEN_CALL.exec(code)?.[0] ?? null
}

/** A call whose module is not written beside it, or is one of Erlang, and what knows where the file is. */
const HIDDEN_CALL =
  /(?<![\w:]):(?!erlang\.system_info\b)[a-z]\w*\.[a-z]\w*|\b(?:apply|spawn\w*|import|import_file|__DIR__)\b|\buse (?!Mix\.Project\b)[A-Z][\w.]*|\)\.[a-z_]\w*[!?]?(?=\s*\()|(?<![\w.:@])[a-z_]\w*\.[a-z_]\w*[!?]?(?=\s*\()/

/** More projects than these are not copied one by one. */
const MAX_PROJECTS = 30

/** `dotnet restore` reads the projects, each in its place, and what they import by name. */
export function readsOfDotnet(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const [subcommand, ...rest] = args
  if (subcommand !== 'restore') return null
  const named = rest.find((arg) => /\.(?:slnx?|[cfv]b?s?proj)$/.test(arg))
  const found = followProjects(files.findFiles(project, DOTNET_FILE), files)
  const projects = found.filter((path) => /\.\w+proj$/.test(path))
  if (projects.length === 0 || found.length > MAX_PROJECTS) return null
  return {
    title: 'dotnet restore',
    files: found,
    writes: projects.map((path) => joinPath(path.slice(0, Math.max(path.lastIndexOf('/'), 0)), 'obj')),
    evidence: "NuGet's documentation",
    questions: [
      `dotnet restore was not traced: does ${named ?? projects[0]} import any other file?`,
      ...projects
        .filter((path) => /<Import\s/.test(files.evidence.get(path) ?? ''))
        .slice(0, 1)
        .map((path) => `What does ${path} import?`),
    ],
  }
}

/** With the projects that projects refer to, wherever they lie, and the settings around them. */
function followProjects(found: readonly string[], files: ProjectFiles): string[] {
  const all = new Set(found)
  // A set is visited in order of insertion, what is added on the way too.
  for (const path of all) {
    const directory = `/${path.slice(0, Math.max(path.lastIndexOf('/'), 0))}`
    const text = files.evidence.get(path) ?? ''
    for (const [, written = ''] of text.matchAll(/<ProjectReference\s[^>]*Include="([^"$*]+)"/g)) {
      const other = resolveContainerPath(directory, written.replaceAll('\\', '/')).slice(1)
      if (files.isSent(other)) all.add(other)
    }
  }
  const directories = new Set([...all].flatMap((path) => listParents(path)))
  const settings = [...directories].flatMap((directory) =>
    DOTNET_SETTINGS.map((name) => joinPath(directory, name)).filter((path) => files.isSent(path)),
  )
  return [...new Set([...settings, ...all])]
}

/** The directories around a path, up to the context. */
function listParents(path: string): string[] {
  const names = path.split('/').slice(0, -1)
  return Array.from({length: names.length + 1}, (_, count) => names.slice(0, count).join('/'))
}

/** What dotnet looks for in each directory around a project. */
const DOTNET_SETTINGS = [
  'Directory.Build.props',
  'Directory.Build.targets',
  'Directory.Packages.props',
  'Directory.Solution.props',
  'nuget.config',
  'NuGet.config',
  'NuGet.Config',
  'global.json',
]

const DOTNET_FILE =
  /^(?:.*\.(?:[cf]sproj|vbproj|slnx?)|Directory\..*\.(?:props|targets)|nuget\.config|NuGet\.[Cc]onfig|global\.json|packages\.lock\.json)$/

/** A Gradle task that only resolves what the build scripts name. */
export function readsOfGradle(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const tasks = args.filter((arg) => !arg.startsWith('-'))
  if (
    tasks.length === 0 ||
    !tasks.every((task) => /^:?(?:dependencies|resolveDependencies|downloadDependencies)$/.test(task))
  )
    return null
  const found = files.findFiles(
    project,
    /^(?:build|settings)\.gradle(?:\.kts)?$|^gradle\.properties$|^libs\.versions\.toml$|^gradle-wrapper\.(?:jar|properties)$|^gradlew$/,
  )
  if (found.length === 0 || found.length > MAX_PROJECTS) return null
  return {
    title: `gradle ${tasks[0]}`,
    files: found,
    writes: [joinPath(project, '.gradle'), joinPath(project, 'build')],
    evidence: 'strace shows that Gradle 4.4 opens only these files of the project',
    questions: ['The build scripts are programs: do they read any other file?'],
  }
}
