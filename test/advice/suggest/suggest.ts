import {KnownEntries} from '../../../src/advice/catalogue/known-entries.js'
import {listEvidence} from '../../../src/advice/facts/evidence.js'
import {listWantedByProofs} from '../../../src/advice/proof/wanted-evidence.js'
import type {MeasuredTransfer} from '../../../src/advice/suggest/plan-figures.js'
import {type SuggestInput, suggestLines} from '../../../src/advice/suggest/suggest-lines.js'
import type {SuggestedLine} from '../../../src/advice/suggest/suggested-line.js'
import type {BuildGraph} from '../../../src/build/graph/build-graph.js'
import {createBuildGraph} from '../../../src/build/graph/create-build-graph.js'
import {requestsOf} from '../../../src/build/graph/requests/requested-paths.js'
import {predictTransfer} from '../../../src/build/transfer/predict-transfer.js'
import {selectEntries} from '../../../src/build/transfer/select-entries.js'
import {evaluateDockerfile} from '../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {createGitIgnore} from '../../../src/languages/gitignore/create-git-ignore.js'
import {IgnoreRules} from '../../../src/languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'
import type {BuildPlan} from '../../../src/plan/build-plan.js'
import type {FileTree} from '../../../src/tree/model/file-tree.js'
import {followLinks} from '../../../src/tree/model/follow-links.js'
import {createTreeLinkReader} from '../../../src/tree/model/tree-link-reader.js'
import {buildFileTree, type TreeLiteral} from './build-file-tree.js'

/** A project as a test writes it down. */
export interface Project {
  tree: TreeLiteral
  /** Texts by path; null: there is none. */
  dockerfiles: Readonly<Record<string, string>> | null
  ignore?: string
  gitignore?: string
  /** Where it stands. Default: `.gitignore` at the root. */
  gitSource?: 'gitignore' | 'exclude' | 'global'
  keep?: readonly string[]
  /** Files that are opened besides, to look for secrets. */
  opened?: readonly string[]
}

/** Reads a project as the services would. */
export function loadProject({
  tree: literal,
  dockerfiles,
  ignore,
  gitignore,
  gitSource = 'gitignore',
  keep,
  opened = [],
}: Project): SuggestInput {
  const tree = buildFileTree(literal)
  const named: [string | null, string][] = dockerfiles ? Object.entries(dockerfiles) : [[null, '']]
  const plans = named.map(([path, text]) => {
    const plan = makePlan(path, text, ignore)
    const graph = plan.dockerfile && createBuildGraph(plan.dockerfile.evaluated)
    return {plan, graph, main: measure(tree, plan, graph)}
  })
  const wants = listWantedByProofs(tree, plans)
  const rules = plans[0]!.plan.context.ignoreFile?.rules ?? null
  const files = [...listEvidence(tree, wants, rules).map(({path}) => path), ...opened]
  const texts = files.flatMap((path): [string, string][] => {
    const text = literal[path]
    return typeof text === 'string' ? [[path, text]] : []
  })
  return {
    tree,
    known: new KnownEntries(tree),
    plans,
    evidence: new Map(texts),
    gitIgnore:
      gitignore === undefined ? null : createGitIgnore([{dir: '', content: gitignore, source: gitSource}]),
    ...(keep && {keep}),
  }
}

/** The lines for a project, as `confidence pattern`. */
export function suggest(project: Project): {
  lines: SuggestedLine[]
  find: (pattern: string) => SuggestedLine
} {
  const lines = suggestLines(loadProject(project))
  return {
    lines,
    find(pattern) {
      const found = lines.find((line) => line.pattern === pattern)
      if (!found)
        throw new Error(
          `no line ${pattern} among ${lines.map((line) => `${line.confidence} ${line.pattern}`).join(', ')}`,
        )
      return found
    },
  }
}

function makePlan(path: string | null, text: string, ignore: string | undefined): BuildPlan {
  const evaluated = path === null ? null : evaluateDockerfile(parseDockerfile(text))
  const ignoreFile =
    ignore === undefined
      ? null
      : {
          path: '.dockerignore',
          content: Buffer.from(ignore),
          rules: new IgnoreRules(parseIgnoreFile(ignore).patterns),
        }
  return {
    name: path ?? '.',
    context: {path: '.', hostPath: '/nowhere', ignoreFile},
    dockerfile: path !== null && evaluated ? {path, content: Buffer.from(text), evaluated} : null,
    target: null,
    namedContexts: [],
  }
}

function measure(tree: FileTree, {context}: BuildPlan, graph: BuildGraph | null): MeasuredTransfer {
  const {paths} = requestsOf(graph, null)
  const followed = paths && followLinks(paths, createTreeLinkReader(tree))
  const filter = {
    ignore: context.ignoreFile?.rules ?? null,
    requested: followed && IgnoreRules.ofRequests(followed),
  }
  const selection = selectEntries(tree, filter)
  return {filter, selection, transfer: predictTransfer(tree, selection)}
}
