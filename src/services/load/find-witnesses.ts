import path from 'node:path'
import type {BuildGraph} from '../../build/graph/build-graph.js'
import {createBuildGraph} from '../../build/graph/create-build-graph.js'
import {listRequestsTo} from '../../build/graph/requests/list-requests.js'
import {measureSource} from '../../build/transfer/measure-source.js'
import {DockerfileError, SlimCheckError} from '../../errors.js'
import {readBeginnings} from '../../host/files/read-file.js'
import {isDockerfileName} from '../../languages/dockerfile/dockerfile-name.js'
import {evaluateDockerfile} from '../../languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../languages/dockerfile/syntax/parse-dockerfile.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {IgnoreGroup, Witness} from '../project.js'
import {IGNORE_FILE} from './load-ignore-file.js'
import {followRequests} from './load-project.js'

/** Each such name holds one of these. */
const DOCKERFILE_WORDS = ['ockerfile', 'Containerfile']
const OF_OTHERS = /(?:^|\/)(?:node_modules|vendor|\.git|site-packages)\//
const MAX_BYTES = 2 ** 20
const MAX_WITNESSES = 20
const MAX_TRIED = 100

/**
 * Finds the other Dockerfiles in a context that are built from its root with the root's ignore file: those beside the
 * one at hand, and deeper ones that ask for what only the root has, or whose own folder holds nothing to copy.
 * @param known Dockerfiles, absolute, whose builds are known already
 */
export function findWitnesses(group: IgnoreGroup, known: ReadonlySet<string>): Witness[] {
  if (group.ignorePath !== IGNORE_FILE) return []
  const {hostPath, tree} = group.context
  const others = listDockerfiles(tree).filter((one) => !known.has(path.join(hostPath, one)))
  const paths = others.slice(0, MAX_TRIED).filter((one) => tree.find(`${one}${IGNORE_FILE}`) < 0)
  const texts = readBeginnings(
    hostPath,
    paths.slice(0, MAX_WITNESSES).map((one) => ({path: one, maxBytes: MAX_BYTES})),
  )
  return [...texts].flatMap(([one, text]) => createWitness(group, one, text) ?? [])
}

function listDockerfiles(tree: FileTree): string[] {
  const entries = new Set(DOCKERFILE_WORDS.flatMap((word) => tree.columns.entriesWith(word)))
  const files = [...entries].sort((one, other) => one - other).filter((entry) => isDockerfile(tree, entry))
  return files.map((entry) => tree.pathOf(entry)).filter((path) => !OF_OTHERS.test(path))
}

function isDockerfile(tree: FileTree, entry: number): boolean {
  const name = tree.nameOf(entry)
  return tree.typeOf(entry) === 'file' && isDockerfileName(name)
}

/** null for a file that is no Dockerfile after all, or that is built from elsewhere. */
function createWitness({context, source}: IgnoreGroup, dockerfile: string, text: string): Witness | null {
  try {
    const evaluated = evaluateDockerfile(parseDockerfile(text))
    const graph = createBuildGraph(evaluated)
    if (!isBuiltFromRoot(context.tree, dockerfile, graph)) return null
    return {
      plan: {
        name: dockerfile,
        context: source,
        dockerfile: {path: dockerfile, content: Buffer.from(text), evaluated},
        target: null,
        namedContexts: [],
      },
      graph,
      main: measureSource(context.tree, followRequests(source, graph, null)),
    }
  } catch (error) {
    if (error instanceof DockerfileError || error instanceof SlimCheckError) return null
    throw error
  }
}

function isBuiltFromRoot(tree: FileTree, dockerfile: string, graph: BuildGraph): boolean {
  const slash = dockerfile.lastIndexOf('/')
  if (slash < 0) return true
  const folder = dockerfile.slice(0, slash)
  const named = listRequestsTo(graph, null).filter(({isRoot}) => !isRoot)
  if (named.length > 0) {
    return named.some((request) => tree.find(request.path) >= 0 && tree.find(`${folder}/${request.path}`) < 0)
  }
  return [...tree.childrenOf(tree.find(folder))].every((entry) => isDockerfileName(tree.nameOf(entry)))
}
