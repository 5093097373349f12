import type {ContextRequest} from '../../../build/graph/requests/list-requests.js'
import type {GitIgnore} from '../../../languages/gitignore/create-git-ignore.js'
import {type FileTree, ROOT} from '../../../tree/model/file-tree.js'
import {findMatches} from '../../../tree/model/find-matches.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'

/** Where the build runs that lacks the file. */
type Where = 'here' | 'checkout' | 'git'

interface Data {
  path: string
  /** The submodule that it lies in, which the checkout leaves out. */
  submodule: string | null
  isIgnored: boolean
  where: Where
}

const CONSEQUENCES: Record<Where, string> = {
  here: 'a fresh checkout lacks it until something makes it, and this COPY fails there',
  checkout: 'the checkout of this workflow lacks it, no step before makes it, and this COPY fails there',
  git: 'the builder fetches what Git tracks, and this COPY fails there',
}

/** Finds sources that are here and that a clone of the repository does not have. */
export default defineRule<Data>({
  id: 'missing-in-checkout',
  severity: 'info',
  summary: 'Copy what a fresh checkout has, or make it before the build',
  reason:
    'What Git ignores, or was never added, exists on this machine only. The build works here and stops with "not found" in a fresh clone. In a workflow without a step that could make the file, and for a Git context, that is an error.',
  remedy: 'Make the file in a stage of the Dockerfile or in a step before the build, or commit it.',
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
  message: ({path, submodule, isIgnored, where}) =>
    submodule !== null
      ? `"${path}" lies in the submodule "${submodule}": the checkout of this workflow leaves it out, and this COPY fails there`
      : `Git ${isIgnored ? 'ignores' : 'does not track'} "${path}": ${CONSEQUENCES[where]}`,
  fix: ({path, submodule, where}) =>
    submodule !== null
      ? 'Add "submodules: recursive" to the inputs of actions/checkout'
      : where === 'git'
        ? `Make "${path}" in a stage of the Dockerfile, or check out, make it, and build with "context: ."`
        : `Make "${path}" in a stage of the Dockerfile or in a step before the build, or commit it`,
  check(facts) {
    const {workspace} = facts.plan
    if (workspace?.kind === 'empty' || (workspace?.kind === 'checkout' && workspace.maker !== null)) return []
    const where = workspace === undefined ? 'here' : (workspace.kind as Where)
    return facts.requests.flatMap((request) => {
      const lacking = findLacking(facts, request, where)
      if (lacking === null) return []
      const severity = where === 'here' ? 'info' : 'error'
      return [{data: {...lacking, where}, place: facts.atRequest(request), severity}]
    })
  },
})

/** null where a checkout has something of what is asked for, and where it is not here either. */
function findLacking(
  {tree, isSent, input, plan}: RuleFacts,
  {path, isRoot, implicitReason}: ContextRequest,
  where: Where,
): Omit<Data, 'where'> | null {
  if (isRoot || implicitReason !== null) return null
  const components = path.split('/').filter((component) => component !== '' && component !== '.')
  const matches = findMatches(tree, ROOT, components).filter(
    (index) => isSent[index] === 1 || plan.context.git !== undefined,
  )
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
  if (submodule !== null) return {path, submodule, isIgnored: false}
  const areIgnored = matches.every(isIgnored)
  return areIgnored || where !== 'here' ? {path, submodule: null, isIgnored: areIgnored} : null
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
