import assert from 'node:assert/strict'
import {foldSteps} from '../../../src/render/cache/fold-steps.js'
import type {CacheReportStep} from '../../../src/report/cache-report.js'

const STATES = {c: 'cached', r: 'runs', m: 'depends'} as const

/** Steps in a letter each: cached, runs, may run. */
function makeSteps(letters: string): CacheReportStep[] {
  return [...letters].map((letter, at) => {
    return {state: STATES[letter as keyof typeof STATES], line: at + 1} as CacheReportStep
  })
}

function draw(letters: string): string {
  return foldSteps(makeSteps(letters))
    .map((row) => {
      if (!('hidden' in row)) return row.state[0]
      const [first] = row.hidden
      return `(${row.hidden.length}${first!.state[0]} from ${first!.line})`
    })
    .join('')
}

describe('folding the steps of a scenario', () => {
  const rows: [why: string, letters: string, drawn: string][] = [
    ['no step', '', ''],
    ['few steps stay', 'ccccccrrrrrr', 'ccccccrrrrrr'],
    ['cached steps of a long build', 'cccccccrrrrrr', '(7c from 1)rrrrrr'],
    ['two cached steps stay', 'ccrrrccrrrccc', 'ccrrrccrrr(3c from 11)'],
    ['the end of a long row', 'rrrrrrrrrrrrrr', 'rrrrrr(8r from 7)'],
    ['a single step more stays', 'ccccccrrrrrrr', '(6c from 1)rrrrrrr'],
    ['each state by itself', 'cccrrrrmmmmmmmm', '(3c from 1)rrrrdddddd(2d from 14)'],
  ]
  for (const [why, letters, drawn] of rows) it(why, () => assert.equal(draw(letters), drawn))
})
