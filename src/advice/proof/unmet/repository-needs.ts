import type {Placement} from '../../../build/graph/placements.js'
import {isWithin, joinPath, parentPath} from '../../../languages/text/container-path.js'
import type {GitUse} from '../consumers/consumption.js'
import type {Image, SurveyedAction} from '../survey/survey.js'
import {type Arrivals, timeOf} from './arrivals.js'
import {isEdited} from './made-before.js'
import type {ContextFacts, UnmetNeed} from './unmet-need.js'

/** What a repository is not one without. */
const PARTS_OF_GIT = ['HEAD', 'objects', 'refs']
const MAX_WORKTREE_LINK = 4_096

/** What reads the repository needs it whole, and here. */
export function findRepositoryNeeds(
  {image, facts, arrivals}: {image: Image; facts: ContextFacts; arrivals: Arrivals},
  action: SurveyedAction,
  number: number,
): UnmetNeed[] {
  const {use, at} = action
  const {project} = image
  if (!use?.git || use.git.isDoubt || project.lacksGit || isBySign(use.git)) return []
  if (use.git.askedBy && isEdited(image, action, use.git.askedBy.path)) return []
  if (image.actions.slice(0, number).some(({makesRepository}) => makesRepository !== undefined)) return []
  if (action.program === 'git' && isElsewhere(image, facts, action)) return []
  const path = findRepository(facts, project.sourcesOf(action.directory))
  if (path === null) return []
  const {reason, instead = null, askedBy = null} = use.git
  const certainty = action.program === 'git' || instead?.includes('PRETEND_VERSION') ? 'must' : 'likely'
  const create = (contextPath: string, rest: Pick<UnmetNeed, 'state'> & Partial<UnmetNeed>): UnmetNeed => ({
    action,
    need: {contextPath, certainty, askedBy: askedBy && {...askedBy, text: ''}},
    decidedBy: -1,
    later: null,
    git: {reason, instead, target: null},
    ...rest,
  })
  const decidedBy = facts.findIgnoring(path)
  if (decidedBy !== null) return [create(path, {state: 'ignored', decidedBy})]
  const target = readWorktreeLink(facts, path)
  if (target !== null) return [create(path, {state: 'worktree', git: {reason, instead, target}})]
  const parts = PARTS_OF_GIT.flatMap((name) => {
    const part = joinPath(path, name)
    const ignoring = facts.findIgnoring(part)
    return ignoring === null ? [] : [create(part, {state: 'ignored', decidedBy: ignoring})]
  })
  if (parts.length > 0) return parts
  if (arrivals.hasArrived(timeOf(action), path) || arrivals.isHandedOver(action, path)) return []
  return [create(path, {state: 'not-copied', later: arrivals.findLater(at, path)})]
}

/** Whether git runs where nothing of the context ever comes to lie: `go get … && cd … && git checkout …`. */
function isElsewhere({timeline}: Image, facts: ContextFacts, {directory}: SurveyedAction): boolean {
  if (/[$?]/.test(directory)) return false
  return !timeline.events.some(
    (event) =>
      (event.kind === 'handover' && isRelated(directory, event.destination)) ||
      (event.kind === 'arrival' &&
        event.placements.some((placement) => {
          const folder = folderOf(placement, facts)
          return folder === null || isRelated(directory, folder)
        })),
  )
}

/** The directory that something of the context lies in; null where that is not known, empty for a file in the root directory. */
function folderOf({contextPath, containerPath}: Placement, {tree}: ContextFacts): string | null {
  if (containerPath === null) return null
  const entry = tree.find(contextPath)
  const isFile = entry >= 0 && tree.isFile(entry)
  return isFile ? parentPath(containerPath).replace(/^\/$/, '') : containerPath
}

/** Whether one of two directories holds the other; a file in the root directory tells of no other. */
function isRelated(directory: string, place: string): boolean {
  return place === '' ? directory === '/' : isWithin(directory, place) || isWithin(place, directory)
}

/** The `.git` at or above one of these directories of the context; null where there is none. */
function findRepository({tree}: ContextFacts, directories: readonly string[]): string | null {
  for (const directory of directories.length > 0 ? directories : ['']) {
    for (let at = directory; ; at = parentPath(at)) {
      const path = joinPath(at, '.git')
      if (tree.find(path) >= 0) return path
      if (at === '') break
    }
  }
  return null
}

/** Where a `.git` that is a file points, if that is outside the context. */
function readWorktreeLink({tree, textOf}: ContextFacts, path: string): string | null {
  const entry = tree.find(path)
  if (tree.isDirectory(entry) || tree.sizeOf(entry) > MAX_WORKTREE_LINK) return null
  const target = /^gitdir: (.+)$/m.exec(textOf(path) ?? '')?.[1]
  return target !== undefined && /^(?:\/|\.\.\/|[A-Za-z]:)/.test(target) ? target : null
}

/** A call of git in a text may never be reached, and what a script does is an action of its own. */
function isBySign({reason, isReached}: GitUse): boolean {
  return !isReached && / (?:calls|installs hooks into the repository)\b/.test(reason)
}
