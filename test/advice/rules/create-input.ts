import type {RuleInput} from '../../../src/advice/facts/rule-facts.js'
import type {Example} from '../../../src/advice/rules/define-rule.js'
import {runRules} from '../../../src/advice/rules/run-rules.js'
import {createBuildGraph} from '../../../src/build/graph/create-build-graph.js'
import {requestsOf} from '../../../src/build/graph/requests/requested-paths.js'
import {predictTransfer} from '../../../src/build/transfer/predict-transfer.js'
import {selectEntries} from '../../../src/build/transfer/select-entries.js'
import {evaluateDockerfile} from '../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {TrackedPaths} from '../../../src/languages/git/tracked-paths.js'
import {createGitIgnore} from '../../../src/languages/gitignore/create-git-ignore.js'
import {IgnoreRules} from '../../../src/languages/ignore/ignore-rules.js'
import {parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'
import type {BuildPlan, PlanIgnoreFile} from '../../../src/plan/build-plan.js'
import {followLinks} from '../../../src/tree/model/follow-links.js'
import {createTreeLinkReader} from '../../../src/tree/model/tree-link-reader.js'
import {createFileTree} from './create-file-tree.js'

/** Measures an example as a service would measure a project. */
export function createInput(example: Example): RuleInput {
  const {dockerfile, ignore, tree: literals, contents = {}, hasXattrs = true, unreadableIgnoreFile} = example
  const tree = createFileTree(literals, contents)
  const ignoreFile = ignore === undefined ? null : createIgnoreFile(ignore, example)
  const plan = createPlan(dockerfile, ignoreFile, example)
  const graph = plan.dockerfile && createBuildGraph(plan.dockerfile.evaluated)
  const {usesContext, paths} = requestsOf(graph, null)
  const followed = paths && followLinks(paths, createTreeLinkReader(tree))
  const filter = {
    ignore: ignoreFile?.rules ?? null,
    requested: followed && IgnoreRules.ofRequests(followed),
  }
  const nothing = {entries: new Uint32Array(), arrivesEmpty: new Set<number>(), unreadable: []}
  const selection = usesContext ? selectEntries(tree, filter) : nothing
  return {
    plan,
    graph,
    tree,
    main: {filter, selection, transfer: predictTransfer(tree, selection)},
    hasXattrs,
    ...(example.gitIgnore !== undefined && {
      gitIgnore: createGitIgnore([{dir: '', content: example.gitIgnore}]),
    }),
    ...(example.tracked && {tracked: new TrackedPaths(example.tracked, example.submodules)}),
    secretTexts: new Map(Object.entries(contents)),
    sources: new Map(Object.entries(contents)),
    ...(unreadableIgnoreFile !== undefined && {unreadableIgnoreFile}),
  }
}

/** Runs every rule on an example; each finding as `rule file:line message`. */
export function findIn(example: Example): string[] {
  return runRules(createInput(example)).map(
    ({rule, file, line, message}) => `${rule} ${file ?? '-'}:${line ?? '-'} ${message}`,
  )
}

/** The same, rule and place only, for the rules of one kind of file. */
export function findPlaces(example: Example, file: string): string[] {
  return runRules(createInput(example))
    .filter((finding) => finding.file === file)
    .map(({rule, line}) => `${line} ${rule}`)
}

function createIgnoreFile(text: string, {encoding, replaced, dockerfilePath}: Example): PlanIgnoreFile {
  const rules = new IgnoreRules(parseIgnoreFile(text).patterns)
  const root = {path: '.dockerignore', content: Buffer.from(text), rules, ...(encoding && {encoding})}
  if (replaced === undefined) return root
  const lost = {path: '.dockerignore', rules: new IgnoreRules(parseIgnoreFile(replaced).patterns)}
  return {...root, path: `${dockerfilePath ?? 'Dockerfile'}.dockerignore`, replaced: lost}
}

function createPlan(
  dockerfile: string | undefined,
  ignoreFile: PlanIgnoreFile | null,
  {dockerfilePath = 'Dockerfile', isSearched, workspace}: Example,
): BuildPlan {
  const context = {path: '.', hostPath: '/nowhere', ignoreFile}
  const evaluated = dockerfile === undefined ? null : evaluateDockerfile(parseDockerfile(dockerfile))
  return {
    name: dockerfilePath,
    context,
    dockerfile: evaluated && {
      path: dockerfilePath,
      content: Buffer.from(dockerfile ?? ''),
      evaluated,
      ...(isSearched && {isSearched}),
    },
    target: null,
    namedContexts: [],
    ...(workspace && {workspace}),
  }
}
