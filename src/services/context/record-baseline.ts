import {createBaseline} from '../../measure/budget/baseline.js'
import {measureBuilds} from '../analysis/check-builds.js'
import {requireBaseline, updateBaseline} from '../load/baseline.js'
import type {AnsweredRequest} from './analyze-request.js'

/** A baseline that was recorded. */
export interface RecordedBaseline {
  /** The file as the user knows it. */
  shown: string
  /** False where the file held the same already. */
  isNew: boolean
}

/** Records what builds transfer now in their baseline. */
export function recordBaseline({analysis, baseline}: AnsweredRequest): RecordedBaseline {
  const place = requireBaseline(baseline)
  const isNew = updateBaseline(place, createBaseline(measureBuilds(analysis.groups)))
  return {shown: place.shown, isNew}
}
