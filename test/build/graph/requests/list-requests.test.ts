import assert from 'node:assert/strict'
import {createBuildGraph} from '../../../../src/build/graph/create-build-graph.js'
import {
  type ContextRequest,
  listRequests,
  listRequestsTo,
} from '../../../../src/build/graph/requests/list-requests.js'
import {evaluateDockerfile} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'

function graphOf(text: string) {
  return createBuildGraph(evaluateDockerfile(parseDockerfile(text), {namedContexts: ['lib', 'stage']}))
}

function describeRequest({line, context, take, path, implicitReason}: ContextRequest): string {
  const keyword = take?.step.instruction.keyword ?? 'FROM'
  const from = context === null ? '' : ` of ${context}`
  return `${line} ${keyword} ${path}${from}${implicitReason === null ? '' : ` ${implicitReason}`}`
}

describe('the requests of a build', () => {
  const rows: [title: string, content: string, expected: string[]][] = [
    ['sources, line by line', 'FROM a\nCOPY x \\\n  y* /\nADD z /\n', ['2 COPY x', '2 COPY y*', '4 ADD z']],
    ['mounts', 'FROM a\nRUN --mount=target=/x --mount=source=b/,target=/y z\n', ['2 RUN .', '2 RUN b']],
    ['no cache, secret or agent', 'FROM a\nRUN --mount=type=cache,target=/x --mount=type=ssh z\n', []],
    ['a tmpfs mount', 'FROM a\nRUN --mount=type=tmpfs,target=/x z\n', ['2 RUN . tmpfs-mount']],
    ['a Git remote', 'FROM a\nADD git@h:p x /\n', ['2 ADD git@h:p git-remote', '2 ADD x']],
    ['no URL, not even of a repository', 'FROM a\nADD https://h/a https://h/b.git /\n', []],
    [
      'an empty variable',
      'FROM a\nARG E\nCOPY $E ./$E /\n',
      ['3 COPY . empty-expansion', '3 COPY . empty-expansion'],
    ],
    [
      'a trigger, at its ONBUILD',
      'FROM a AS b\nONBUILD COPY . .\nFROM b\nCOPY x /\n',
      ['2 COPY .', '4 COPY x'],
    ],
    [
      'a named context under a stage that runs something',
      'FROM lib AS b\nRUN x\nFROM a\nCOPY --from=b y /\n',
      ['1 FROM . of lib', '4 COPY y of lib'],
    ],
    ['a named context that the target stands on', 'FROM lib\nCOPY x /\n', ['1 FROM . of lib', '2 COPY x']],
    ['a named context', 'FROM a\nCOPY --from=lib x /\n', ['2 COPY x of lib']],
    ['no named context for a tmpfs mount alone', 'FROM a\nRUN --mount=type=tmpfs,from=lib,target=/t x\n', []],
    [
      'a stage that a named context stands in for, with what a tmpfs mount asks of it',
      'FROM a AS stage\nRUN x\nFROM a\nCOPY --from=stage y /\nRUN --mount=type=tmpfs,from=stage,target=/t x\n',
      ['4 COPY y of stage', '5 RUN . of stage tmpfs-mount'],
    ],
    [
      'what a stage asks that only a tmpfs mount names',
      'FROM a AS b\nCOPY x /\nCOPY --from=lib y /\nFROM a\nRUN --mount=type=tmpfs,from=b,target=/t z\n',
      ['2 COPY x'],
    ],
    ['no stage that is not built', 'FROM a AS b\nCOPY x /\nFROM a\nCOPY y /\n', ['4 COPY y']],
  ]
  for (const [title, content, expected] of rows) {
    it(`are ${title}`, () => assert.deepEqual(listRequests(graphOf(content)).map(describeRequest), expected))
  }

  it('know what is written, where, and what it brings where', () => {
    const text = 'FROM a\nARG D=src\nCOPY $D/ b \\\n  <<E /app/\nx\nE\nRUN --mount=source=$D,target=/m x\n'
    const found = listRequestsTo(graphOf(text), null).map(({path, source, range, text: line, take}) => {
      return [path, source, text.slice(range.start, range.end), line, take?.read.landing.path]
    })
    const copy = 'COPY $D/ b'
    assert.deepEqual(found, [
      ['src', '$D/', '$D/', copy, '/app'],
      ['b', 'b', 'b', copy, '/app'],
      ['src', '$D', '--mount=source=$D,target=/m', 'RUN --mount=source=$D,target=/m x', '/m'],
    ])
  })

  it('point at the FROM that takes a context whole', () => {
    const text = 'ARG X\nFROM lib AS \\\n  b\n'
    const [{range, text: line, source, stage}] = listRequests(graphOf(text)) as [ContextRequest]
    assert.deepEqual(
      [text.slice(range.start, range.end), line, source],
      ['FROM lib AS \\\n  b', 'FROM lib AS', ''],
    )
    assert.equal(stage.name, 'b')
  })

  it('are none without a Dockerfile', () => assert.deepEqual(listRequestsTo(null, null), []))
})
