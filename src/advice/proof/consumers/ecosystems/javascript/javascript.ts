import type {PlacedAction} from '../../../../../build/graph/expand-actions.js'
import {listModuleFiles} from '../../../../../languages/sources/javascript-source.js'
import {
  baseName,
  isWithin,
  joinPath,
  parentPath,
  relativeTo,
  resolveContainerPath,
} from '../../../../../languages/text/container-path.js'
import {quoteCode} from '../../../../../languages/text/quote.js'
import {type Consumer, firstUse, type Need, type ProjectView, type SourceText} from '../../consumption.js'
import {listAngularFiles} from '../../files/angular-files.js'
import {listLoadedFiles, listReadBySite} from '../../files/module-files.js'
import {listPageIncludes} from '../../files/page-includes.js'
import {JAVASCRIPT_SOURCES, readBundledImports, readPageScripts} from '../../imports/javascript-imports.js'
import {ASIDE, listImportNeeds, locate} from '../../imports/source-imports.js'
import {resolveIn} from '../../needs.js'
import {matchLines} from '../../text-lines.js'
import {listPageNeeds} from '../sites.js'
import {askOf, canAskGit, readSettings} from './git.js'
import {listManagerNeeds} from './installs.js'
import {listOwnSettings, listSettings, SETTINGS} from './settings.js'

const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'yarnpkg', 'bun'])

/** What runs the project's own code in Node.js, beside `node` itself. */
const RUNNERS = new Set(
  'node tsx ts-node ts-node-dev nodemon bun deno pm2 pm2-runtime forever zx esno vite-node babel-node'.split(
    ' ',
  ),
)

/** What reads its settings, and sources that it packs; plugins named in the settings may do more. */
const BUILDERS = new Set(
  'tsc vue-tsc webpack rollup esbuild tsup tsdown unbuild microbundle rspack rsbuild swc babel gulp grunt ncc sass tailwindcss postcss vite vp parcel react-scripts craco vue-cli-service ng nuxt nuxi astro svelte-kit remix react-router gatsby nest ember docusaurus vitepress vuepress expo vinxi ionic quasar next eleventy storybook build-storybook start-storybook turbo nx lerna wireit rush moon prisma drizzle-kit graphql-codegen gql-gen openapi-generator-cli eslint prettier biome stylelint jest vitest mocha ava tap karma cypress playwright wdio rimraf mkdirp shx cpx copyfiles concurrently npm-run-all run-s run-p wait-on patch-package husky lefthook is-ci only-allow serve http-server bower typeorm knex sequelize lingui i18next formatjs paraglide-js svgr typedoc storybook api-extractor tsc-alias tsconfig-paths ts-patch cap electron-builder electron size-limit nyc c8 depcheck syncpack manypkg changeset ncu del-cli cross-os wrangler vercel netlify contentlayer velite tsr panda fumadocs-mdx next-sitemap next-intl wasm-pack pkg nexe'.split(
    ' ',
  ),
)

export const consumeJavaScript: Consumer = (action, project) => {
  const {program} = action
  const isManager = MANAGERS.has(program)
  if (!isManager && !BUILDERS.has(program) && !RUNNERS.has(program) && !canAskGit(program)) {
    return null
  }
  const manifests = readNearest(action.directory, project)
  return {
    needs: [
      ...(isManager ? listManagerNeeds(action, project, manifests) : []),
      ...(BUILDERS.has(program) ? listSettings(action, project) : []),
      ...(Object.hasOwn(SETTINGS, program) ? listOwnSettings(action, project) : []),
      ...(RUNNERS.has(program) ? listImports(action, project) : []),
      ...(RUNNERS.has(program) ? listOfCompiled(action, project) : []),
      ...(packs(action) ? listPacked(action, project) : []),
      ...listStarted(action, project),
      ...(Object.hasOwn(SETTINGS, program) && action.makes !== undefined
        ? listImported(action, project)
        : []),
      ...(program === 'ng' && action.makes !== undefined ? listAngularFiles(action, project) : []),
      ...listSitePages(action, project),
    ],
    git: firstUse(askOf(action), isManager ? null : readSettings(action, project, manifests)),
    runs: RUNNERS.has(program) || (program === 'next' && action.words[1] === 'start') ? ['javascript'] : [],
  }
}

/** The directories of pages that sites of JavaScript are made of, in the directory of the site. */
const PAGES: Readonly<Record<string, string>> = {
  docusaurus: 'docs',
  vitepress: '',
  vuepress: '',
  eleventy: '',
}

function listSitePages({program, directory, makes}: PlacedAction, project: ProjectView): Need[] {
  const folder = Object.hasOwn(PAGES, program) ? PAGES[program] : undefined
  if (folder === undefined || makes === undefined) return []
  return project
    .basesOf(directory)
    .map((root) => ({root, folder: joinPath(root, folder)}))
    .filter(({folder}) => project.has(folder))
    .flatMap((site) => [
      ...(site.folder === '' ? [] : listPageNeeds(site.folder, project)),
      ...listPageIncludes(program, site, project),
    ])
}

/** What compiles or packs the sources of its project. */
const PACKERS = new Set(
  'tsc vue-tsc webpack rollup esbuild tsup tsdown unbuild microbundle rspack rsbuild swc babel ncc parcel vite vp react-scripts craco vue-cli-service ng nuxt nuxi astro svelte-kit remix react-router gatsby nest ember docusaurus vitepress expo vinxi ionic quasar next'.split(
    ' ',
  ),
)

function packs({program, makes, isStart}: PlacedAction): boolean {
  return (
    PACKERS.has(program) &&
    !isStart &&
    (makes !== undefined || /tsc$|^(?:esbuild|swc|babel|ncc)$/.test(program))
  )
}

function listPacked({program, directory}: PlacedAction, project: ProjectView): Need[] {
  const sources = project.readAll(directory, JAVASCRIPT_SOURCES)
  const pages = program === 'vite' ? project.read(directory, 'index.html') : []
  return [
    ...listImportNeeds(sources, readBundledImports, project, 'likely'),
    ...(SITES.test(program) ? listContents(directory, sources, project) : []),
    ...listImportNeeds(pages, readPageScripts, project, 'likely'),
  ]
}

/** What runs its pages while it is built. */
const SITES = /^(?:next|astro|nuxt|nuxi|gatsby|svelte-kit|docusaurus|remix|vinxi)$/

/** The contents that the pages of a site are made of. */
function listContents(directory: string, sources: readonly SourceText[], project: ProjectView): Need[] {
  const bases = project.read(directory, 'package.json').map(({path}) => parentPath(path))
  return bases.flatMap((base) =>
    sources.filter(({path}) => !ASIDE.test(path)).flatMap((source) => listReadBySite(source, base)),
  )
}

/** The package that a directory belongs to: its own manifest, or that of a directory above. */
function readNearest(directory: string, project: ProjectView): readonly SourceText[] {
  for (let at = directory; ; at = parentPath(at)) {
    const manifests = project.read(at, 'package.json')
    if (manifests.length > 0 || parentPath(at) === at || at === '') return manifests
  }
}

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
      const askedBy = {path, line, text: quoteCode(match[0])}
      needs.push({contextPath, certainty: 'must', askedBy, containerPath})
      if (!places.has(contextPath)) places.set(contextPath, containerPath)
    }
    const module = {source: {path, text}, containerPath: place, isStarted: path === script.path}
    needs.push(...listLoadedFiles(module, directory, project))
  }
  return needs
}

const COMPILED = /^(?:(.*)\/)?(?:dist|build|out|lib)\/(.+?)(?:\.[cm]?js)?$/

/** What a program opens where it works, by the sources that it was compiled from. */
function listOfCompiled({script, runsFile, directory}: PlacedAction, project: ProjectView): Need[] {
  if (script !== undefined || runsFile === undefined) return []
  const place = resolveContainerPath(directory, runsFile)
  return project.sourcesOf(place).flatMap((compiled) => {
    const [, base = '', name = ''] = COMPILED.exec(compiled) ?? []
    const names =
      name === '' ? [] : [`src/${name.replace(/^src\//, '')}.ts`, `${name}.ts`, `${name}/index.ts`]
    const start = names.map((one) => joinPath(base, one)).find((path) => project.isFile(path))
    if (start === undefined) return []
    return [
      ...listOpenedBySources(start, base, directory, project),
      ...listImportedAside(start, place, joinPath(base, 'src'), project),
    ]
  })
}

/**
 * What the sources of a compiled program import from outside their directory, as it is: it must lie beside the program.
 * @param place of the program in the image
 * @param root the directory of its sources
 */
function listImportedAside(start: string, place: string, root: string, project: ProjectView): Need[] {
  const places = new Map([[start, place]])
  const needs: Need[] = []
  for (const [path, own] of places) {
    if (places.size > MAX_MODULES || !isWithin(path, root)) continue
    for (const {match, line} of matchLines(project.textOf(path) ?? '', STATIC_IMPORT)) {
      const name = match[1]!
      const found = locate(listModuleFiles(resolveIn(parentPath(path), name)), project)
      if (found === null || !project.isFile(found) || places.has(found)) continue
      const containerPath = resolveContainerPath(parentPath(own), name)
      places.set(found, containerPath)
      const isCompiled = isWithin(found, root) || !/\.(?:[cm]?js|json)$/.test(found)
      if (isCompiled || !containerPath.endsWith(baseName(found))) continue
      const askedBy = {path, line, text: quoteCode(match[0])}
      needs.push({contextPath: found, certainty: 'must', askedBy, containerPath})
    }
  }
  return needs
}

function listOpenedBySources(start: string, base: string, directory: string, project: ProjectView): Need[] {
  const seen = new Set([start])
  const needs: Need[] = []
  for (const path of seen) {
    if (seen.size > MAX_MODULES) break
    const text = project.textOf(path)
    if (text === null) continue
    for (const {match} of matchLines(text, STATIC_IMPORT)) {
      const found = locate(listModuleFiles(resolveIn(parentPath(path), match[1]!)), project)
      if (found !== null && project.isFile(found)) seen.add(found)
    }
    const containerPath = resolveContainerPath(directory, base === '' ? path : relativeTo(base, path))
    needs.push(
      ...listLoadedFiles(
        {source: {path, text}, containerPath, isStarted: path === start},
        directory,
        project,
        'work',
      ),
    )
  }
  return needs
}

/** Servers that read their settings when they start. */
const STARTED = /^(?:next|nuxt|nuxi|remix-serve)$/

/** The settings of a server that is started, with what they import: where they lie, that must lie, too. */
function listStarted(action: PlacedAction, project: ProjectView): Need[] {
  const {program, words, isStart, directory} = action
  if (!isStart || !STARTED.test(program) || words[1] !== 'start') return []
  const names = ['js', 'mjs', 'ts', 'cjs'].map((ending) => `${program}.config.${ending}`)
  return names.flatMap((runsFile) =>
    project
      .read(directory, runsFile)
      .flatMap((script) => listImports({...action, script, runsFile}, project)),
  )
}

/** What the settings of a tool import, at any depth: they are run before anything is built. */
function listImported({program, directory}: PlacedAction, project: ProjectView): Need[] {
  const bases = project.read(directory, 'package.json').map(({path}) => parentPath(path))
  const settings = project
    .readAll(directory, SETTINGS[program]!)
    .filter(({path}) => bases.includes(parentPath(path)) || path.includes('/.'))
  const seen = new Set(settings.map(({path}) => path))
  const needs: Need[] = []
  for (const path of seen) {
    if (seen.size > MAX_MODULES) break
    for (const {match, line} of matchLines(project.textOf(path) ?? '', STATIC_IMPORT)) {
      const askedBy = {path, line, text: quoteCode(match[0])}
      const contextPath = locate(listModuleFiles(resolveIn(parentPath(path), match[1]!)), project)
      if (contextPath === null) continue
      needs.push({contextPath, certainty: 'must', askedBy, isImport: true})
      if (project.isFile(contextPath)) seen.add(contextPath)
    }
  }
  return needs
}

const MAX_MODULES = 60
