import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {joinPath, parentPath, resolveContainerPath} from '../../../../languages/text/container-path.js'
import {
  type Consumer,
  firstUse,
  type GitUse,
  type Need,
  type ProjectView,
  perhaps,
  type SourceText,
  surely,
} from '../consumption.js'
import {findGitSignIn} from '../git-signs.js'
import {type Mentioned, needsIn, resolveIn} from '../needs.js'
import {lineAt, matchLines} from '../text-lines.js'

const DOTNET_VERSIONERS = /MinVer|Nerdbank\.GitVersioning|GitVersion[\w.]*|GitInfo|ThisAssembly\.Git/

const DOTNET_COMMANDS =
  /^(?:$|-|restore|build|publish|pack|test|run|watch|clean|tool|new|sln|add|remove|list|nuget|format|workload|msbuild|store|exec|ef|dev-certs|user-secrets|build-server|help|reference|package|solution|vstest|.*\.dll$|\$)/

export const consumeDotnet: Consumer = (action, project) => {
  const {program, words, directory} = action
  if (!/^(?:dotnet|msbuild|nuget|dotnet-ef|gitversion)$/.test(program)) return null
  // a tool of the project, such as Cake: it may do anything
  if (program === 'dotnet' && !DOTNET_COMMANDS.test(words[1] ?? '')) return null
  const isBuild = action.makes?.includes('dotnet-build') === true
  const texts = chooseProjects(
    action,
    project,
    project.readAll(directory, /(?:proj|\.props|\.targets|(?:^|\/)(?:nuget\.config|global\.json))$/i),
  )
  const starts =
    /\.dll$/.test(words[1] ?? '') || words[1] === 'exec' || words[1] === 'run' || words[1] === 'watch'
  return {
    needs:
      isBuild || action.makes !== undefined
        ? [
            ...texts.flatMap((text) => listProjectReferences(text, action)),
            ...listPackageSources(texts, project),
            ...(isBuild ? [...texts.flatMap(listItems), ...listDotnetSources(texts, project)] : []),
            ...listSolutionNeeds(action, project),
            ...listSharedSettings(action, project),
          ]
        : [],
    git: isBuild ? firstUse(readDotnetVersion(texts), sourceLink(action, texts, project)) : null,
    runs: starts ? ['dotnet'] : [],
  }
}

function readDotnetVersion(texts: readonly SourceText[]): GitUse | null {
  for (const {path, text} of texts) {
    const match = DOTNET_VERSIONERS.exec(text)
    if (match !== null)
      return surely(`${path} uses ${match[0]}, which reads .git`, {
        askedBy: {path, line: lineAt(text, match.index).line},
      })
  }
  const sign = findGitSignIn(texts)
  return sign && surely(`${sign.path} calls ${sign.found}`, {askedBy: sign})
}

/** From SDK 8 on, the commit becomes part of the version by itself; the build works without. */
function sourceLink(
  {text, words}: PlacedAction,
  texts: readonly SourceText[],
  {imageName}: ProjectView,
): GitUse | null {
  const major = /(?:^|\/)(?:dotnet\/(?:core\/|nightly\/)?sdk|microsoft\/dotnet):(\d+)\./.exec(imageName)?.[1]
  const isOld = major !== undefined && Number(major) < 8
  if (isOld && !texts.some((one) => /SourceLink/.test(one.text))) return null
  const off =
    /(?:IncludeSourceRevisionInInformationalVersion|EnableSourceControlManagerQueries|EnableSourceLink)\W+false/i
  if (off.test(words.join(' ')) || texts.some((one) => off.test(one.text))) return null
  return perhaps(
    `${text} writes the commit from .git into the version, and also builds without it: do you want that? -p:IncludeSourceRevisionInInformationalVersion=false leaves it out`,
  )
}

/** Files that every project below them takes in, where they are there. */
function listSharedSettings({directory, words}: PlacedAction, project: ProjectView): Need[] {
  const named = words.find((word) => /\.(?:\w*proj|slnx?)$/.test(word)) ?? ''
  const given = project.read(directory, named)
  const projects = given.map(({path}) => parentPath(path))
  const lacksTarget = given.some(
    ({path, text}) => /proj$/.test(path) && /<Project\s+Sdk=/.test(text) && !/<TargetFrameworks?>/.test(text),
  )
  const folders = new Set([...projects, ...project.sourcesOf(directory)].flatMap(listAbove))
  const isLocked = words.includes('--locked-mode')
  const isCentral = (text: string) => /ManagePackageVersionsCentrally>\s*true/i.test(text)
  const locks = isLocked
    ? projects
        .map((folder) => joinPath(folder, 'packages.lock.json'))
        .filter((contextPath) => project.has(contextPath))
        .map((contextPath): Need => ({contextPath, certainty: 'must', askedBy: null}))
    : []
  const shared = [...folders].flatMap((folder) =>
    SHARED_SETTINGS.map((name) => joinPath(folder, name))
      .filter((contextPath) => project.has(contextPath))
      .map((contextPath): Need => {
        const text = project.textOf(contextPath) ?? ''
        const isMust =
          (contextPath.endsWith('Packages.props') && isCentral(text)) ||
          (lacksTarget && contextPath.endsWith('Build.props') && /<TargetFrameworks?>/.test(text))
        return {contextPath, certainty: isMust ? 'must' : 'likely', askedBy: null}
      }),
  )
  return [...locks, ...shared]
}

/** Directories of packages that NuGet's settings name. */
function listPackageSources(texts: readonly SourceText[], project: ProjectView): Need[] {
  return texts
    .filter(({path}) => /(?:^|\/)nuget\.config$/i.test(path))
    .flatMap(({path, text}) =>
      needsIn({path, text: text.replaceAll('\\', '/')}, [
        {pattern: /<add\s+key="[^"\n]*"\s+value="(\.{0,2}\/?[\w./-]+)"/g, certainty: 'must'},
      ]),
    )
    .filter(({contextPath}) => contextPath !== '' && project.has(contextPath))
}

const SHARED_SETTINGS = [
  'Directory.Packages.props',
  'Directory.Build.props',
  'Directory.Build.targets',
  'global.json',
  'nuget.config',
  'NuGet.config',
  'NuGet.Config',
]

/** A directory of the context and those above it. */
function listAbove(directory: string): string[] {
  return directory === '' ? [''] : [directory, ...listAbove(parentPath(directory))]
}

/** The projects of the solution that is built: the one that is named, or the only one there. */
function listSolutionNeeds({directory, words}: PlacedAction, project: ProjectView): Need[] {
  const given = words.find((word) => /\.(?:\w*proj|slnx?|slnf)$/.test(word))
  if (given !== undefined && !/\.slnx?$/.test(given)) return []
  const bases = project.sourcesOf(directory)
  const solutions =
    given !== undefined
      ? project.read(directory, given)
      : project.readAll(directory, /\.slnx?$/).filter(({path}) => bases.includes(parentPath(path)))
  return solutions.flatMap((source) =>
    needsIn({...source, text: source.text.replaceAll('\\', '/')}, [
      {pattern: /^Project\("[^"]*"\)\s*=\s*"[^"]*",\s*"([^"\n]+proj)"/gm, certainty: 'must', text: 'Project'},
      {pattern: /<Project\s[^>]*\bPath="([^"\n]+proj)"/g, certainty: 'must', text: 'Project'},
    ]),
  )
}

const REFERENCE = /<ProjectReference\s+Include="([^"\n]+)"/g

/** A restore passes over a project that is not there, and says so; `-nowarn:msb3202` hides that. */
function listProjectReferences(source: SourceText, {makes, words}: PlacedAction): Need[] {
  if (!isProject(source)) return []
  const isBuild = makes?.includes('dotnet-build') === true
  const isMeant = !isBuild && words.some((word) => /^[-/]+nowarn:.*\bmsb3202\b/i.test(word))
  const references: Mentioned = {
    pattern: REFERENCE,
    certainty: isBuild ? 'must' : 'likely',
    text: 'ProjectReference',
  }
  return needsIn(toForward(source), [
    ...(isMeant ? [] : [references]),
    {pattern: /<Import\s+Project="([^"\n]+)"\s*\/?>/g, certainty: 'must', text: 'Import'},
  ])
}

/** The projects that a command is about, with those that they refer to, and all settings: others around them take no part. */
function chooseProjects(
  action: PlacedAction,
  project: ProjectView,
  texts: readonly SourceText[],
): readonly SourceText[] {
  const chosen = new Set(listNamedProjects(action, project))
  if (chosen.size === 0) return texts
  // what is added on the way is seen, too
  for (const path of chosen) {
    const source = texts.find((one) => one.path === path)
    if (source === undefined) continue
    for (const {match} of matchLines(toForward(source).text, REFERENCE))
      chosen.add(resolveIn(parentPath(path), match[1]!))
  }
  return texts.filter((source) => !isProject(source) || chosen.has(source.path))
}

/** The projects that a command names, by their file or their directory; none where it means a solution or what is around it. */
function listNamedProjects({directory, words}: PlacedAction, project: ProjectView): string[] {
  const named = words.slice(2).filter((word) => /proj$/.test(word))
  if (named.length > 0) return named.flatMap((name) => project.read(directory, name).map(({path}) => path))
  const [operand] = words.slice(2).filter((word, at) => isOperand(word, words[at + 1]!))
  const place = resolveContainerPath(directory, operand ?? '.')
  const bases = project.basesOf(place)
  const beside = bases.flatMap((base) =>
    project.filesBelow(base, /(?:proj|\.slnx?)$/).filter((path) => parentPath(path) === base),
  )
  return beside.every((path) => /proj$/.test(path)) ? beside : []
}

function isOperand(word: string, before: string): boolean {
  return !/^[-/]/.test(word) && !/^-(?:[a-z]|-[\w-]+)$/.test(before)
}

function isProject({path}: SourceText): boolean {
  return /proj$/.test(path)
}

/** With the slashes of containers. */
function toForward(source: SourceText): SourceText {
  return {...source, text: source.text.replaceAll('\\', '/')}
}

/** Namespaces of its own that the sources of a project use, and all sources around it. */
function listDotnetSources(texts: readonly SourceText[], project: ProjectView): Need[] {
  return texts.flatMap(({path}): Need[] => {
    if (!/\.(?:cs|fs|vb)proj$/.test(path)) return []
    const contextPath = parentPath(path)
    const name = path.slice(contextPath === '' ? 0 : contextPath.length + 1).replace(/\.\w+$/, '')
    const sources = {files: /\.(?:cs|fs|vb|razor|cshtml|xaml)$/, folders: null}
    return [
      ...listRequiredSettings(contextPath, project),
      ...project
        .readBelow(contextPath, /\.(?:cs|razor|cshtml)$/)
        .flatMap((source) => readNamespaces(source, name, contextPath))
        .filter((need) => project.has(need.contextPath)),
      {contextPath, certainty: 'likely', askedBy: null, sources},
    ]
  })
}

/** `AddJsonFile("a.json")`: without `optional: true` the program stops when it is not published. */
function listRequiredSettings(folder: string, project: ProjectView): Need[] {
  return project.readBelow(folder, /\.cs$/).flatMap(({path, text}) =>
    matchLines(text, /\.AddJsonFile\(\s*(?:path:\s*)?"([\w./-]+)"([^)\n]*)\)/g)
      .filter(({match}) => !/\btrue\b/.test(match[2]!.split(',')[1] ?? ''))
      .map(({match, line}) => ({
        contextPath: joinPath(folder, match[1]!),
        certainty: 'likely' as const,
        askedBy: {path, line, text: match[0].slice(1)},
        isOpened: true as const,
      })),
  )
}

/** `using Shop.Logs;` is mostly a folder of the project `Shop`. */
function readNamespaces({path, text}: SourceText, name: string, folder: string): Need[] {
  return matchLines(text, /^[ \t]*(?:global\s+)?@?using\s+(?:static\s+)?([\w.]+)\s*;?/gm).flatMap(
    ({match, line}): Need[] => {
      const namespace = match[1]!
      if (!namespace.startsWith(`${name}.`)) return []
      const contextPath = joinPath(folder, namespace.slice(name.length + 1).replaceAll('.', '/'))
      return [
        {contextPath, certainty: 'likely', askedBy: {path, line, text: match[0].trim()}, isImport: true},
      ]
    },
  )
}

/** Files that a project names one by one. */
function listItems(source: SourceText): Need[] {
  if (!isProject(source)) return []
  return needsIn(toForward(source), [
    {
      pattern: /<(?:EmbeddedResource|Compile|Protobuf|Page|ApplicationDefinition)\s+Include="([^"\n;]+)"/g,
      certainty: 'must',
    },
    {pattern: /<(?:None|Content|AdditionalFiles)\s+Include="([^"\n;]+)"/g, certainty: 'likely'},
    {
      pattern: /<(?:ApplicationIcon|ApplicationManifest|AssemblyOriginatorKeyFile)>\s*([^<\s]+)/g,
      certainty: 'must',
    },
  ])
}
