import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {joinPath, parentPath} from '../../../../languages/text/container-path.js'
import {
  type Consumer,
  firstUse,
  type Need,
  type ProjectView,
  perhaps,
  type SourceText,
  surely,
} from '../consumption.js'
import {findGitSignIn} from '../git-signs.js'
import {needOf, needsIn, resolveIn} from '../needs.js'
import {lineAt} from '../text-lines.js'

/** `--no-dev` leaves the autoloader of the tests out. */
function withoutDevelopment(source: SourceText, words: readonly string[]): SourceText {
  if (!words.includes('--no-dev')) return source
  const blank = (match: string) => match.replace(/[^\n]+/g, '')
  return {...source, text: source.text.replace(/"autoload-dev"\s*:\s*\{(?:[^{}]|\{[^{}]*\})*\}/g, blank)}
}

/** Patches for packages, which a plugin puts on while they are installed. */
function listPatches(source: SourceText): Need[] {
  if (!/"(?:cweagans|vaimo|symplify)\/[\w-]*patch/.test(source.text)) return []
  const stops = /"composer-exit-on-patch-failure"\s*:\s*true/.test(source.text)
  return needsIn(source, [
    {
      pattern: /"patches"\s*:\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g,
      inner: /"((?:\.\/)?[\w./@-]+\.(?:patch|diff))"/g,
      certainty: stops ? 'must' : 'likely',
      text: 'patches',
    },
    {pattern: /"patches-file"\s*:\s*"([^"\n]+)"/g, certainty: 'must'},
  ])
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
  const loaded = needsIn(source, [
    {
      pattern: /"autoload"\s*:\s*\{(?:[^{}]|\{[^{}]*\})*\}/g,
      inner: /(?<="files"\s*:\s*\[[^\]]*)"([^"\n]+\.php)"/g,
      certainty: 'likely',
      text: 'files',
    },
  ]).map((need): Need => ({...need, isLate: true}))
  if (words.includes('--no-scripts')) return [...classmap, ...loaded]
  const hooks = words.includes('--no-autoloader')
    ? /"(?:pre|post)-install-cmd"\s*:\s*(?:\[[^\]]*\]|"[^"\n]*")/g
    : /"(?:pre|post)-(?:install-cmd|autoload-dump)"\s*:\s*(?:\[[^\]]*\]|"[^"\n]*")/g
  return [
    ...classmap,
    ...loaded,
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

/** The kernel of Symfony loads these before any command. */
function listKernelFiles({directory, words, program}: PlacedAction, project: ProjectView): Need[] {
  if (program !== 'php' || words[1] !== 'bin/console') return []
  return project
    .read(directory, 'src/Kernel.php')
    .map(({path}) => parentPath(parentPath(path)))
    .flatMap((base) => ['config/bundles.php', 'config/services.yaml'].map((name) => joinPath(base, name)))
    .filter((path) => project.has(path))
    .map((contextPath): Need => ({contextPath, certainty: 'likely', askedBy: null}))
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

const PHP_TOOLS = new Set(
  'composer php php-fpm artisan phpunit pest symfony drush wp phpstan psalm rr frankenphp box magento laravel apache2-foreground'.split(
    ' ',
  ),
)

/** Others are scripts of the project. */
const COMPOSER_COMMANDS =
  /^(?:$|-|install|i$|update|u$|upgrade|require|remove|dump-?autoload|config|global|create-project|validate|show|info|diagnose|clear-?cache|self-?update|check-platform-reqs|audit|init|licenses|outdated|status|search|archive|fund)/

export const consumePhp: Consumer = (action, project) => {
  const {program, directory, env, text} = action
  if (!PHP_TOOLS.has(program.replace(/^(php-fpm)[\d.]+$/, '$1'))) return null
  const isInstall = action.makes?.includes('composer-install') === true
  const isLoader = program === 'composer' && /^dump-?autoload/.test(action.words[1] ?? '')
  const manifests = isInstall || isLoader ? project.read(directory, 'composer.json') : []
  const isScript = program === 'composer' && !COMPOSER_COMMANDS.test(action.words[1] ?? '')
  const hasVersion =
    env.has('COMPOSER_ROOT_VERSION') || manifests.some((one) => /^[ \t]*"version"\s*:/m.test(one.text))
  const sign = findGitSignIn(
    (isScript ? project.read(directory, 'composer.json') : manifests).map((one) => ({
      ...one,
      text: one.text.replace(/"repositories"\s*:\s*\[[^\]]*\]/, ''),
    })),
  )
  return {
    needs: [
      ...listKernelFiles(action, project),
      ...manifests.flatMap((source): Need[] => {
        const lock = joinPath(parentPath(source.path), 'composer.lock')
        return [
          needOf(source),
          ...(project.has(lock) ? [{contextPath: lock, certainty: 'likely' as const, askedBy: null}] : []),
          ...listPathRepositories(source, project),
          ...listPatches(source),
          ...listAutoloaded(withoutDevelopment(source, action.words), action.words),
          ...listNamespaces(source, project),
          ...(action.words.includes('--no-scripts')
            ? []
            : [
                ...(action.words.includes('--no-autoloader') ? [] : listLaravelCache(source, project)),
                ...listSymfonyEnvironment(source, project),
              ]),
        ]
      }),
    ],
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
