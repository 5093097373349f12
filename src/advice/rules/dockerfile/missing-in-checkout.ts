import type {ContextRequest} from '../../../build/graph/requests/list-requests.js'
import type {GitIgnore} from '../../../languages/gitignore/create-git-ignore.js'
import {type FileTree, ROOT} from '../../../tree/model/file-tree.js'
import {findMatches} from '../../../tree/model/find-matches.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {surveyBuild} from '../../proof/survey/survey-build.js'
import {findUnmetNeeds} from '../../proof/unmet/find-unmet-needs.js'
import {defineRule, type Hit} from '../define-rule.js'

/** Where the build runs that lacks the file. */
type Where = 'here' | 'checkout' | 'git'

interface Data {
  path: string
  /** The command that needs it where `COPY . .` brings it along; null for a COPY that names it. */
  step: string | null
  /** The submodule that it lies in, which the checkout leaves out. */
  submodule: string | null
  isIgnored: boolean
  where: Where
}

const CONSEQUENCES: Record<Where, string> = {
  here: 'a fresh checkout lacks it until something makes it',
  checkout: 'the checkout of this workflow lacks it, no step before makes it',
  git: 'the builder fetches what Git tracks',
}

/** Finds what a COPY or a step takes that is here, and that a clone of the repository does not have. */
export default defineRule<Data>({
  id: 'missing-in-checkout',
  severity: 'info',
  summary: 'Copy only what a fresh checkout has, or create it before the build',
  reason:
    'Files that Git ignores, or that were never added, only exist on this machine. The build works here and stops with "not found" in a fresh clone. It is an error in a workflow without a step that could create the file, and for a Git context.',
  remedy: 'Create the file in a stage of the Dockerfile or in a step before the build, or commit it.',
  examples: {
    good: [
      {dockerfile: 'FROM scratch\nCOPY a /', ignore: '', gitIgnore: 'b', tree: ['a', 'b']},
      {dockerfile: 'FROM scratch\nCOPY a /', ignore: '', tracked: [], tree: ['a']},
      {
        dockerfile: 'FROM scratch\nCOPY dist /',
        ignore: '',
        gitIgnore: 'dist',
        tree: ['dist/a.js'],
        workspace: {kind: 'checkout', maker: 'npm run build', place: {file: 'ci.yml', line: 1}},
      },
    ],
    bad: [
      {
        dockerfile: 'FROM scratch\nCOPY package-lock.json /',
        ignore: '',
        gitIgnore: 'package-lock.json',
        tree: ['package-lock.json'],
      },
      {
        dockerfile: 'FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci',
        ignore: 'node_modules',
        gitIgnore: 'package-lock.json',
        tree: ['package.json', 'package-lock.json'],
        contents: {'package.json': '{"name": "a"}'},
      },
      {
        dockerfile: 'FROM scratch\nCOPY dist /',
        ignore: '',
        gitIgnore: 'dist',
        tree: ['dist/a.js'],
        workspace: {kind: 'checkout', maker: null, place: {file: 'ci.yml', line: 1}},
      },
      {
        dockerfile: 'FROM scratch\nCOPY a b /',
        ignore: '',
        tracked: ['a'],
        tree: ['a', 'b'],
        workspace: {kind: 'checkout', maker: null, place: {file: 'ci.yml', line: 1}},
      },
    ],
  },
  message: ({path, step, submodule, isIgnored, where}) => {
    const end = step === null ? ', and this COPY fails there' : `, and "${step}" needs it`
    return submodule !== null
      ? `"${path}" lies in the submodule "${submodule}": the checkout of this workflow leaves it out${end}`
      : `Git ${isIgnored ? 'ignores' : 'does not track'} "${path}": ${CONSEQUENCES[where]}${end}`
  },
  fix: ({path, submodule, where}) =>
    submodule !== null
      ? 'Add "submodules: recursive" to the inputs of actions/checkout'
      : where === 'git'
        ? `Create "${path}" in a stage of the Dockerfile, or check out, create it, and build with "context: ."`
        : `Create "${path}" in a stage of the Dockerfile or in a step before the build, or commit it`,
  check(facts) {
    const {workspace} = facts.plan
    if (workspace?.kind === 'empty' || (workspace?.kind === 'checkout' && workspace.maker !== null)) return []
    const where = workspace === undefined ? 'here' : (workspace.kind as Where)
    const named = facts.requests.flatMap((request): Hit<Data>[] => {
      const lacking = findLacking(facts, request, where)
      if (lacking === null) return []
      const severity = where === 'here' ? 'info' : 'error'
      return [{data: {...lacking, step: null, where}, place: facts.atRequest(request), severity}]
    })
    const told = new Set(named.map(({data}) => data.path))
    return [...named, ...findNeeded(facts, where).filter(({data}) => !told.has(data.path))]
  },
})

/** null where a checkout has something of what is asked for, and where it is not here either. */
function findLacking(
  facts: RuleFacts,
  {path, isRoot, implicitReason}: ContextRequest,
  where: Where,
): Lacking | null {
  if (isRoot || implicitReason !== null) return null
  const components = path.split('/').filter((component) => component !== '' && component !== '.')
  const {isSent, plan} = facts
  const matches = findMatches(facts.tree, ROOT, components).filter(
    (index) => isSent[index] === 1 || plan.context.git !== undefined,
  )
  const lacking = describeLacking(facts, matches, where)
  return lacking && {path, ...lacking}
}

type Lacking = Pick<Data, 'path' | 'submodule' | 'isIgnored'>

/** What a clone of the repository lacks of some entries; null where it has one of them. */
function describeLacking(
  {tree, input, plan}: RuleFacts,
  matches: readonly number[],
  where: Where,
): Omit<Lacking, 'path'> | null {
  if (matches.length === 0) return null
  const {gitIgnore = null, tracked = null} = input
  const isIgnored = (index: number): boolean => isIgnoredWhole(tree, index, gitIgnore)
  const leftOut = (index: number): string | null =>
    where === 'checkout' && plan.workspace?.hasSubmodules === undefined
      ? (tracked?.submoduleOf(tree.pathOf(index))?.path ?? null)
      : null
  const isLacking = (index: number): boolean =>
    tracked === null ? isIgnored(index) : !tracked.has(tree.pathOf(index)) || leftOut(index) !== null
  if (!matches.every(isLacking)) return null
  const submodule = leftOut(matches[0]!)
  if (submodule !== null) return {submodule, isIgnored: false}
  const areIgnored = matches.every(isIgnored)
  return areIgnored || where !== 'here' ? {submodule: null, isIgnored: areIgnored} : null
}

/** What steps need, and `COPY . .` brings along here: the same search as for what an ignore file keeps out. */
function findNeeded(facts: RuleFacts, where: Where): Hit<Data>[] {
  const {tree, isSent, input} = facts
  const {gitIgnore = null, tracked = null, sources} = input
  if (sources === undefined || (gitIgnore === null && tracked === null)) return []
  const find = (path: string): Omit<Lacking, 'path'> | null => {
    const entry = tree.find(path)
    return entry < 0 || isSent[entry] === 0 ? null : describeLacking(facts, [entry], where)
  }
  const unmet = findUnmetNeeds(surveyBuild(input), {
    tree,
    findIgnoring: (path) => (find(path) === null ? null : 0),
    // what a compiler takes in as a whole may be made by any step
    findIgnoredSource: () => null,
    isTracked: (path) => tracked?.has(path) === true,
    textOf: (path) => sources.get(path) ?? null,
  })
  return unmet.flatMap(({action, need, state, git}): Hit<Data>[] => {
    const lacking = state === 'ignored' && git === null && !action.isStart ? find(need.contextPath) : null
    if (lacking === null || need.certainty === 'may') return []
    const line = Number(/:(\d+)$/.exec(action.where.place)?.[1])
    const isSure = need.certainty === 'must' && action.isCertain && !action.hasFallback
    const severity = where === 'here' ? 'info' : isSure ? 'error' : 'warning'
    const data = {path: need.contextPath, step: `RUN ${action.text}`, ...lacking, where}
    return [{data, place: facts.atRequest({line}), severity}]
  })
}

/** An entry that Git ignores, or a directory in which it ignores every file. */
function isIgnoredWhole(tree: FileTree, index: number, gitIgnore: GitIgnore | null): boolean {
  if (gitIgnore === null) return false
  if (gitIgnore.isIgnored(tree.pathOf(index), tree.isDirectory(index)).ignored) return true
  const below = [...range(index + 1, tree.endOf(index))].filter((one) => !tree.isDirectory(one))
  return below.length > 0 && below.every((one) => gitIgnore.isIgnored(tree.pathOf(one), false).ignored)
}

function* range(start: number, end: number): Generator<number> {
  for (let at = start; at < end; at++) yield at
}
