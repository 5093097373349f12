import path from 'node:path'
import {childOf, itemsAt, wordAt} from '../../languages/documents/document-node.js'
import {parseYamlQuietly} from '../../languages/documents/parse-yaml.js'
import {readShell} from '../../languages/scripts/read-shell.js'
import {readBuildCommand} from '../command-line/read-build-command.js'
import type {NamedBuild} from '../named-build.js'
import type {ProjectFiles} from '../project-files.js'
import {readCloudBuild} from './read-cloud-build.js'

/** A build as a tool's file tells it; the paths are relative to the directory of that file. */
interface ToldBuild {
  contextDir: string
  dockerfile: string
  line: number
}

const READERS: readonly (readonly [name: RegExp, read: (text: string, file: string) => ToldBuild[]])[] = [
  [/^skaffold[\w.-]*\.ya?ml$/, readSkaffold],
  [/^Tiltfile$/, readTiltfile],
  [/^Jenkinsfile[\w.-]*$/, readJenkinsfile],
  [/^cloudbuild[\w.-]*\.ya?ml$/, readCloudBuilds],
]

/** Finds the builds that Skaffold, Tilt, Jenkins and Cloud Build are told to make in a directory. @param rootDir absolute */
export function readToolBuilds(rootDir: string, files: ProjectFiles): NamedBuild[] {
  return files.listNames(rootDir).flatMap((name) => {
    const read = READERS.find(([pattern]) => pattern.test(name))?.[1]
    if (read === undefined) return []
    const file = path.join(rootDir, name)
    const found = files.read(file)
    if (found.status !== 'read') return []
    return read(found.text, file)
      .filter(({contextDir, dockerfile}) => !/[$`{]/.test(`${contextDir}${dockerfile}`))
      .map(({contextDir, dockerfile, line}) => ({
        name,
        contextPath: path.resolve(rootDir, contextDir),
        dockerfilePath: path.resolve(rootDir, dockerfile),
        buildArgs: new Map(),
        buildContexts: new Map(),
        place: {file, line},
      }))
  })
}

/** What Skaffold builds without Docker or Kaniko. */
const OTHER_BUILDERS = ['jib', 'jibMaven', 'jibGradle', 'buildpack', 'buildpacks', 'bazel', 'ko', 'custom']

/** Of the artifacts that Docker or Kaniko builds, those of profiles too. */
function readSkaffold(text: string, file: string): ToldBuild[] {
  const artifacts = parseYamlQuietly(text, file).flatMap((root) =>
    [root, ...itemsAt(root, 'profiles')].flatMap((one) => itemsAt(childOf(one, 'build'), 'artifacts')),
  )
  return artifacts.flatMap((artifact): ToldBuild[] => {
    if (OTHER_BUILDERS.some((builder) => childOf(artifact, builder) !== undefined)) return []
    const settings = childOf(artifact, 'docker') ?? childOf(artifact, 'kaniko')
    // the second names are those of the first versions
    const contextDir = wordAt(artifact, 'context') ?? wordAt(artifact, 'workspace') ?? '.'
    const dockerfile = wordAt(settings, 'dockerfile') ?? wordAt(settings, 'dockerfilePath') ?? 'Dockerfile'
    return [{contextDir, dockerfile: path.posix.join(contextDir, dockerfile), line: artifact.place.line}]
  })
}

const DOCKER_BUILD =
  /^[^\n#]*\bdocker_build(?:_with_restart)?\(\s*[^,()]+,\s*(?:context\s*=\s*)?["']([^"'\n]+)["']((?:[^()]|\([^()]*\))*)\)/gm

function readTiltfile(text: string): ToldBuild[] {
  return [...text.matchAll(DOCKER_BUILD)].flatMap(({1: contextDir = '.', 2: rest = '', index}) => {
    if (/\bdockerfile_contents\s*=/.test(rest)) return []
    const dockerfile = /\bdockerfile\s*=\s*["']([^"'\n]+)["']/.exec(rest)?.[1]
    const line = text.slice(0, index).split('\n').length
    return [{contextDir, dockerfile: dockerfile ?? path.posix.join(contextDir, 'Dockerfile'), line}]
  })
}

/** `docker.build('name', '-f a/Dockerfile a')`, and what it gives to a shell. */
function readJenkinsfile(text: string): ToldBuild[] {
  const called = [...text.matchAll(/\bdocker\.build\(\s*[^,()\n]+(?:,\s*["']([^"'\n]*)["'])?\s*\)/g)].map(
    ({1: args = '.', index}) => ({command: `docker build ${args}`, index}),
  )
  const shell = [...text.matchAll(/\bdocker\s+(?:buildx\s+)?build\s[^"'\n]*/g)].map(
    ({0: command, index}) => ({
      command,
      index,
    }),
  )
  return [...called, ...shell].flatMap(({command, index}) => {
    const [words] = readShell(command, {directory: '/'})
    return toToldBuild(words?.words ?? [], '', text.slice(0, index).split('\n').length)
  })
}

function readCloudBuilds(text: string): ToldBuild[] {
  return readCloudBuild(text).flatMap(({words, directory, line}) => toToldBuild(words, directory, line))
}

function toToldBuild(words: readonly string[], directory: string, line: number): ToldBuild[] {
  const request = readBuildCommand(words)
  if (request === null) return []
  const contextDir = path.posix.join(directory, request.contextDir)
  const dockerfile =
    request.dockerfile === undefined
      ? path.posix.join(contextDir, 'Dockerfile')
      : path.posix.join(directory, request.dockerfile)
  return [{contextDir, dockerfile, line}]
}
