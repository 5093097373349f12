/** .NET, Ruby, PHP and Elixir: smaller tables in one place. */

import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import {joinPath, parentPath} from '../../../languages/text/container-path.js'
import {
  type Consumer,
  firstUse,
  type GitUse,
  type Need,
  type ProjectView,
  perhaps,
  type SourceText,
  surely,
} from './consumption.js'
import {findGitSignIn} from './git-signs.js'
import {readJavaScriptImports} from './imports/javascript-imports.js'
import {listImportNeeds} from './imports/source-imports.js'
import {listProcfile, needsIn, resolveIn} from './needs.js'
import {lineAt, matchLines} from './text-lines.js'

const DOTNET_VERSIONERS = /MinVer|Nerdbank\.GitVersioning|GitVersion[\w.]*|GitInfo|ThisAssembly\.Git/

const DOTNET_COMMANDS =
  /^(?:$|-|restore|build|publish|pack|test|run|watch|clean|tool|new|sln|add|remove|list|nuget|format|workload|msbuild|store|exec|ef|dev-certs|user-secrets|build-server|help|reference|package|solution|vstest|.*\.dll$|\$)/

export const consumeDotnet: Consumer = (action, project) => {
  const {program, words, directory} = action
  if (!/^(?:dotnet|msbuild|nuget|dotnet-ef|gitversion)$/.test(program)) return null
  // a tool of the project, such as Cake: it may do anything
  if (program === 'dotnet' && !DOTNET_COMMANDS.test(words[1] ?? '')) return null
  const isBuild = action.makes?.includes('dotnet-build') === true
  const texts = project.readAll(
    directory,
    /(?:proj|\.props|\.targets|(?:^|\/)(?:nuget\.config|global\.json))$/i,
  )
  const starts =
    /\.dll$/.test(words[1] ?? '') || words[1] === 'exec' || words[1] === 'run' || words[1] === 'watch'
  return {
    needs:
      isBuild || action.makes !== undefined
        ? [
            ...texts.flatMap(listProjectReferences),
            ...(isBuild ? [...texts.flatMap(listItems), ...listDotnetSources(texts, project)] : []),
            ...listSolutionNeeds(action, project),
            ...listSharedSettings(action, project),
          ]
        : [],
    git: isBuild ? firstUse(readDotnetVersion(texts), sourceLink(action, texts)) : null,
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
function sourceLink({text, words}: PlacedAction, texts: readonly SourceText[]): GitUse | null {
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
  const projects = project.read(directory, named).map(({path}) => parentPath(path))
  const folders = new Set([...projects, ...project.sourcesOf(directory)].flatMap(listAbove))
  const isCentral = (text: string) => /ManagePackageVersionsCentrally>\s*true/i.test(text)
  return [...folders].flatMap((folder) =>
    SHARED_SETTINGS.map((name) => joinPath(folder, name))
      .filter((contextPath) => project.has(contextPath))
      .map((contextPath): Need => {
        const isMust = contextPath.endsWith('Packages.props') && isCentral(project.textOf(contextPath) ?? '')
        return {contextPath, certainty: isMust ? 'must' : 'likely', askedBy: null}
      }),
  )
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

function listProjectReferences(source: SourceText): Need[] {
  if (!/proj$/.test(source.path)) return []
  const forward = {...source, text: source.text.replaceAll('\\', '/')}
  return needsIn(forward, [
    {pattern: /<ProjectReference\s+Include="([^"\n]+)"/g, certainty: 'must', text: 'ProjectReference'},
  ])
}

/** Namespaces of its own that the sources of a project use, and all sources around it. */
function listDotnetSources(texts: readonly SourceText[], project: ProjectView): Need[] {
  return texts.flatMap(({path}): Need[] => {
    if (!/\.(?:cs|fs|vb)proj$/.test(path)) return []
    const contextPath = parentPath(path)
    const name = path.slice(contextPath === '' ? 0 : contextPath.length + 1).replace(/\.\w+$/, '')
    const sources = {files: /\.(?:cs|fs|vb|razor|cshtml|xaml)$/, folders: null}
    return [
      ...project
        .readBelow(contextPath, /\.(?:cs|razor|cshtml)$/)
        .flatMap((source) => readNamespaces(source, name, contextPath))
        .filter((need) => project.has(need.contextPath)),
      {contextPath, certainty: 'likely', askedBy: null, sources},
    ]
  })
}

/** `using Shop.Logs;` is mostly a folder of the project `Shop`. */
function readNamespaces({path, text}: SourceText, name: string, folder: string): Need[] {
  return matchLines(text, /^\s*(?:global\s+)?@?using\s+(?:static\s+)?([\w.]+)\s*;?/gm).flatMap(
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
  if (!/proj$/.test(source.path)) return []
  const forward = {...source, text: source.text.replaceAll('\\', '/')}
  return needsIn(forward, [
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

const RUBY_TOOLS =
  /^(?:bundle|bundler|gem|rake|rails|ruby|puma|unicorn|thin|rackup|sidekiq|rspec|jekyll|middleman|nanoc|foreman|passenger|shoryuken|good_job|spring|cucumber|rubocop|irb|falcon|iodine|resque|clockwork|whenever|hanami)$/
const RUBY_GIT_GEMS =
  /^\s*gem\s+["']((?:[\w-]+[-_])?git(?:[-_][\w-]+)?|rugged|jekyll-last-modified-at|jekyll-git_metadata|jekyll-gitlab-metadata|jekyll-gist-git|middleman-(?:git|blog-git))["']/m

export const consumeRuby: Consumer = (action, project) => {
  const {program, words, directory} = action
  if (!RUBY_TOOLS.test(program)) return null
  const isInstall = action.makes?.includes('bundle-install') === true
  const gemfiles = project.read(directory, 'Gemfile', 'gems.rb')
  const usesSpec = gemfiles.some(({text}) => /^\s*gemspec\b/m.test(text))
  const specs = usesSpec || program === 'gem' ? project.readAll(directory, /\.gemspec$/) : []
  const tasks =
    program === 'rake' || program === 'rails'
      ? project.readAll(directory, /(?:(?:^|\/)Rakefile|\.rake|(?:^|\/)(?:config|lib\/tasks)\/.*\.rb)$/)
      : []
  const sites = /^(?:jekyll|middleman|nanoc)$/.test(program)
    ? project.read(directory, '_config.yml', '_config.yaml', 'config.rb', 'nanoc.yaml')
    : []
  return {
    needs: [
      ...(isInstall ? listBundleNeeds(project, gemfiles) : []),
      ...(isInstall && usesSpec ? listGemspecs(project, gemfiles) : []),
      ...(program === 'gem' && words[1] === 'build' ? specs.map(needOf) : []),
      ...(program === 'foreman' ? listProcfile(action, project) : []),
    ],
    git: firstUse(
      readGemSigns([...specs, ...tasks, ...gemfiles]),
      isInstall && program !== 'jekyll' ? null : readGems([...gemfiles, ...sites]),
      readGems(sites),
    ),
    runs: /^(?:ruby|puma|unicorn|thin|rackup|sidekiq|rspec|rails|rake|cucumber|falcon|iodine|resque|middleman|jekyll|shoryuken|good_job|foreman|passenger|clockwork|hanami)$/.test(
      program,
    )
      ? ['ruby']
      : [],
  }
}

function readGemSigns(texts: readonly SourceText[]): GitUse | null {
  const sign = findGitSignIn(
    texts.map((one) => ({
      ...one,
      text: one.text.replace(
        /\bgit:\s*["'][^"']*["']|:git\s*=>\s*["'][^"']*["']|\bgit_source\b.*|\bgit\s+["']https?:[^"']*["']/g,
        '',
      ),
    })),
  )
  return sign && surely(`${sign.path} calls ${sign.found}`, {askedBy: sign})
}

function readGems(texts: readonly SourceText[]): GitUse | null {
  for (const {path, text} of texts) {
    const match = RUBY_GIT_GEMS.exec(text) ?? /jekyll-(?:last-modified-at|git[\w-]*)/.exec(text)
    if (match !== null)
      return perhaps(`does ${match[1] ?? match[0]} of ${path} read the repository?`, {
        askedBy: {path, line: lineAt(text, match.index + 1).line},
      })
  }
  return null
}

function listBundleNeeds(project: ProjectView, gemfiles: readonly SourceText[]): Need[] {
  return gemfiles.flatMap((source): Need[] => {
    const base = parentPath(source.path)
    const lock = joinPath(base, 'Gemfile.lock')
    return [
      needOf(source),
      ...(project.has(lock) ? [{contextPath: lock, certainty: 'likely' as const, askedBy: null}] : []),
      ...needsIn(source, [
        {pattern: /\bpath:\s*["']([^"'\n]+)["']/g, certainty: 'must', text: 'path'},
        {
          pattern: /^\s*ruby\s+File\.(?:read|open)\(?\s*["']([^"'\n#]+)["']/gm,
          certainty: 'must',
          text: 'ruby',
        },
        {pattern: /^\s*ruby\s+file:\s*["']([^"'\n]+)["']/gm, certainty: 'must', text: 'ruby file'},
        {pattern: /^\s*eval_gemfile\s+["']([^"'\n]+)["']/gm, certainty: 'must', text: 'eval_gemfile'},
      ]),
    ]
  })
}

/** `gemspec` takes the one beside the Gemfile, and what that reads. */
function listGemspecs(project: ProjectView, gemfiles: readonly SourceText[]): Need[] {
  return gemfiles.flatMap(({path}) =>
    project
      .readBelow(parentPath(path), /(?:^|\/)[^/]+\.gemspec$/)
      .filter((spec) => parentPath(spec.path) === parentPath(path))
      .flatMap((spec): Need[] => [
        needOf(spec),
        ...needsIn(spec, [
          {pattern: /\bFile\.(?:read|open)\(?\s*["']([^"'\n#]+)["']/g, certainty: 'must'},
          {pattern: /\brequire_relative\s*\(?["']([^"'\n#]+)["']/g, certainty: 'must'},
        ]).map((need) => withRuby(need, project)),
      ]),
  )
}

function withRuby(need: Need, project: ProjectView): Need {
  const contextPath = `${need.contextPath}.rb`
  return !project.has(need.contextPath) && project.has(contextPath) ? {...need, contextPath} : need
}

function needOf({path}: SourceText): Need {
  return {contextPath: path, certainty: 'must', askedBy: null}
}

/** `--no-dev` leaves the autoloader of the tests out. */
function withoutDevelopment(source: SourceText, words: readonly string[]): SourceText {
  if (!words.includes('--no-dev')) return source
  const blank = (match: string) => match.replace(/[^\n]+/g, '')
  return {...source, text: source.text.replace(/"autoload-dev"\s*:\s*\{(?:[^{}]|\{[^{}]*\})*\}/g, blank)}
}

/** Packages that lie in the project itself. */
function listPathRepositories(source: SourceText, project: ProjectView): Need[] {
  const flat = source.text.replace(/\s+/g, ' ')
  const repositories = [...flat.matchAll(/\{[^{}]*"type" ?: ?"path"(?:[^{}]|\{[^{}]*\})*\}/g)]
  return repositories.flatMap(([text]) => {
    const url = /"url" ?: ?"(\.{0,2}\/?[^"]+)"/.exec(text)?.[1]
    if (url === undefined || url.startsWith('/')) return []
    const folder = url.replace(/\/?[^/]*\*.*$/, '')
    const contextPath = resolveIn(parentPath(source.path), folder)
    if (contextPath === '' || (!contextPath.startsWith('..') && !project.has(contextPath))) return []
    const {line} = lineAt(source.text, Math.max(0, source.text.indexOf(url)))
    return [{contextPath, certainty: 'must', askedBy: {path: source.path, line, text: `path ${url}`}}]
  })
}

/** What the autoloader looks through, and files that scripts of an install start. */
function listAutoloaded(source: SourceText, words: readonly string[]): Need[] {
  const classmap = words.includes('--no-autoloader')
    ? []
    : needsIn(source, [
        {
          pattern: /"classmap"\s*:\s*\[[^\]]*\]/g,
          inner: /(?<=[[,]\s*)"([^"\n]+)"/g,
          certainty: 'must',
          text: 'classmap',
        },
      ])
  if (words.includes('--no-scripts')) return classmap
  const hooks = /"(?:pre|post)-(?:install-cmd|autoload-dump)"\s*:\s*(?:\[[^\]]*\]|"[^"\n]*")/g
  return [
    ...classmap,
    ...needsIn(source, [
      {pattern: hooks, inner: /"@?php ((?:[\w-]+\/)*[\w.-]+)/g, certainty: 'must', text: 'scripts'},
    ]),
  ]
}

/** The directories of the project's own classes: a namespace is a folder. */
function listNamespaces(source: SourceText, project: ProjectView): Need[] {
  const map = /"autoload"\s*:\s*\{[^{}]*"psr-4"\s*:\s*\{([^{}]*)\}/.exec(source.text)
  const sources = {files: /^[A-Z]\w*\.php$/, folders: /^[A-Z]\w*$/}
  return [...(map?.[1] ?? '').matchAll(/:\s*"([\w./-]+)"/g)]
    .map(([, folder = '']) => resolveIn(parentPath(source.path), folder))
    .filter((contextPath) => contextPath !== '' && project.has(contextPath))
    .map((contextPath): Need => ({contextPath, certainty: 'likely', askedBy: null, sources}))
}

/** Symfony's console reads `.env` before anything else. */
function listSymfonyEnvironment({path, text}: SourceText, project: ProjectView): Need[] {
  const at = text.search(/"(?:cache:clear|assets:install[^"]*)"\s*:\s*"symfony-cmd"/)
  const contextPath = joinPath(parentPath(path), '.env')
  const isRead = /"symfony\/(?:dotenv|runtime)"/.test(text) && !/"disable_dotenv"\s*:\s*true/.test(text)
  const isDumped = project.isFile(joinPath(parentPath(path), '.env.local.php'))
  if (at < 0 || !isRead || isDumped || !project.has(contextPath)) return []
  return [{contextPath, certainty: 'must', askedBy: {path, line: lineAt(text, at).line, text: 'symfony-cmd'}}]
}

/** Laravel writes what it discovers into a directory that must be there. */
function listLaravelCache({path, text}: SourceText, project: ProjectView): Need[] {
  const at = text.indexOf('package:discover')
  const contextPath = joinPath(parentPath(path), 'bootstrap/cache')
  if (at < 0 || !project.has(contextPath)) return []
  return [
    {contextPath, certainty: 'must', askedBy: {path, line: lineAt(text, at).line, text: 'package:discover'}},
  ]
}

const PHP_TOOLS =
  /^(?:composer|php|php-fpm[\d.]*|php-fpm|artisan|phpunit|pest|symfony|drush|wp|phpstan|psalm|rr|frankenphp|box|magento|laravel|apache2-foreground)$/

/** Others are scripts of the project. */
const COMPOSER_COMMANDS =
  /^(?:$|-|install|i$|update|u$|upgrade|require|remove|dump-?autoload|config|global|create-project|validate|show|info|diagnose|clear-?cache|self-?update|check-platform-reqs|audit|init|licenses|outdated|status|search|archive|fund)/

export const consumePhp: Consumer = (action, project) => {
  const {program, directory, env, text} = action
  if (!PHP_TOOLS.test(program)) return null
  const isInstall = action.makes?.includes('composer-install') === true
  const isLoader = program === 'composer' && /^dump-?autoload/.test(action.words[1] ?? '')
  const manifests = isInstall || isLoader ? project.read(directory, 'composer.json') : []
  const isScript = program === 'composer' && !COMPOSER_COMMANDS.test(action.words[1] ?? '')
  const hasVersion =
    env.has('COMPOSER_ROOT_VERSION') || manifests.some((one) => /^\s*"version"\s*:/m.test(one.text))
  const sign = findGitSignIn(
    (isScript ? project.read(directory, 'composer.json') : manifests).map((one) => ({
      ...one,
      text: one.text.replace(/"repositories"\s*:\s*\[[^\]]*\]/, ''),
    })),
  )
  return {
    needs: manifests.flatMap((source): Need[] => {
      const lock = joinPath(parentPath(source.path), 'composer.lock')
      return [
        needOf(source),
        ...(project.has(lock) ? [{contextPath: lock, certainty: 'likely' as const, askedBy: null}] : []),
        ...listPathRepositories(source, project),
        ...listAutoloaded(withoutDevelopment(source, action.words), action.words),
        ...listNamespaces(source, project),
        ...(action.words.includes('--no-scripts')
          ? []
          : [...listLaravelCache(source, project), ...listSymfonyEnvironment(source, project)]),
      ]
    }),
    git: firstUse(
      sign && surely(`${sign.path} calls ${sign.found}`, {askedBy: sign}),
      isInstall && manifests.length > 0 && !hasVersion && !project.lacksGit
        ? perhaps(
            `${text} stores the commit as the version of the project, and also works without it: do you want that?`,
          )
        : null,
    ),
    runs: program === 'composer' ? [] : ['php'],
  }
}

/** The applications of an umbrella: without their manifests an install does not know what they depend on. */
function listUmbrella({path, text}: SourceText, project: ProjectView): Need[] {
  const match = /\bapps_path:\s*"([^"\n]+)"/.exec(text)
  if (match === null) return []
  const folder = resolveIn(parentPath(path), match[1]!)
  const askedBy = {path, line: lineAt(text, match.index).line, text: 'apps_path'}
  const members = project
    .readBelow(folder, /(?:^|\/)mix\.exs$/)
    .filter((one) => parentPath(parentPath(one.path)) === folder)
    .map((one) => one.path)
  const all = members.length > 0 ? members : project.has(folder) ? [folder] : []
  return all.map((contextPath): Need => ({contextPath, certainty: 'likely', askedBy}))
}

export const consumeElixir: Consumer = ({program, words, directory, makes}, project) => {
  if (!/^(?:mix|elixir|iex|rebar3|erl|gleam)$/.test(program)) return null
  const sign = findGitSignIn(
    project
      .read(directory, 'mix.exs', 'rebar.config')
      .map((one) => ({...one, text: one.text.replace(/\bgit:\s*"[^"]*"|\{git,\s*"[^"]*"/g, '')})),
  )
  const versioned = /^(?:rebar3|erl)$/.test(program)
    ? project
        .readAll(directory, /(?:\.app\.src|(?:^|\/)rebar\.config)$/)
        .find(({text}) => /\{\s*(?:vsn|release\s*,\s*\{\s*\w+)\s*,\s*["']?(?:git|semver)\b/.test(text))
    : undefined
  const manifests = program === 'mix' && makes !== undefined ? project.read(directory, 'mix.exs') : []
  const needs = manifests.flatMap((manifest): Need[] => {
    const names = makes?.some((step) => /compile/.test(step))
      ? ['mix.lock', 'config/config.exs']
      : ['mix.lock']
    const present = names
      .map((name) => joinPath(parentPath(manifest.path), name))
      .filter((contextPath) => project.has(contextPath))
    return [
      needOf(manifest),
      ...present.map((contextPath): Need => ({contextPath, certainty: 'likely', askedBy: null})),
      ...needsIn(manifest, [{pattern: /\bpath:\s*"([^"\n]+)"/g, certainty: 'must', text: 'path'}]),
      ...listUmbrella(manifest, project),
    ]
  })
  const packs = program === 'mix' && /^(?:assets\.|esbuild)/.test(words[1] ?? '')
  const scripts = packs ? project.readAll(directory, /(?:^|\/)assets\/.*\.[jt]sx?$/) : []
  return {
    needs: [...needs, ...listImportNeeds(scripts, readJavaScriptImports, project, 'likely')],
    git: firstUse(
      sign && surely(`${sign.path} needs ${sign.found}`, {askedBy: sign}),
      versioned && surely(`${versioned.path} takes its version from .git`),
    ),
    runs: [],
  }
}
