import {relate} from '../../../build/graph/placements.js'
import {parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import {ROOT} from '../../../tree/model/file-tree.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import type {Image, SurveyedAction} from '../../proof/survey/survey.js'
import {surveyBuild} from '../../proof/survey/survey-build.js'
import {defineRule, type Hit} from '../define-rule.js'

interface Data {
  command: string
  reason: string
  instead: string | null
  paths: readonly string[]
  others: number
  /** What keeps them out; null: no COPY brings them. */
  line: {text: string; place: string} | null
}

/** More are counted. */
const MOST_PATHS = 4

/** What asks whether the sources were changed. */
const ASKS = /--dirty|--broken|\bstatus\b|\bdiff(?:-index)?\b|goreleaser/

/** Finds versions from Git that say "dirty", as the ignore file keeps out what Git tracks. */
export default defineRule<Data>({
  id: 'dirty-version',
  severity: 'warning',
  summary: 'Send everything that Git tracks if a version comes from Git',
  reason:
    'A step that reads the version from .git compares the files with those that Git tracks. A tracked file that the ignore file keeps out looks deleted: the version becomes a development or "dirty" version, even for a clean tag, and release tools stop.',
  remedy: 'Let the tracked files in, or pass the version as a build argument.',
  examples: {
    good: [
      {
        dockerfile: 'FROM python\nWORKDIR /a\nCOPY . .\nRUN pip install .',
        ignore: 'build',
        tree: ['.git/HEAD', '.git/objects/', '.git/refs/', 'pyproject.toml', 'docs/a.md', 'build/x'],
        contents: {'pyproject.toml': '[build-system]\nrequires = ["setuptools-scm"]'},
        tracked: ['pyproject.toml', 'docs/a.md'],
      },
    ],
    bad: [
      {
        dockerfile: 'FROM python\nWORKDIR /a\nCOPY . .\nRUN pip install .',
        ignore: 'docs',
        tree: ['.git/HEAD', '.git/objects/', '.git/refs/', 'pyproject.toml', 'docs/a.md'],
        contents: {'pyproject.toml': '[build-system]\nrequires = ["setuptools-scm"]'},
        tracked: ['pyproject.toml', 'docs/a.md'],
      },
    ],
  },
  message: ({command, reason, paths, others, line}) =>
    `Git tracks ${paths.map((path) => `"${path}"`).join(', ')}${others === 0 ? '' : ` and ${others} more`}, ${line === null ? 'which no COPY copies' : `which "${line.text}" (${line.place}) keeps out`}: the repository is "dirty" for "${command}" (${reason}), and so is the version`,
  fix: ({paths, instead}) =>
    `Let ${paths.length === 1 ? 'it' : 'them'} in, or pass the version${instead === null ? ' as a build argument' : `: ${instead}`}`,
  check(facts) {
    const {plan, tree, input, isSent} = facts
    const repository = tree.find('.git')
    const isHere = repository >= 0 && isSent[repository] === 1 && plan.context.git === undefined
    if (plan.dockerfile === null || input.sources === undefined || !isHere) return []
    if (!input.tracked) return []
    const ignored = listMissing(facts)
    const images = surveyBuild(input)
    const hits = images.flatMap((image) =>
      image.actions
        .filter((action) => !action.isStart && asksForChanges(action) && hasRepository(image, action))
        .flatMap((action) =>
          createHit(
            facts,
            action,
            [...ignored, ...listNotCopied(facts, image, action)],
            tellsState(facts, image, action),
          ),
        ),
    )
    return hits.slice(0, 1)
  },
})

/** A version tool compares, a plain `git describe` does not. */
function asksForChanges({use, words, script}: SurveyedAction): boolean {
  if (!use?.git || use.git.isDoubt) return false
  return use.git.instead !== undefined || ASKS.test(words.join(' ')) || ASKS.test(script?.text ?? '')
}

interface Missing {
  path: string
  /** -1: no line keeps it out. */
  decidedBy: number
}

/** The root of the context, or its repository, lies where the action works. */
function hasRepository({project}: Image, {directory}: SurveyedAction): boolean {
  const place = resolveContainerPath(directory, '.git')
  return project.sourcesOf(place).includes('.git')
}

/** What Git tracks at the top, and no COPY or mount brings anything of before an action. */
function listNotCopied(
  {tree, input, ignoreUse}: RuleFacts,
  {timeline}: Image,
  {at}: SurveyedAction,
): Missing[] {
  const placements = timeline.events
    .slice(0, at)
    .flatMap((event) => (event.kind === 'arrival' ? event.placements : []))
  return [...tree.childrenOf(ROOT)].flatMap((entry) => {
    const path = tree.pathOf(entry)
    const isMissing =
      input.tracked?.has(path) === true &&
      ignoreUse.isIgnored[entry] === 0 &&
      !placements.some((one) => relate(one, path) !== null)
    return isMissing ? [{path, decidedBy: -1}] : []
  })
}

/** What Git tracks and the ignore file keeps out, the topmost. */
function listMissing({tree, ignoreUse, ignoreFacts, isSent, input}: RuleFacts): Missing[] {
  const {tracked} = input
  if (!tracked) return []
  const found: Missing[] = []
  for (const [path, decidedBy] of ignoreUse.prunedDirectories)
    if (tracked.has(path)) found.push({path, decidedBy})
  for (let entry = 1; entry < tree.length; entry++) {
    if (ignoreUse.isIgnored[entry] === 0 || isSent[entry] === 1 || tree.isDirectory(entry)) continue
    const path = tree.pathOf(entry)
    if (!tracked.has(path)) continue
    found.push({path, decidedBy: ignoreFacts.rules.matchPath(path).decidedBy})
  }
  const tops = new Set(found.map(({path}) => path))
  return found
    .filter(({path}) => !hasAbove(path, tops))
    .sort((one, other) => (one.path < other.path ? -1 : 1))
}

function hasAbove(path: string, tops: ReadonlySet<string>): boolean {
  for (let at = parentPath(path); at !== ''; at = parentPath(at)) if (tops.has(at)) return true
  return false
}

/** A script that calls what it makes of the answer "dirty" puts that into a version. */
function tellsState({input}: RuleFacts, {actions}: Image, {where, words, runsMake}: SurveyedAction): boolean {
  if (words.some((word) => /^--dirty/.test(word))) return true
  // its calls are actions of their own
  if (runsMake) return false
  const scripts = actions.flatMap((one) => (one.where.place === where.place ? (one.script?.path ?? []) : []))
  const paths = new Set([
    ...scripts,
    ...[...(input.sources?.keys() ?? [])].filter((path) => path.endsWith('.mk')),
  ])
  return [...paths].some((path) => {
    const text = input.sources?.get(path) ?? ''
    return /dirty|modified/i.test(text) && ASKS.test(text)
  })
}

function createHit(
  facts: RuleFacts,
  action: SurveyedAction,
  missing: readonly Missing[],
  isTold: boolean,
): Hit<Data>[] {
  const {where, called, use} = action
  const [first] = missing
  if (first === undefined || !use?.git) return []
  const pattern = facts.patterns[first.decidedBy]
  const paths = missing.slice(0, MOST_PATHS).map(({path}) => path)
  const data = {
    command: `RUN ${called}`,
    reason: use.git.reason,
    instead: use.git.instead ?? null,
    paths,
    others: missing.length - paths.length,
    line:
      pattern === undefined ? null : {text: pattern.text, place: `${facts.ignoreFile?.path}:${pattern.line}`},
  }
  // a script that asks for changes may only tell them
  const isInfo = pattern === undefined || (use.git.instead === undefined && !use.git.isReached && !isTold)
  const place = facts.atRequest({line: Number(/:(\d+)$/.exec(where.place)?.[1])})
  return [{data, place, ...(isInfo && {severity: 'info' as const})}]
}
