import {isWithin, parentPath, resolveContainerPath} from '../../languages/text/container-path.js'
import type {Language} from './consumers/consumption.js'
import {findGitSign, type GitSign} from './consumers/git-signs.js'
import {isThereFor, type WayIn} from './find-ways-in.js'
import {listRunSources} from './survey/run-sources.js'
import {type Image, placeOf, type SurveyedAction} from './survey/survey.js'

/** Why a build wants the repository; `isDoubt`: it may, and nothing says that it does not. */
export interface GitNeed {
  reason: string
  isDoubt: boolean
  /** The command, and where it stands. */
  who: string
}

/**
 * Finds the first action of an image that reads the repository; a sure one before a doubt.
 * @param way how `.git` comes into the image: what is done before cannot read it
 * @param isAsked leaves actions out
 */
export function findGitNeed(
  way: WayIn,
  isAsked: (action: SurveyedAction, project: Image['project']) => boolean = () => true,
): GitNeed | null {
  const {actions, project} = way.image
  const directory = way.landing && parentPath(way.landing)
  const own = actions.flatMap((action) => ownRepository(action) ?? [])
  let doubt: GitNeed | null = null
  for (const action of actions) {
    if (!isThereFor(way, action)) continue
    if (own.some((repository) => isWithin(action.directory, repository))) continue
    if (directory !== null && isElsewhere(action, directory)) continue
    const need = isAsked(action, project) ? readNeed(action, project) : null
    if (need !== null && !need.isDoubt) return need
    doubt ??= need
  }
  return doubt
}

/** What asks whether the files are those of a commit, or names a version that somebody may want to say so. */
const COMPARES =
  /\bdescribe\b|--dirty|--broken|\bstatus\b|\bdiff(?:-index|-files)?\b|goreleaser|update-index|ls-files/

/** Tells whether an action that reads the repository may compare the files with it; the commit alone is the same without them. */
export function mayCompare(action: SurveyedAction, project: Image['project']): boolean {
  const {use, words, script, stampsGit, program} = action
  const git = use?.git
  if (!git || stampsGit || git.instead !== undefined) return true
  const said = git.askedBy === undefined ? null : project.textOf(git.askedBy.path)
  // .NET takes the commit
  if (git.isDoubt) return program !== 'dotnet' || git.askedBy !== undefined
  // of a library nobody knows what it asks
  const isTold = git.askedBy === undefined ? action.readsGit === true : / calls git\b/.test(git.reason)
  const texts = [words.join(' '), script?.text ?? '', said ?? '']
  return !isTold || texts.some((text) => COMPARES.test(text))
}

/** Only whether the files are those of the commit. */
const ASKS_WHETHER = /\bdescribe\b|--dirty|--broken|\bstatus\b|\bdiff(?:-index|-files)?\b/g

/** The same, where the files that are sent differ from the commit anyway: only what lists them sees one more. */
export function mayList(action: SurveyedAction, project: Image['project']): boolean {
  if (!mayCompare(action, project)) return false
  const git = action.use?.git
  if (!git || git.isDoubt) return !action.stampsGit
  if (action.stampsGit) return false
  const said = git.askedBy === undefined ? null : project.textOf(git.askedBy.path)
  const texts = [action.words.join(' '), action.script?.text ?? '', said ?? '']
  const isTold = texts.some((text) => COMPARES.test(text))
  return !isTold || texts.some((text) => COMPARES.test(text.replace(ASKS_WHETHER, '')))
}

function ownRepository({makesRepository, directory}: SurveyedAction): string | null {
  return makesRepository === undefined ? null : resolveContainerPath(directory, makesRepository)
}

/** Both are known, and one does not hold the other. A program that looks at its own project looks there. */
function isElsewhere({directory, use}: SurveyedAction, repository: string): boolean {
  if (use === null || directory.startsWith('?') !== repository.startsWith('?')) return false
  const isVague = /\$|\?(?:cd|branch|~)/.test(directory)
  return !isVague && !isWithin(directory, repository)
}

function readNeed(action: SurveyedAction, project: Image['project']): GitNeed | null {
  const {use, unread, called} = action
  const at = placeOf(action)
  const need = (reason: string, isDoubt: boolean): GitNeed => ({
    reason: `${reason} (${at})`,
    isDoubt,
    who: at,
  })
  if (use === null) return need(`does ${called} read the repository?`, true)
  if (use.git !== null) return need(use.git.reason, use.git.isDoubt)
  const said = readWords(action)
  if (said !== null) return need(...said)
  if (unread !== undefined) return need(`does ${unread} use Git?`, true)
  const sign = readSources(action, use.runs, project)
  return (
    sign && need(`${sign.path}:${sign.line} has ${sign.found}: does ${called} read the repository?`, true)
  )
}

/** The repository itself among the words of a command. */
const NAMES_REPOSITORY = /(?:^|[/=:])\.git(?:$|[/#])/
/** Flags that ask what has changed, or for what only the repository knows. */
const ASKS_REPOSITORY =
  /^--?(?:changed|changed-since|changedSince|since|affected|only-?changed|enableGitInfo|git-(?:info|log|dates?|sha|rev|version|describe))(?:=.*)?$/i
const INLINE = /^(?:-c|-e|-r|-p|-pe|-ne|--eval|--print|--exec)$/

/** What the words of a command say themselves: a flag, a path, code that an interpreter is given. */
function readWords({called, words}: SurveyedAction): [reason: string, isDoubt: boolean] | null {
  const rest = words.slice(1)
  if (rest.some((word) => NAMES_REPOSITORY.test(word))) return [`${called} names the repository`, false]
  if (rest.some((word) => ASKS_REPOSITORY.test(word))) return [`does ${called} read the repository?`, true]
  const code = rest.find((_, at) => INLINE.test(rest[at - 1] ?? ''))
  const sign = code === undefined ? null : findGitSign({path: '', text: code})
  return sign && [`${called} calls ${sign.found}`, false]
}

/** What a program of the project may do stands in its sources. */
function readSources(
  action: SurveyedAction,
  languages: readonly Language[],
  project: Image['project'],
): GitSign | null {
  return findSignInSources(project, languages, action.script?.path)
}

/** Finds what calls Git or opens the repository in the sources that a program of the project may run. @param started the file that it is started with */
export function findSignInSources(
  project: Image['project'],
  languages: readonly Language[],
  started?: string,
): GitSign | null {
  for (const language of languages) {
    for (const source of listRunSources(project, language, started)) {
      const sign = findGitSign(source)
      if (sign !== null && !(sign.needsGit && project.lacksGit)) return sign
    }
  }
  return null
}
