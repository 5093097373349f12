import type {BuildGraph} from '../../../build/graph/build-graph.js'
import {createBuildGraph} from '../../../build/graph/create-build-graph.js'
import {rootOf} from '../../../build/graph/query-graph.js'
import {DockerfileError} from '../../../errors.js'
import {evaluateDockerfile} from '../../../languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../languages/dockerfile/syntax/parse-dockerfile.js'
import {splitImage} from '../final-image.js'
import type {RewriteFacts} from '../rewrite-facts.js'

/** A Dockerfile of the project that makes the image which another one begins with. */
export interface BaseFile {
  /** What is known of it, read with the same context. */
  facts: RewriteFacts
  path: string
  /** `Makefile:7 builds it as ghcr.io/a/b-base:latest`, or that its name says so. */
  evidence: string
}

/** A place where a Dockerfile is built under a name. */
interface NamedBuild {
  path: string
  line: number
  dockerfile: string
  /** As it is written, variables included. */
  tag: string
}

/** Finds the Dockerfile that makes the base image of the target; null where none of the project does. */
export function findBase(facts: RewriteFacts): BaseFile | null {
  const root = rootOf(facts.graph.target.end)
  return root.kind === 'image' ? findMaker(facts, root.image) : null
}

/** The Dockerfiles of the project that begin with the image that this one makes. */
export function findUsersOfBase(facts: RewriteFacts): {path: string; line: number; evidence: string}[] {
  return listDockerfiles(facts).flatMap((path) => {
    const graph = path === facts.file ? null : evaluate(facts, path)
    const from = graph?.stages.find(
      ({base, baseStage}) =>
        baseStage === null && base.kind === 'image' && findMaker(facts, base.image)?.path === facts.file,
    )
    const maker = from?.base.kind === 'image' ? findMaker(facts, from.base.image) : null
    return from === undefined || maker === null ? [] : [{path, line: from.line, evidence: maker.evidence}]
  })
}

function findMaker(facts: RewriteFacts, image: string): BaseFile | null {
  const {name, isOfficial} = splitImage(image)
  if (isOfficial && !/base/.test(name)) return null
  const told = listNamedBuilds(facts).find(({tag}) => isSameImage(tag, name))
  const path = told?.dockerfile ?? findByName(facts, name)
  const graph = path === undefined || path === facts.file ? null : evaluate(facts, path)
  const own = path === facts.file ? facts : null
  if (path === undefined || (graph === null && own === null)) return null
  const evidence =
    told === undefined
      ? `${path} is named as a base image`
      : `${told.path}:${told.line} builds ${path} as ${told.tag}`
  return {path, evidence, facts: own ?? facts.ofFile(path, facts.outside.get(path)!, graph!)}
}

/** The only Dockerfile that calls itself a base, where the image does, too. */
function findByName(facts: RewriteFacts, name: string): string | undefined {
  const [found, ...more] = listDockerfiles(facts).filter((path) => /(?:^|[./_-])base(?:[./_-]|$)/i.test(path))
  return /(?:^|[/_-])base$/.test(name) && more.length === 0 ? found : undefined
}

function listDockerfiles({outside}: RewriteFacts): string[] {
  return [...outside.keys()].filter((path) => /(?:docker|container)file/i.test(path))
}

/** null for a file that is broken, or that a command names and nobody has read. */
function evaluate({outside}: RewriteFacts, path: string): BuildGraph | null {
  const text = outside.get(path)
  if (text === undefined) return null
  try {
    return createBuildGraph(evaluateDockerfile(parseDockerfile(text)))
  } catch (error) {
    if (error instanceof DockerfileError) return null
    throw error
  }
}

/** Lines of a step of a workflow in which `file` and `tags` stand. */
const NEAR = 8

/** Calls of `docker build` with a file and a tag, and steps of build-push-action. */
function listNamedBuilds({outside}: RewriteFacts): NamedBuild[] {
  return [...outside].flatMap(([path, text]) => {
    if (/(?:docker|container)file/i.test(path)) return []
    const lines = text.split(/\r?\n/)
    return lines.flatMap((line, index) => [
      ...readCall(path, index, line.endsWith('\\') ? `${line.slice(0, -1)} ${lines[index + 1]}` : line),
      ...readStep(path, index, lines),
    ])
  })
}

function readCall(path: string, index: number, line: string): NamedBuild[] {
  if (!/\b(?:docker|podman|buildah)\b.*\bbuild\b/.test(line)) return []
  const [, file] = /(?:^|\s)(?:-f|--file)[= ]\s*["']?([^\s"']+)/.exec(line) ?? []
  const [, tag] = /(?:^|\s)(?:-t|--tag)[= ]\s*["']?([^\s"']+)/.exec(line) ?? []
  const [, directory] = /\s\.?\/?([\w./-]+)\s*$/.exec(line) ?? []
  const dockerfile = file ?? (directory === undefined ? undefined : `${directory}/Dockerfile`)
  return tag === undefined || dockerfile === undefined
    ? []
    : [{path, line: index + 1, dockerfile: clean(dockerfile), tag}]
}

function readStep(path: string, index: number, lines: readonly string[]): NamedBuild[] {
  const [, file] = /^\s*file:\s*["']?([^\s"']+)/.exec(lines[index] ?? '') ?? []
  if (file === undefined) return []
  const near = lines.slice(Math.max(0, index - NEAR), index + NEAR).join('\n')
  const [, tag] = /\btags:\s*(?:\|\s*)?["']?([^\s"',]+)/.exec(near) ?? []
  return tag === undefined ? [] : [{path, line: index + 1, dockerfile: clean(file), tag}]
}

function clean(path: string): string {
  return path.replace(/^(?:\.\/)+/, '').replaceAll('//', '/')
}

const VARIABLE = /\$\$?(?:\{\{[^}]*\}\}|\{[^}]*\}|\([^)]*\)|\w+)/g

/** The same image, as far as it is written out: what a variable stands for counts as anything. */
function isSameImage(tag: string, name: string): boolean {
  const {name: written} = splitImage(tag.replace(VARIABLE, '*'))
  if (!written.includes('*')) return written === name
  const parts = written.split('*')
  const known = parts.join('').replace(/[/.]/g, '')
  const last = parts.at(-1)!
  return known.length >= MIN_KNOWN && name.startsWith(parts[0]!) && name.endsWith(last) && last !== ''
}

const MIN_KNOWN = 4
