import {isWithin} from '../../languages/text/container-path.js'
import {matchesGlob} from '../../languages/text/matches-glob.js'
import type {Candidate} from './candidate.js'
import type {Need} from './consumers/consumption.js'
import {type Image, placeOf, type SurveyedAction} from './survey/survey.js'

/** A file that an action asks for, with the action. */
interface AskedFor {
  need: Need
  action: SurveyedAction
}

/** What the proof of a need says. */
export interface NeedOfPath {
  reason: string
  /** It may be taken, and may be missing. */
  isDoubt: boolean
}

/** Finds what asks for a path, or for something in it or around it, in the images that get it. */
export function findNeed(images: ReadonlySet<Image>, candidate: Candidate): NeedOfPath | null {
  let doubt: NeedOfPath | null = null
  for (const {actions} of images) {
    for (const action of actions) {
      for (const need of action.use?.needs ?? []) {
        if (!concerns(need.contextPath, candidate)) continue
        // what code opens when it starts, a mount may bring: a question
        const isDoubt = need.certainty === 'may' || need.isOpened === true
        const found = {reason: describe({need, action}), isDoubt}
        if (!found.isDoubt) return found
        doubt ??= found
      }
    }
  }
  return doubt
}

/** Files of other programs do not become a part of a project by lying in it. */
const LITTER = new Set(['os-litter', 'python-bytecode', 'editor-leftovers', 'editor-settings', 'git'])

function concerns(wanted: string, {path, entry}: Candidate): boolean {
  if (wanted === path || isWithin(wanted, path)) return true
  if (LITTER.has(entry?.rule ?? '')) return false
  if (wanted === '' || wanted.startsWith('..')) return false
  return isWithin(path, wanted) || (wanted.includes('*') && matchesPathGlob(wanted, path))
}

/** A glob of Go's `embed`: component by component, and what lies below a match. */
function matchesPathGlob(glob: string, path: string): boolean {
  const parts = path.split('/')
  const wanted = glob.split('/')
  return parts.length >= wanted.length && wanted.every((part, at) => matchesGlob(part, parts[at]!))
}

function describe({need, action}: AskedFor): string {
  const {askedBy} = need
  const where = `(${placeOf(action)})`
  return askedBy === null
    ? `${action.called} reads it ${where}`
    : `${askedBy.path}:${askedBy.line} (${askedBy.text}) names it ${where}`
}
