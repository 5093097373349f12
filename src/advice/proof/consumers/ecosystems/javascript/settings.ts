/** The files that tell tools of JavaScript what to do. */

import type {PlacedAction} from '../../../../../build/graph/expand-actions.js'
import {joinPath, parentPath, resolveContainerPath} from '../../../../../languages/text/container-path.js'
import type {Need, ProjectView, SourceText} from '../../consumption.js'
import {isKnown, needAt, needsIn, resolveIn} from '../../needs.js'

/** Where each tool is told what to do: files in its directory or below. */
export const SETTINGS: Readonly<Record<string, RegExp>> = {
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
  tsdown: /(?:^|\/)tsdown\.config\.(?:[cm]?[jt]s|json)$/,
  unbuild: /(?:^|\/)build\.config\.[cm]?[jt]s$/,
  rspack: /(?:^|\/)rs(?:pack|build)[\w.-]*\.[cm]?[jt]s$/,
  'electron-builder': /(?:^|\/)electron[\w.-]*\.[cm]?[jt]s$/,
}

/** Settings that a compiler cannot do without, where they are there. */
export function listSettings({program, words, directory, makes}: PlacedAction, project: ProjectView): Need[] {
  if (program === 'prisma') return listSchema(words, directory, project)
  if (program === 'patch-package') return listPatches(words, directory, project)
  if (/^(?:storybook|build-storybook|start-storybook)$/.test(program))
    return listStorybook(words, directory, project)
  const flag = words.findIndex((word) => /^(?:-p|--project|-b|--build)$/.test(word))
  const given = /tsc$/.test(program) && flag > 0 ? (words[flag + 1] ?? '') : ''
  const isTyped = /tsc$/.test(program) || program === 'tsup' || program === 'nest'
  const names = given !== '' && !given.startsWith('-') ? [given, joinPath(given, 'tsconfig.json')] : []
  if (BUNDLERS.test(program) && makes !== undefined) return listExtended(directory, project)
  return [...listConfigs(isTyped && names.length === 0 ? ['tsconfig.json'] : names, directory, project)]
}

/** What reads the settings of TypeScript where they are there, and stops if one that they extend is not. */
const BUNDLERS =
  /^(?:vite|vitest|esbuild|tsup|tsdown|tsx|next|nuxt|nuxi|astro|svelte-kit|react-scripts|vinxi|remix|react-router|rsbuild|rspack|parcel)$/

/** A tool makes these before it reads them. */
const MADE_SETTINGS = /(?:^|\/)\.(?:nuxt|svelte-kit|astro|output|expo|vinxi|next|react-router|wxt)\//

function listExtended(directory: string, project: ProjectView): Need[] {
  return project
    .read(directory, 'tsconfig.json')
    .flatMap((config) => followExtends(config, project, 0, 'extends'))
    .filter(({contextPath}) => !MADE_SETTINGS.test(contextPath))
    .map((need) => ({...need, certainty: 'likely' as const}))
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

export function listOwnSettings(
  {program, words, directory, makes}: PlacedAction,
  project: ProjectView,
): Need[] {
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
      page !== '' &&
      isKnown(page, base, project) &&
      words.length < 5 &&
      !own.some(({text}) => OTHER_ENTRY.test(text))
    const isKit =
      own.some(({text}) => /sveltekit\(/.test(text)) && isKnown(joinPath(base, 'src/app.html'), base, project)
    return [
      ...(isKit ? [needAt(base, 'src/app.html', 'must')] : []),
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
  const found = names.flatMap((name) => readConfig(directory, name, project))
  return found.flatMap((config): Need[] => [
    {contextPath: config.path, certainty: 'must', askedBy: null},
    ...followExtends(config, project, 0),
  ])
}

/** One that no COPY has brought lies beside the manifest that one has. */
function readConfig(directory: string, name: string, project: ProjectView): readonly SourceText[] {
  const copied = project.read(directory, name)
  if (copied.length > 0 || name === 'tsconfig.json') return copied
  return project.guessSources(directory, name).flatMap((path) => {
    const text = project.isFile(path) ? project.textOf(path) : null
    return text === null ? [] : [{path, text}]
  })
}

const MAX_CONFIGS = 8

/** The configurations that one extends, at any depth. */
function followExtends(
  config: SourceText,
  project: ProjectView,
  depth: number,
  keys = 'extends|path',
): Need[] {
  if (depth >= MAX_CONFIGS) return []
  return needsIn(config, [
    {
      pattern: new RegExp(`"(?:${keys})"\\s*:\\s*(?:"[^"\\n]+"|\\[[^\\]]*\\])`, 'g'),
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
      ...(text === null ? [] : followExtends({path, text}, project, depth + 1, keys)),
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
    const settings = ['prisma.config.ts', 'prisma.config.js', 'prisma.config.mjs', '.config/prisma.ts'].find(
      (one) => project.has(joinPath(base, one)),
    )
    return [
      ...(name === undefined ? [] : [needAt(base, name.replace(/^\.\//, ''), 'must')]),
      // without them Prisma looks in its own places
      ...(settings === undefined
        ? []
        : [
            {
              ...needAt(base, settings, name === undefined ? 'must' : 'likely'),
              containerPath: resolveContainerPath(directory, settings),
            },
          ]),
    ]
  })
}
