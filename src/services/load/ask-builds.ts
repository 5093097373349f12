import path from 'node:path'
import {settingsForBuild} from '../../config/apply-settings.js'
import {overrideSettings, type SettingFlags} from '../../config/override-settings.js'
import type {Settings} from '../../config/settings.js'
import {SlimCheckError} from '../../errors.js'
import {openContext} from '../../host/files/open-context.js'
import type {BuildOptions} from '../../plan/build-options.js'
import {type FindOptions, type FoundBuilds, findBuilds} from './find/find-builds.js'
import type {AskedBuild} from './load-builds.js'
import {type LoadedConfig, loadConfig} from './load-config.js'
import {toContextPath} from './load-ignore-file.js'
import type {ProjectReadings} from './project-readings.js'

/** Which builds a person asks for. What is absent is left to the configuration. */
export interface BuildRequest {
  /** The build as the flags tell it; of several builds only its directory counts. */
  build: BuildOptions
  /** Which builds instead; null: none. Default: the build of the flags if there are any, else what `findBuilds` chooses. */
  choice?: Omit<FindOptions, 'contextDir' | 'workingDir'> | null
  /** A configuration, relative to the working directory, instead of a search; null: none. */
  configFile?: string | null
  /** They win over the configuration. */
  flags?: SettingFlags
  /** What several services share. Default: none. */
  readings?: ProjectReadings
}

/** Reads the configuration, and puts the flags above it. @throws SlimCheckError for a broken one, or no such context */
export async function loadSettings({
  build,
  configFile,
  flags = {},
}: BuildRequest): Promise<{config: LoadedConfig; settings: Settings}> {
  const {contextDir, workingDir = process.cwd()} = build
  openContext(contextDir, workingDir)
  const config = await loadConfig({
    contextDir,
    workingDir,
    ...(configFile !== undefined && {file: configFile}),
  })
  return {config, settings: overrideSettings(config.settings, flags)}
}

/** Finds the builds. @returns `found` is null where the flags describe the build themselves */
export async function askBuilds(
  request: BuildRequest,
  settings: Settings,
): Promise<{found: FoundBuilds | null; builds: AskedBuild[]}> {
  const {build} = request
  const {workingDir = process.cwd()} = build
  const found = await findRequested(request, settings)
  const builds = found?.builds.map((one) => addFlags(one, build)) ?? [{options: build}]
  return {found, builds: builds.map((one) => configureBuild(one, settings, workingDir))}
}

/**
 * Finds the one build that is meant.
 * @throws SlimCheckError `several-builds` where it could be one of several
 */
export async function askOneBuild(request: BuildRequest): Promise<BuildOptions> {
  const {settings} = await loadSettings(request)
  const {builds} = await askBuilds(request, settings)
  const [first, ...others] = builds
  if (first === undefined || others.length > 0) {
    throw new SlimCheckError('several-builds', {
      names: builds.map(({name, options}) => name ?? options.contextDir),
    })
  }
  return first.options
}

/** Null where the flags describe a build themselves. */
async function findRequested(
  {build, choice, readings}: BuildRequest,
  {excludeBuilds}: Settings,
): Promise<FoundBuilds | null> {
  if (choice === null || (choice === undefined && isDescribed(build))) return null
  const {contextDir, workingDir} = build
  return findBuilds({
    contextDir,
    ...(workingDir !== undefined && {workingDir}),
    ...(excludeBuilds && {excluded: excludeBuilds}),
    ...(readings && {files: readings.files}),
    ...choice,
  })
}

function isDescribed({dockerfile, dockerfileContent, target}: BuildOptions): boolean {
  return dockerfile !== undefined || dockerfileContent !== undefined || target !== undefined
}

/** Flags of `docker build` hold for every build that is found, above what its file says. */
function addFlags(found: AskedBuild, {target, platform, buildArgs, buildContexts}: BuildOptions): AskedBuild {
  return {
    ...found,
    options: {
      ...found.options,
      ...(target !== undefined && {target}),
      ...(platform !== undefined && {platform}),
      buildArgs: {...found.options.buildArgs, ...buildArgs},
      buildContexts: {...found.options.buildContexts, ...buildContexts},
    },
  }
}

/** What the flags and the files that list builds leave open, the configuration may say. */
function configureBuild(build: AskedBuild, settings: Settings, workingDir: string): AskedBuild {
  const {options} = build
  const {contextDir, dockerfile} = options
  const file = dockerfile === undefined ? 'Dockerfile' : path.resolve(workingDir, dockerfile)
  const contextPath = path.resolve(workingDir, contextDir)
  const name = build.name ?? toContextPath(contextPath, path.resolve(contextPath, file))
  const {target, platform, buildArgs} = settingsForBuild(settings, name)
  return {
    ...build,
    options: {
      ...(target !== undefined && {target}),
      ...(platform !== undefined && {platform}),
      ...options,
      buildArgs: {...buildArgs, ...options.buildArgs},
    },
  }
}
