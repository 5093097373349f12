import assert from 'node:assert/strict'
import {type AllowedDifference, findDifference} from '../../../src/advice/rewrites/same-outcome.js'
import {createBuildGraph} from '../../../src/build/graph/create-build-graph.js'
import {evaluateDockerfile} from '../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../src/languages/dockerfile/syntax/parse-dockerfile.js'

function compare(before: string, after: string, allowed: AllowedDifference = {}): string | null {
  const graphOf = (text: string) =>
    createBuildGraph(evaluateDockerfile(parseDockerfile(`FROM a\nWORKDIR /app\n${text}`)))
  return findDifference(graphOf(before), graphOf(after), allowed)
}

describe('the difference between two texts', () => {
  const rows: [before: string, after: string, difference: RegExp | null, allowed?: AllowedDifference][] = [
    ['COPY . .\nRUN b', 'COPY c .\nRUN b\nCOPY . .', null],
    ['RUN a && b', 'RUN a\nRUN b', null],
    ['COPY c .', 'COPY c d ./', /sent from the context: d/],
    ['COPY c ./', 'COPY c d ./', null, {requests: true}],
    ['COPY . .', 'COPY c .', /what is copied/],
    ['COPY . .', 'COPY . b', /what is copied/],
    ['COPY . .', 'COPY --chown=1 . .', /what is copied/],
    ['COPY . .', 'COPY --chown=1 . .', null, {owners: true}],
    ['RUN a', 'RUN b', /commands/],
    ['RUN a', 'RUN b', null, {commands: true}],
    ['USER b\nRUN a', 'RUN a\nUSER b', /commands/],
    ['ENV A=b\nRUN a', 'RUN a\nENV A=b', /commands/],
    ['RUN --mount=type=cache,target=/c a', 'RUN a', /commands/],
    ['RUN --network=none a', 'RUN a', /commands/],
    ['CMD a', 'CMD b', /configuration/],
    ['CMD a', 'CMD b', null, {start: true}],
    ['LABEL a=b', '', /configuration/],
    ['CMD a', 'CMD a\nWORKDIR /b', /configuration/],
    ['', 'FROM b', /stages/],
  ]
  for (const [before, after, difference, allowed] of rows) {
    it(`${JSON.stringify(before)} and ${JSON.stringify(after)}`, () => {
      const found = compare(before, after, allowed)
      if (difference === null) assert.equal(found, null)
      else assert.match(found ?? '', difference)
    })
  }
})
