import {createBaseline} from '../../measure/budget/create-baseline.js'
import {escapeForTerminal} from '../../render/terminal/escape.js'
import {measureBuilds} from '../analysis/judge-builds.js'
import {requireBaseline, updateBaseline} from '../load/baseline.js'
import type {AnsweredRequest} from './analyze-request.js'

/** Records what builds transfer now in their baseline. @returns what was done, for people */
export function recordBaseline({analysis, baseline}: AnsweredRequest): string {
  const place = requireBaseline(baseline)
  const isNew = updateBaseline(place, createBaseline(measureBuilds(analysis)))
  return `${isNew ? 'Wrote' : 'Nothing has changed in'} ${escapeForTerminal(place.shown)}\n`
}
