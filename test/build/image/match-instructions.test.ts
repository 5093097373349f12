import assert from 'node:assert/strict'
import {matchInstructions} from '../../../src/build/image/match-instructions.js'
import {evaluateDockerfile} from '../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {readCreatedBy} from '../../../src/tree/image/figures/created-by.js'

const DOCKERFILE = `FROM debian AS base
WORKDIR /app
RUN apt-get update && \\
    apt-get install -y curl
FROM base AS builder
RUN make
FROM base
ARG V=1
COPY --chown=app --link app ./
COPY --from=builder /out /out
RUN echo $V
WORKDIR /app
CMD ["x"]
`

function match(...history: string[]): (number | null)[] {
  const dockerfile = evaluateDockerfile(parseDockerfile(DOCKERFILE), {
    buildArgs: {},
    platform: 'linux/amd64',
    buildPlatform: 'linux/amd64',
    namedContexts: [],
  })
  return matchInstructions(history.map(readCreatedBy), dockerfile)
}

describe('layers and the lines that made them', () => {
  it('finds each by its text, through the stages that the target is built on', () => {
    const lines = match(
      '# debian.sh --arch amd64',
      'WORKDIR /app',
      'RUN /bin/sh -c apt-get update &&     apt-get install -y curl # buildkit',
      'COPY --chown=app app ./ # buildkit',
      'COPY /out /out # buildkit',
      'RUN |1 V=1 /bin/sh -c echo $V # buildkit',
      'WORKDIR /app',
    )
    assert.deepEqual(lines, [null, 2, 3, 9, 10, 11, 12])
  })

  it('leaves out what the Dockerfile does not have', () => {
    assert.deepEqual(match('RUN /bin/sh -c make # buildkit', 'RUN |1 V=1 /bin/sh -c echo $V # buildkit'), [
      null,
      11,
    ])
  })
})
