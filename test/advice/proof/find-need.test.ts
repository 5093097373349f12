import assert from 'node:assert/strict'
import type {Candidate} from '../../../src/advice/proof/candidate.js'
import type {Need} from '../../../src/advice/proof/consumers/consumption.js'
import {findNeed} from '../../../src/advice/proof/find-need.js'
import type {Image, SurveyedAction} from '../../../src/advice/proof/survey/survey.js'

const NEEDS: readonly [path: string, certainty: Need['certainty']][] = [
  ['', 'must'],
  ['..', 'must'],
  ['../beside/a.js', 'must'],
  ['src', 'may'],
  ['src/db/*.sql', 'likely'],
  ['src/db/a.sql', 'must'],
  ['src/web', 'must'],
  ['src-old/a.js', 'must'],
  ['z', 'may'],
  ['z/a', 'may'],
]

describe('findNeed', () => {
  const needs = NEEDS.map(
    ([contextPath, certainty], line): Need => ({
      contextPath,
      certainty,
      askedBy: {path: contextPath, line, text: 'text'},
    }),
  )
  const action = {called: 'RUN', text: 'make', where: {place: 'Dockerfile:2'}, use: {needs}}
  const image = {actions: [action as unknown as SurveyedAction]} as unknown as Image
  const find = (path: string, rule?: string) => {
    const entry = rule === undefined ? null : {rule}
    const found = findNeed(new Set([image]), {path, entry} as unknown as Candidate)
    return found && `${found.reason.split(':')[0]}${found.isDoubt ? ', in doubt' : ''}`
  }

  const rows: [path: string, asker: string | null, rule?: string][] = [
    ['src', 'src/db/*.sql'],
    ['src/db', 'src/db/*.sql'],
    ['src/db/a.sql', 'src/db/*.sql'],
    ['src/db/a.sql/deep', 'src/db/*.sql'],
    ['src/db/b.js', 'src, in doubt'],
    ['src/web/a.js', 'src/web'],
    ['src/webs', 'src, in doubt'],
    ['src-old', 'src-old/a.js'],
    ['src-o', null],
    ['z', 'z, in doubt'],
    ['z/a/b', 'z, in doubt'],
    ['other', null],
    ['src/web/.DS_Store', null, 'os-litter'],
    ['src/web', 'src/web', 'os-litter'],
    ['src/web/.DS_Store', 'src/web', 'logs'],
  ]
  for (const [path, asker, rule] of rows) {
    it(`${path}${rule === undefined ? '' : `, ${rule}`}: ${asker}`, () => {
      assert.equal(find(path, rule), asker)
      // And once more, by what was kept of the first time.
      assert.equal(find(path, rule), asker)
    })
  }
})
