import {readJsonRecord, toRecord} from '../../../languages/documents/json-record.js'
import {joinPath} from '../../../languages/text/container-path.js'
import type {CallSurroundings, ProjectFiles} from './project-files.js'

/** An install of JavaScript packages, as far as it decides whose scripts run. */
export interface ScriptedInstall extends CallSurroundings {
  program: string
  isBerry: boolean
  options: readonly string[]
  project: string
  /** The text of package.json. */
  manifest: string
  /** The path of the lock file that is used. */
  lock: string | undefined
}

/** The packages whose install scripts an install may run, or why these are not known. */
export type ScriptedPackages = {names: readonly string[]} | {unknown: string}

/** Which scripts are turned off: those of packages, or those of the project, too. */
export type ScriptsOff = 'packages' | 'all' | null

/** Each was seen with a package that has an install script: Yarn 1 does not ask `.npmrc`, nor `npm_config_ignore_scripts`. */
export function findScriptsOff(install: ScriptedInstall, files: ProjectFiles): ScriptsOff {
  const {program, isBerry, options, project, manifest, env} = install
  const textOf = (name: string) => files.evidence.get(joinPath(project, name)) ?? ''
  const isSet = (name: string) => [...env].some(([one, value]) => one.toLowerCase() === name && isTrue(value))
  if (isBerry) {
    const settings = textOf('.yarnrc.yml')
    const [, told] = /^enableScripts\s*:\s*["']?(true|false)/m.exec(settings) ?? []
    const given = [...env].find(([name]) => name.toUpperCase() === 'YARN_ENABLE_SCRIPTS')?.[1] ?? told
    const isOff = given === undefined ? isNewYarn(manifest, settings) : /^(?:false|0)$/.test(given)
    return options.includes('--mode=skip-build') ? 'all' : isOff && !isBuilt(manifest) ? 'packages' : null
  }
  if (options.includes('--ignore-scripts')) return 'all'
  if (program === 'yarn') {
    const isOff = /^[ \t]*"?(?:--(?:(?:\*|install)\.)?)?ignore-scripts"?[ \t]+"?true/m.test(textOf('.yarnrc'))
    return isOff || isSet('yarn_ignore_scripts') ? 'all' : null
  }
  if (program === 'bun') return null
  const isOff =
    /^[ \t]*ignore-scripts[ \t]*=[ \t]*true[ \t]*$/m.test(textOf('.npmrc')) ||
    isSet('npm_config_ignore_scripts')
  return isOff ? 'all' : null
}

/** Yarn 4.18 runs no scripts of packages unless it is told to. */
function isNewYarn(manifest: string, settings: string): boolean {
  const [, major, minor] =
    /^yarnPath\s*:.*yarn-(\d+)\.(\d+)/m.exec(settings) ??
    /"packageManager"\s*:\s*"yarn@(\d+)\.(\d+)/.exec(manifest) ??
    []
  return Number(major) > 4 || (Number(major) === 4 && Number(minor) >= 18)
}

/** A package may be built although the scripts of others are off. */
function isBuilt(manifest: string): boolean {
  return /"built"\s*:\s*true/.test(manifest)
}

function isTrue(value: string): boolean {
  return /^(?:true|1)$/i.test(value)
}

/** Says whose scripts an install runs, as its lock file marks them or its settings list them. */
export function listScripted(install: ScriptedInstall, files: ProjectFiles): ScriptedPackages {
  const {program, isBerry, lock} = install
  const text = lock === undefined ? '' : (files.evidence.get(lock) ?? '')
  if (program === 'npm') return readNpm(lock ?? '', text)
  if (program === 'bun') return {names: listTexts(readJsonRecord(install.manifest).trustedDependencies)}
  if (program === 'pnpm') return readPnpm(install, lock ?? '', text, files)
  const hasPackages = isBerry
    ? /^ {2}resolution: "(?!.*@workspace:)/m.test(text)
    : /^ {2}version /m.test(text)
  return hasPackages
    ? {
        unknown: `${lock} does not say which packages have install scripts: does one of them read the project?`,
      }
    : {names: []}
}

/** package-lock.json marks them from version 2 on, which npm 7 has brought. */
function readNpm(lock: string, text: string): ScriptedPackages {
  const {packages, dependencies} = readJsonRecord(text)
  if (packages === undefined && Object.keys(toRecord(dependencies)).length > 0)
    return {
      unknown: `${lock} is of version 1, which does not say which packages have install scripts: does one of them read the project?`,
    }
  if (!text.includes('"hasInstallScript"')) return {names: []}
  const marked = Object.entries(toRecord(packages)).filter(
    ([path, one]) => path.includes('node_modules/') && toRecord(one).hasInstallScript === true,
  )
  return marked.length === 0 && packages === undefined
    ? {unknown: `Which packages of ${lock} have install scripts? It is no JSON`}
    : {names: marked.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))}
}

/** Lock files of pnpm up to 8 mark them. pnpm runs all of them, or those that are listed; from 10 on no other ones. */
function readPnpm(
  install: ScriptedInstall,
  lock: string,
  text: string,
  files: ProjectFiles,
): ScriptedPackages {
  if (!/^packages:/m.test(text)) return {names: []}
  const workspace = files.evidence.get(joinPath(install.project, 'pnpm-workspace.yaml')) ?? ''
  const settings = toRecord(readJsonRecord(install.manifest).pnpm)
  const isOpen =
    [...install.env.keys(), ...Object.keys(settings), workspace].some((one) => ALLOWS_OTHERS.test(one)) ||
    files.isSent(joinPath(install.project, 'pnpm-workspace.yaml')) !== (workspace !== '')
  const listed = [
    ...listTexts(settings.onlyBuiltDependencies),
    ...listOfYaml(workspace, 'onlyBuiltDependencies'),
    ...listOfYaml(workspace, 'allowBuilds'),
  ].map((name) => name.replace(/(?<=.)@.*$/, ''))
  const isLimited = settings.onlyBuiltDependencies !== undefined || (findPnpmVersion(install) ?? 0) >= 10
  if (isLimited && !isOpen) return {names: listed}
  const [, major = '9'] = /^lockfileVersion:\s*['"]?(\d+)/m.exec(text) ?? []
  if (Number(major) < 9) return {names: listRequiringBuild(text)}
  const why = isOpen
    ? 'and the settings let others than those that are listed run'
    : 'and pnpm before 10 runs all'
  return {
    unknown: `${lock} does not say which packages have install scripts, ${why}: does one of them read the project?`,
  }
}

/** Settings by which packages may be built that no list names. */
const ALLOWS_OTHERS = /dangerously-?_?allow|neverBuiltDependencies|onlyBuiltDependenciesFile/i

/** The oldest major version of pnpm that may run; null where nothing tells it. */
function findPnpmVersion({manifest, calls}: ScriptedInstall): number | null {
  const [, own] = /"packageManager"\s*:\s*"pnpm@(\d+)/.exec(manifest) ?? []
  if (/"devEngines"/.test(manifest)) return null
  const isCorepack = calls.some(([program, verb]) => program === 'corepack' && verb !== 'disable')
  const told = calls.flatMap((words) => words.flatMap((word) => majorOfCall(words, word) ?? []))
  if (own !== undefined && (isCorepack || told.length > 0)) return Math.min(Number(own), ...told)
  return told.length > 0 ? Math.min(...told) : null
}

/** The version that a word of a call names: `npm install -g pnpm@10`, `corepack prepare pnpm@10.1.0`; the newest without. */
function majorOfCall([program]: readonly string[], word: string): number | null {
  const [, version] = /^pnpm(?:@(?:latest-|next-)?([\d^~]*\d|latest))?$/.exec(word) ?? [null, null]
  if (!/^pnpm(?:@|$)/.test(word) || !/^(?:npm|corepack)$/.test(program ?? '')) return null
  if (version === undefined || version === 'latest') return program === 'npm' ? NEWEST : null
  const [major] = /\d+/.exec(version ?? '0') ?? ['0']
  return Number(major)
}

/** Of today or later: an image that is built anew gets it. */
const NEWEST = 12

/** The names of a list, or of those keys of a map that are true. */
function listOfYaml(text: string, key: string): string[] {
  const [, flow] = new RegExp(`^${key}:[^\\S\\n]*[[{]([^\\]}]*)[\\]}]`, 'm').exec(text) ?? []
  if (flow !== undefined) return Array.from(flow.matchAll(/[^\s,"']+/g), ([name]) => name.replace(/:$/, ''))
  const [, list = ''] =
    new RegExp(
      `^${key}:[ \\t]*\\r?\\n((?:[ \\t]+[^\\n]*(?:\\n|$)|#[^\\n]*(?:\\n|$)|-[ \\t][^\\n]*(?:\\n|$)|\\r?\\n)*)`,
      'm',
    ).exec(text) ?? []
  return Array.from(
    list.matchAll(
      /^[ \t]*(?:-[ \t]*)?["']?(@?[\w.-]+(?:\/[\w.-]+)?(?:@[^"':#\n]*)?)["']?[ \t]*(?::[ \t]*true[ \t]*)?(?:#.*)?\r?$/gm,
    ),
    ([, name = '']) => name.trim(),
  )
}

/** Packages that a lock file of pnpm up to 8 marks: `/esbuild@0.19.0:` or `/esbuild/0.14.0:` with `requiresBuild: true`. */
function listRequiringBuild(lock: string): string[] {
  const names: string[] = []
  let name = ''
  for (const line of lock.split('\n')) {
    const [, key] = /^ {2}['"]?([^\s'"].*?)['"]?:\s*$/.exec(line) ?? []
    if (key !== undefined) name = /^\/?((?:@[^/@]+\/)?[^/@]+)/.exec(key)?.[1] ?? key
    else if (/^ {4}(?:requiresBuild|prepare): true\s*$/.test(line)) names.push(name)
  }
  return names
}

function listTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
