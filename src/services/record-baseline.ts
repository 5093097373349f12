import {createBaseline} from '../budget/create-baseline.js'
import {SlimCheckError} from '../errors.js'
import {escapeForTerminal} from '../render/escape.js'
import type {AnsweredRequest} from './analyze-request.js'
import {updateBaseline} from './baseline.js'
import {measureBuilds} from './judge-builds.js'

/** Records what builds transfer now in their baseline. @returns what was done, for people */
export function recordBaseline({analysis, baseline}: AnsweredRequest): string {
  if (baseline === null) {
    throw new SlimCheckError('bad-flag', {
      message: '--update-baseline needs to know the file',
      nextStep: 'Name it with --baseline FILE or in the configuration',
    })
  }
  const isNew = updateBaseline(baseline, createBaseline(measureBuilds(analysis)))
  return `${isNew ? 'Wrote' : 'Nothing has changed in'} ${escapeForTerminal(baseline.shown)}\n`
}
