import path from 'node:path'
import {SlimCheckError} from '../../../errors.js'
import {runDockerPlugin} from '../../../host/process/run-docker-plugin.js'
import type {BakeDefinition, BakeTarget} from '../../../plan/bake/bake-definition.js'
import {mergeTargets} from '../../../plan/bake/bake-definition.js'
import {BAKE_FILE_NAMES, chooseBakeFiles} from '../../../plan/bake/bake-file-names.js'
import {BakeExpressionError} from '../../../plan/bake/expand-template.js'
import {type LocatedTarget, type LocatedTargets, locateTargets} from '../../../plan/bake/locate-targets.js'
import {parseBakeFile, parseBakeJson, readBakeRoots} from '../../../plan/bake/parse-bake-json.js'
import {parseHcl} from '../../../plan/bake/parse-hcl.js'
import {listBakeNames, readBakeBuilds} from '../../../plan/bake/read-bake-builds.js'
import {mergeAccess} from '../../../plan/build-secrets.js'
import {loadComposeServices} from '../../../plan/compose/load-compose-services.js'
import {readComposeBuilds} from '../../../plan/compose/read-compose-builds.js'
import {ComposeEnvironment} from '../../../plan/compose/variables/compose-environment.js'
import type {NamedBuild} from '../../../plan/named-build.js'
import {
  type BuildSearch,
  failWithoutBuilds,
  resolveNamedFiles,
  type SearchResult,
  showPath,
} from './build-search.js'

const BUILDX_LIMIT_MS = 20_000

/**
 * Finds the builds of bake files: those in JSON and compose files are read here, HCL by `docker buildx bake --print`.
 * @param given as given with `-f`; empty: the default names
 * @throws SlimCheckError, BuildFileError
 */
export async function findBakeBuilds(search: BuildSearch, given: readonly string[]): Promise<SearchResult> {
  const named = resolveNamedFiles(search, given)
  const {baseDir} = search
  const files =
    named.length > 0
      ? named
      : chooseBakeFiles(search.files.listNames(baseDir)).map((name) => path.join(baseDir, name))
  if (files.length === 0) {
    throw new SlimCheckError('no-bake-file', {path: search.given, names: BAKE_FILE_NAMES})
  }
  const result = await readOrAsk(search, files)
  if (result.builds.length === 0) {
    failWithoutBuilds(search, result, 'it has no target that is built from a directory of this machine')
  }
  return result
}

async function readOrAsk(search: BuildSearch, files: string[]): Promise<SearchResult> {
  const hcl = files.find((file) => !isJson(file) && !isCompose(file))
  if (hcl !== undefined) return askBuildx(search, files, hcl, 'it is written in HCL')
  try {
    return readFiles(search, files)
  } catch (error) {
    if (!(error instanceof BakeExpressionError)) throw error
    return askBuildx(search, files, error.file, `line ${error.line}: ${error.message}`)
  }
}

/** A bake file without a known ending is HCL to us, as it is first to buildx. */
function isJson(file: string): boolean {
  return file.endsWith('.json')
}

function isCompose(file: string): boolean {
  return /\.ya?ml$/i.test(file)
}

function readFiles(search: BuildSearch, files: string[]): SearchResult {
  const environment = ComposeEnvironment.from(search.env)
  const texts = files.filter(isJson).map((file) => ({file, text: readText(search, file)}))
  const own = parseBakeJson(texts, environment.lookup)
  const compose = files.filter(isCompose)
  const definition = compose.length === 0 ? own : addCompose(search, compose, own)
  checkNames(search, files, listBakeNames(definition))
  const {builds, problems} = readBakeBuilds(definition, search.names, search.baseDir)
  return {builds, problems, files}
}

/** For bake every service is a target, also one with a profile, and paths start where bake runs. */
function addCompose(search: BuildSearch, compose: string[], own: BakeDefinition): BakeDefinition {
  const {baseDir, workingDir, files} = search
  const environment = ComposeEnvironment.from(search.env).withProjectFiles(baseDir, workingDir, files)
  const project = {files: compose, projectDir: baseDir, environment}
  const loaded = loadComposeServices(project, files)
  const {builds} = readComposeBuilds(loaded, project, {profiles: ['*'], services: []})
  const targets = new Map(builds.map((build) => [targetNameOf(build), toTarget(build, compose[0]!)]))
  const groups = new Map(own.groups)
  if (targets.size > 0 && !groups.has('default')) groups.set('default', [...targets.keys()])
  for (const [name, target] of own.targets) {
    const below = targets.get(name)
    targets.set(name, below === undefined ? target : mergeTargets(below, target))
  }
  return {groups, targets}
}

function targetNameOf({name}: NamedBuild): string {
  return name.replaceAll('.', '_')
}

function toTarget(build: NamedBuild, file: string): BakeTarget {
  const {dockerfilePath, dockerfileInline, target, platform} = build
  return {
    name: targetNameOf(build),
    place: build.place ?? {file, line: 1},
    inherits: [],
    context: build.contextPath,
    ...(dockerfilePath !== undefined && {dockerfile: dockerfilePath}),
    ...(dockerfileInline !== undefined && {dockerfileInline}),
    ...(target !== undefined && {target}),
    args: build.buildArgs,
    contexts: build.buildContexts,
    ...mergeAccess({}, build),
    ...(platform !== undefined && {platforms: [platform]}),
  }
}

async function askBuildx(
  search: BuildSearch,
  files: string[],
  file: string,
  why: string,
): Promise<SearchResult> {
  const located = locateTargets(files.map((one) => ({file: one, text: readText(search, one)})))
  let outcome = await printTargets(search, files, search.names)
  if (outcome.status === 'failed' && search.names.length === 0 && isWithoutDefault(outcome.reason)) {
    outcome = await printTargets(search, files, [...located.targets.keys()])
  }
  const shown = showPath(search, file)
  if (outcome.status === 'absent') {
    const own = readHclFiles(search, files)
    if (own !== null) return own
    throw new SlimCheckError('bake-needs-buildx', {file: shown, reason: why})
  }
  if (outcome.status === 'failed') {
    const unknown = /failed to find target (\S+)$/.exec(outcome.reason)?.[1]
    if (unknown !== undefined && search.names.includes(unknown)) checkNames(search, files, located.names)
    throw describeFailure(search, outcome.reason, shown)
  }
  const printed = parseBakeJson([{file, text: outcome.output}], () => undefined)
  const {builds, problems} = readBakeBuilds(printed, [], search.baseDir)
  const placed = builds.map(({contextPlace: _, dockerfilePlace: __, ...build}) => ({
    ...build,
    ...findPlaces(located, printed, build.name, file),
  }))
  return {builds: placed, problems: problems.filter(({severity}) => severity !== 'info'), files}
}

/** What a matrix makes stands where its block does, which buildx prints as a group. */
function findPlaces(
  {targets}: LocatedTargets,
  {groups}: BakeDefinition,
  name: string,
  file: string,
): LocatedTarget {
  const own = targets.get(name)
  if (own !== undefined) return own
  const block = [...groups].find(([group, members]) => targets.has(group) && members.includes(name))
  return (block && targets.get(block[0])) ?? {place: {file, line: 1}}
}

/** Without buildx what is written out can be read; null where an expression matters, or nothing is built. */
function readHclFiles(search: BuildSearch, files: readonly string[]): SearchResult | null {
  if (files.some(isCompose)) return null
  const {lookup} = ComposeEnvironment.from(search.env)
  try {
    const roots = files.map((file) => {
      const text = readText(search, file)
      return isJson(file) ? parseBakeFile({file, text}) : parseHcl(text, file)
    })
    const definition = readBakeRoots(roots, lookup)
    checkNames(search, files, listBakeNames(definition))
    const {builds, problems} = readBakeBuilds(definition, search.names, search.baseDir)
    return builds.length === 0 ? null : {builds, problems, files: [...files]}
  } catch (error) {
    if (error instanceof BakeExpressionError) return null
    throw error
  }
}

function printTargets(
  {baseDir, env}: BuildSearch,
  files: readonly string[],
  names: readonly string[],
): ReturnType<typeof runDockerPlugin> {
  const words = [
    'bake',
    '--print',
    ...files.flatMap((file) => ['--file', path.relative(baseDir, file) || file]),
    '--',
    ...names,
  ]
  return runDockerPlugin('buildx', words, {workingDir: baseDir, env, limitMs: BUILDX_LIMIT_MS})
}

/** buildx says `FILE:LINE,COLUMN-COLUMN: reason`, or just a reason. */
function describeFailure(search: BuildSearch, reason: string, shown: string): SlimCheckError {
  const [, file, line, rest] = /^(.*?):(\d+),[\d,-]+: (.*)$/s.exec(reason) ?? []
  if (file === undefined) return new SlimCheckError('build-file-invalid', {file: shown, line: null, reason})
  return new SlimCheckError('build-file-invalid', {
    file: showPath(search, path.resolve(search.baseDir, file)),
    line: Number(line),
    reason: rest!,
  })
}

function isWithoutDefault(reason: string): boolean {
  return reason.endsWith('failed to find target default')
}

function checkNames(search: BuildSearch, files: readonly string[], known: readonly string[]): void {
  const name = search.names.find((one) => !known.includes(one))
  if (name === undefined) return
  const file = showPath(search, files.at(-1)!)
  throw new SlimCheckError('build-unknown', {file, name, known})
}

function readText({files}: BuildSearch, hostPath: string): string {
  const read = files.read(hostPath)
  if (read.status === 'read') return read.text
  const reason = read.status === 'missing' ? 'it no longer exists' : read.reason
  throw new SlimCheckError('build-file-unreadable', {path: hostPath, reason})
}
