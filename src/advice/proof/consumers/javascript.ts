import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import {readManifest} from '../../../build/graph/read-manifest.js'
import {joinPath, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
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
import {listAngularFiles} from './files/angular-files.js'
import {findGitSignIn} from './git-signs.js'
import {JAVASCRIPT_SOURCES, readJavaScriptImports, readPageScripts} from './imports/javascript-imports.js'
import {listImportNeeds} from './imports/source-imports.js'
import {type Mentioned, needAt, needsIn, resolveIn} from './needs.js'
import {listPageNeeds} from './sites.js'
import {lineAt, matchLines} from './text-lines.js'
import {listMembers} from './workspace-members.js'

const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'yarnpkg', 'bun'])

/** What runs the project's own code in Node.js, beside `node` itself. */
const RUNNERS = new Set(
  'node tsx ts-node ts-node-dev nodemon bun deno pm2 pm2-runtime forever zx esno vite-node babel-node'.split(
    ' ',
  ),
)

/** What reads its settings, and sources that it packs; plugins named in the settings may do more. */
const BUILDERS = new Set(
  'tsc vue-tsc webpack rollup esbuild tsup unbuild microbundle rspack rsbuild swc babel gulp grunt ncc sass tailwindcss postcss vite parcel react-scripts craco vue-cli-service ng nuxt nuxi astro svelte-kit remix react-router gatsby nest ember docusaurus vitepress vuepress expo vinxi ionic quasar next eleventy storybook build-storybook start-storybook turbo nx lerna wireit rush moon prisma drizzle-kit graphql-codegen gql-gen openapi-generator-cli eslint prettier biome stylelint jest vitest mocha ava tap karma cypress playwright wdio rimraf mkdirp shx cpx copyfiles concurrently npm-run-all run-s run-p wait-on patch-package husky lefthook is-ci only-allow serve http-server bower typeorm knex sequelize lingui i18next formatjs paraglide-js svgr typedoc storybook api-extractor tsc-alias tsconfig-paths ts-patch cap electron-builder electron size-limit nyc c8 depcheck syncpack manypkg changeset ncu del-cli cross-os wrangler vercel netlify contentlayer velite tsr panda fumadocs-mdx next-sitemap next-intl wasm-pack pkg nexe'.split(
    ' ',
  ),
)

/** Where each tool is told what to do: files in its directory or below. */
const SETTINGS: Readonly<Record<string, RegExp>> = {
  vite: /(?:^|\/)vite(?:st)?[\w.-]*\.[cm]?[jt]s$/,
  webpack: /(?:^|\/)webpack[\w./-]*\.[cm]?[jt]s$/,
  rollup: /(?:^|\/)rollup[\w.-]*\.[cm]?[jt]s$/,
  next: /(?:^|\/)next\.config\.[cm]?[jt]s$/,
  docusaurus: /(?:^|\/)(?:docusaurus\.config|sidebars)\.[cm]?[jt]s$/,
  astro: /(?:^|\/)astro\.config\.[cm]?[jt]s$/,
  nuxt: /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/,
  vitepress: /(?:^|\/)\.vitepress\/(?:config(?:\/[\w.-]+)?|theme\/index)\.[cm]?[jt]s$/,
  vuepress: /(?:^|\/)\.vuepress\/(?:config|client)\.[cm]?[jt]s$/,
  gatsby: /(?:^|\/)gatsby-(?:node|config)\.[cm]?[jt]s$/,
  'react-scripts': /(?:^|\/)(?:craco\.config|config-overrides)\.[cm]?[jt]s$/,
  'vue-cli-service': /(?:^|\/)vue\.config\.[cm]?js$/,
  ng: /(?:^|\/)(?:angular\.json|[\w.-]*webpack\.config\.[cm]?js)$/,
  'svelte-kit': /(?:^|\/)(?:svelte|vite)\.config\.[cm]?[jt]s$/,
  eleventy: /(?:^|\/)(?:\.eleventy\.js|eleventy\.config\.[cm]?js)$/,
  gulp: /(?:^|\/)[Gg]ulpfile(?:\.babel)?\.[cm]?[jt]s$/,
  grunt: /(?:^|\/)Gruntfile\.[cm]?js$/,
  storybook: /(?:^|\/)\.storybook\/[\w.-]+\.[cm]?[jt]sx?$/,
  esbuild: /(?:^|\/)esbuild[\w.-]*\.[cm]?[jt]s$/,
  expo: /(?:^|\/)app\.config\.[jt]s$/,
  ember: /(?:^|\/)(?:ember-cli-build|config\/environment)\.js$/,
  quasar: /(?:^|\/)quasar\.conf(?:ig)?\.[jt]s$/,
  tsup: /(?:^|\/)tsup\.config\.[cm]?[jt]s$/,
  unbuild: /(?:^|\/)build\.config\.[cm]?[jt]s$/,
  rspack: /(?:^|\/)rs(?:pack|build)[\w.-]*\.[cm]?[jt]s$/,
  'electron-builder': /(?:^|\/)electron[\w.-]*\.[cm]?[jt]s$/,
}

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
  {program: /^(?:npm|pnpm|yarn)$/, words: /^(?:version|publish)$/, why: 'reads the repository'},
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

export const consumeJavaScript: Consumer = (action, project) => {
  const {program} = action
  const isManager = MANAGERS.has(program)
  if (
    !isManager &&
    !BUILDERS.has(program) &&
    !RUNNERS.has(program) &&
    !ASKS_GIT.some((one) => one.program.test(program))
  ) {
    return null
  }
  const manifests = readNearest(action.directory, project)
  return {
    needs: [
      ...(isManager ? listManagerNeeds(action, project, manifests) : []),
      ...(BUILDERS.has(program) ? listSettings(action, project) : []),
      ...(Object.hasOwn(SETTINGS, program) ? listOwnSettings(action, project) : []),
      ...(RUNNERS.has(program) ? listImports(action, project) : []),
      ...(packs(action) ? listPacked(action, project) : []),
      ...(program === 'ng' && action.makes !== undefined ? listAngularFiles(action, project) : []),
      ...listSitePages(action, project),
    ],
    git: firstUse(askOf(action), isManager ? null : readSettings(action, project, manifests)),
    runs: RUNNERS.has(program) || (program === 'next' && action.words[1] === 'start') ? ['javascript'] : [],
  }
}

/** The directories of pages that sites of JavaScript are made of. */
const PAGES: Readonly<Record<string, string>> = {
  docusaurus: 'docs',
  vitepress: '',
  vuepress: '',
  eleventy: '',
}

function listSitePages({program, words, directory, makes}: PlacedAction, project: ProjectView): Need[] {
  const folder = Object.hasOwn(PAGES, program) ? PAGES[program] : undefined
  if (folder === undefined || makes === undefined) return []
  const given = words.slice(2).find((word) => !word.startsWith('-')) ?? folder
  return project
    .basesOf(directory)
    .map((base) => resolveIn(base, given))
    .filter((path) => path !== '' && project.has(path))
    .flatMap((path) => listPageNeeds(path, project))
}

/** What compiles or packs the sources of its project. */
const PACKERS =
  /^(?:tsc|vue-tsc|webpack|rollup|esbuild|tsup|unbuild|microbundle|rspack|rsbuild|swc|babel|ncc|parcel|vite|react-scripts|craco|vue-cli-service|ng|nuxt|nuxi|astro|svelte-kit|remix|react-router|gatsby|nest|ember|docusaurus|vitepress|expo|vinxi|ionic|quasar|next)$/

function packs({program, makes, isStart}: PlacedAction): boolean {
  return (
    PACKERS.test(program) &&
    !isStart &&
    (makes !== undefined || /tsc$|^(?:esbuild|swc|babel|ncc)$/.test(program))
  )
}

function listPacked({program, directory}: PlacedAction, project: ProjectView): Need[] {
  const sources = project.readAll(directory, JAVASCRIPT_SOURCES)
  const pages = program === 'vite' ? project.read(directory, 'index.html') : []
  return [
    ...listImportNeeds(sources, readJavaScriptImports, project, 'likely'),
    ...listImportNeeds(pages, readPageScripts, project, 'likely'),
  ]
}

function askOf({program, words, text}: PlacedAction): GitUse | null {
  for (const {program: programs, words: wanted, why} of ASKS_GIT) {
    if (!programs.test(program)) continue
    const rest = words.slice(1)
    if (rest.some((word) => wanted.test(word)) || (rest.length === 0 && wanted.test('')))
      return surely(`${text} ${why}`)
  }
  return null
}

/** The package that a directory belongs to: its own manifest, or that of a directory above. */
function readNearest(directory: string, project: ProjectView): readonly SourceText[] {
  for (let at = directory; ; at = parentPath(at)) {
    const manifests = project.read(at, 'package.json')
    if (manifests.length > 0 || parentPath(at) === at || at === '') return manifests
  }
}

/** Settings of what is built, the modules that they take in, and packages beside it. */
function readSettings(
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

const MODULE_ENDINGS = [
  '',
  '.js',
  '.ts',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '.json',
  '/index.js',
  '/index.ts',
  '/index.mjs',
]
/** Imports that run for sure: statements of the module itself. */
const STATIC_IMPORT =
  /^(?:(?:import|export)\b(?!\s+type\b)[^'"\n;(]*(?:\bfrom\s*)?|(?:(?:const|let|var)\s+[^=\n]+=\s*)?require\(\s*)["'](\.{1,2}\/[^"'\n]+)["']/gm

/** What a started file of the project imports by relative paths, at any depth, and where that must lie. */
function listImports({script, runsFile, directory}: PlacedAction, project: ProjectView): Need[] {
  if (script === undefined || runsFile === undefined) return []
  const places = new Map([[script.path, resolveContainerPath(directory, runsFile)]])
  const needs: Need[] = []
  for (const [path, place] of places) {
    if (places.size > MAX_MODULES) break
    const text = path === script.path ? script.text : (project.textOf(path) ?? '')
    for (const {match, line} of matchLines(text, STATIC_IMPORT)) {
      const name = match[1]!
      const ending = MODULE_ENDINGS.find((one) => project.isFile(resolveIn(parentPath(path), name + one)))
      if (ending === undefined) continue
      const contextPath = resolveIn(parentPath(path), name + ending)
      const containerPath = resolveContainerPath(parentPath(place), name + ending)
      const askedBy = {path, line, text: match[0].trim().slice(0, 60)}
      needs.push({contextPath, certainty: 'must', askedBy, containerPath})
      if (!places.has(contextPath)) places.set(contextPath, containerPath)
    }
  }
  return needs
}

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

const LOCKS: Readonly<Record<string, readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  pnpm: ['pnpm-lock.yaml'],
  yarn: ['yarn.lock'],
  yarnpkg: ['yarn.lock'],
  bun: ['bun.lock', 'bun.lockb'],
}

/** What an install reads beside the manifest. */
function listManagerNeeds(
  {program, words, makes, directory, filters}: PlacedAction,
  project: ProjectView,
  manifests: readonly SourceText[],
): Need[] {
  // a tool for the whole image has nothing to do with the project
  if (words.some((word) => /^(?:-g|--global|--location=global)$/.test(word)) || words[1] === 'global')
    return []
  // it reads the lock file alone
  if (program === 'pnpm' && words[1] === 'fetch') return []
  if (!makes?.includes('npm-install')) {
    return manifests.map(({path}) => ({contextPath: path, certainty: 'must', askedBy: null}))
  }
  const isFrozen =
    words.some((word) => /^(?:--frozen-lockfile|--immutable)$/.test(word)) ||
    (program === 'npm' && words.some((word) => /^(?:ci|cit|clean-install|install-clean)$/.test(word)))
  const bases =
    manifests.length > 0
      ? manifests.map(({path}) => parentPath(path))
      : project.sourcesOf(directory).slice(0, 1)
  return bases.flatMap((base) => {
    const at = (name: string, certainty: Need['certainty']): Need => needAt(base, name, certainty)
    const own = manifests.filter(({path}) => parentPath(path) === base)
    const locks = LOCKS[program] ?? []
    const lock = locks.find((name) => project.has(joinPath(base, name))) ?? locks[0]!
    const present = [
      'pnpm-workspace.yaml',
      '.npmrc',
      '.pnpmfile.cjs',
      '.yarnrc.yml',
      '.yarnrc',
      'bunfig.toml',
      ...listYarnPrograms(project, directory),
      '.yarn/plugins',
      '.yarn/patches',
    ]
      .filter((name) => isFor(program, name) && project.has(joinPath(base, name)))
      .map((name) => at(name, name === '.npmrc' || name === '.yarnrc' ? 'may' : 'likely'))
    return [
      at('package.json', 'must'),
      ...(isFrozen
        ? [at(lock, isLenient(program, words, own) ? 'likely' : 'must')]
        : project.has(joinPath(base, lock))
          ? [at(lock, 'may')]
          : []),
      ...present,
      ...own.flatMap((manifest) => listManifestNeeds(manifest)),
      ...project
        .readAll(directory, /(?:^|\/)pnpm-workspace\.yaml$/)
        .filter(({path}) => parentPath(path) === base)
        .flatMap(readPnpmPatches),
      ...(filters === undefined ? listMembers(base, project) : []),
    ]
  })
}

/** The program that .yarnrc.yml names; without a name all that are there. */
function listYarnPrograms(project: ProjectView, directory: string): string[] {
  const texts = project.readAll(directory, /(?:^|\/)\.yarnrc\.yml$/).map(({text}) => text)
  const named = texts.flatMap((text) => /^yarnPath\s*:\s*["']?(?:\.\/)?([\w./@-]+)/m.exec(text)?.[1] ?? [])
  return named.length > 0 ? named : ['.yarn/releases']
}

/** Yarn 1 installs without its lock, whatever it is told. */
function isLenient(program: string, words: readonly string[], manifests: readonly SourceText[]): boolean {
  if (!program.startsWith('yarn') || words.includes('--immutable')) return false
  return !manifests.some(({text}) => /"packageManager"\s*:\s*"yarn@(?!1\.)/.test(text))
}

function isFor(program: string, name: string): boolean {
  if (name.startsWith('pnpm') || name === '.pnpmfile.cjs') return program === 'pnpm'
  if (name.startsWith('.yarn')) return program.startsWith('yarn')
  if (name === 'bunfig.toml') return program === 'bun'
  return true
}

/** Patches, local packages and the files of install scripts that a package.json names. */
function listManifestNeeds(manifest: SourceText): Need[] {
  const patches: Mentioned = {
    pattern: /"patchedDependencies"\s*:\s*\{[^{}]*\}/g,
    inner: /:\s*"([^"\n]+)"/g,
    certainty: 'must',
    text: 'patchedDependencies',
  }
  const packages: Mentioned = {
    pattern: /"(?:file|link|portal):(\.{1,2}\/[^"\n]+)"/g,
    certainty: 'must',
    text: 'file:',
  }
  const scripts: Mentioned = {
    pattern:
      /"(?:preinstall|install|postinstall|prepare)"\s*:\s*"(?:[^"\n]*?\s)?(?:node|sh|bash|tsx)\s+((?:\.\/)?[\w./-]+\.\w+)/g,
    certainty: 'must',
    text: 'scripts',
  }
  return needsIn(manifest, [patches, packages, scripts])
}

function readPnpmPatches(workspace: SourceText): Need[] {
  return needsIn(workspace, [
    {
      pattern: /^patchedDependencies:\n(?:[ \t]+.*\n?)+/gm,
      inner: /:\s*["']?([\w./@-]+\.patch)["']?\s*$/gm,
      certainty: 'must',
      text: 'patchedDependencies',
    },
  ])
}

/** Settings that a compiler cannot do without, where they are there. */
function listSettings({program, words, directory}: PlacedAction, project: ProjectView): Need[] {
  if (program === 'prisma') return listSchema(words, directory, project)
  if (program === 'patch-package') return listPatches(words, directory, project)
  if (/^(?:storybook|build-storybook|start-storybook)$/.test(program))
    return listStorybook(words, directory, project)
  const flag = words.findIndex((word) => /^(?:-p|--project|-b|--build)$/.test(word))
  const given = /tsc$/.test(program) && flag > 0 ? (words[flag + 1] ?? '') : ''
  const isTyped = /tsc$/.test(program) || program === 'tsup' || program === 'nest'
  const names = given !== '' && !given.startsWith('-') ? [given, joinPath(given, 'tsconfig.json')] : []
  return [...listConfigs(isTyped && names.length === 0 ? ['tsconfig.json'] : names, directory, project)]
}

/** Storybook stops without the directory of its settings. */
function listStorybook(words: readonly string[], directory: string, project: ProjectView): Need[] {
  const flag = words.findIndex((word) => word === '-c' || word === '--config-dir')
  const folder = (flag > 0 ? words[flag + 1] : undefined) ?? '.storybook'
  const bases = project.read(directory, 'package.json').map(({path}) => parentPath(path))
  return bases
    .map((base) => resolveIn(base, folder))
    .filter((path) => project.has(path))
    .map((contextPath): Need => ({contextPath, certainty: 'must', askedBy: null}))
}

/** Without its patches it patches nothing, and says so only in passing. */
function listPatches(words: readonly string[], directory: string, project: ProjectView): Need[] {
  const flag = words.indexOf('--patch-dir')
  const folder = (flag > 0 ? words[flag + 1] : undefined) ?? 'patches'
  return project
    .sourcesOf(resolveContainerPath(directory, folder))
    .filter((path) => project.has(path))
    .map((contextPath): Need => ({contextPath, certainty: 'likely', askedBy: null}))
}

/** Settings beside the manifest that change what is built, where they are there. */
const OWN_SETTINGS =
  /^(?:(?:next|nuxt|vite|astro|svelte|vue|webpack|rollup|gatsby-config|gatsby-node|tailwind|postcss|babel|remix|docusaurus|craco|quasar|rsbuild|rspack|eleventy|angular)(?:\.config|\.conf)?\.[cm]?[jt]s|angular\.json|\.babelrc(?:\.js(?:on)?)?|\.eleventy\.js)$/
/** The page that a build begins with, unless settings name another. */
const ENTRY_PAGES: Readonly<Record<string, string>> = {
  vite: 'index.html',
  'react-scripts': 'public/index.html',
  'vue-cli-service': 'public/index.html',
  ng: 'src/index.html',
}
const OTHER_ENTRY =
  /\b(?:root|lib|input|ssr|entry|index)\s*:|sveltekit\(|remix|reactRouter|laravel\(|qwik|solidStart|tanstack/

function listOwnSettings({program, words, directory, makes}: PlacedAction, project: ProjectView): Need[] {
  if (makes === undefined) return []
  const bases = project.read(directory, 'package.json').map(({path}) => parentPath(path))
  return bases.flatMap((base): Need[] => {
    const own = project
      .readBelow(base, /\.(?:[cm]?[jt]s|json)$|\.babelrc$/)
      .filter(
        ({path}) =>
          parentPath(path) === base && OWN_SETTINGS.test(path.slice(base === '' ? 0 : base.length + 1)),
      )
    const page = Object.hasOwn(ENTRY_PAGES, program) ? joinPath(base, ENTRY_PAGES[program]!) : ''
    const isEntry =
      project.has(page) && page !== '' && words.length < 5 && !own.some(({text}) => OTHER_ENTRY.test(text))
    return [
      ...own.map(({path}): Need => ({contextPath: path, certainty: 'likely', askedBy: null})),
      ...(isEntry ? [{contextPath: page, certainty: 'likely' as const, askedBy: null}] : []),
      ...['.env', '.env.production']
        .map((name) => joinPath(base, name))
        .filter((path) => project.has(path))
        .map((contextPath): Need => ({contextPath, certainty: 'may', askedBy: null, isKept: true})),
    ]
  })
}

/** The configurations of a compiler, and those that they extend. */
function listConfigs(names: readonly string[], directory: string, project: ProjectView): Need[] {
  const found = names.flatMap((name) => project.read(directory, name))
  return found.flatMap((config): Need[] => [
    {contextPath: config.path, certainty: 'must', askedBy: null},
    ...followExtends(config, project, 0),
  ])
}

const MAX_CONFIGS = 8

/** The configurations that one extends, at any depth. */
function followExtends(config: SourceText, project: ProjectView, depth: number): Need[] {
  if (depth >= MAX_CONFIGS) return []
  return needsIn(config, [
    {
      pattern: /"(?:extends|path)"\s*:\s*(?:"[^"\n]+"|\[[^\]]*\])/g,
      inner: /"(\.[^"\n]+)"/g,
      certainty: 'must',
      text: 'extends',
    },
  ]).flatMap((need) => {
    const names = [need.contextPath, `${need.contextPath}.json`, `${need.contextPath}/tsconfig.json`]
    const path = names.find((one) => project.isFile(one)) ?? need.contextPath
    const text = project.textOf(path)
    return [
      {...need, contextPath: path},
      ...(text === null ? [] : followExtends({path, text}, project, depth + 1)),
    ]
  })
}

/** `prisma generate` stops without its schema. */
function listSchema(words: readonly string[], directory: string, project: ProjectView): Need[] {
  if (!/^(?:generate|migrate|db|validate)$/.test(words[1] ?? '')) return []
  const flag = words.indexOf('--schema')
  const given = flag > 0 ? words[flag + 1] : words.find((word) => word.startsWith('--schema='))?.slice(9)
  const manifests = project.read(directory, 'package.json')
  const bases = new Set([...manifests.map(({path}) => parentPath(path)), ...project.sourcesOf(directory)])
  return [...bases].flatMap((base) => {
    const told = manifests.map(
      ({text}) => /"prisma"\s*:\s*\{[^{}]*"schema"\s*:\s*"([^"\n]+)"/.exec(text)?.[1],
    )
    const names = [
      given ?? told.find((one) => one !== undefined) ?? '',
      'prisma/schema.prisma',
      'schema.prisma',
      'prisma/schema',
    ]
    const name = names.find((one) => one !== '' && project.has(resolveIn(base, one)))
    return name === undefined ? [] : [needAt(base, name.replace(/^\.\//, ''), 'must')]
  })
}
