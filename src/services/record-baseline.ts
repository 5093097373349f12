import {createBaseline} from '../budget/create-baseline.js'
import {escapeForTerminal} from '../render/escape.js'
import type {AnsweredRequest} from './analyze-request.js'
import {requireBaseline, updateBaseline} from './baseline.js'
import {measureBuilds} from './judge-builds.js'

/** Records what builds transfer now in their baseline. @returns what was done, for people */
export function recordBaseline({analysis, baseline}: AnsweredRequest): string {
  const place = requireBaseline(baseline)
  const isNew = updateBaseline(place, createBaseline(measureBuilds(analysis)))
  return `${isNew ? 'Wrote' : 'Nothing has changed in'} ${escapeForTerminal(place.shown)}\n`
}
