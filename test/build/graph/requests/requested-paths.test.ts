import assert from 'node:assert/strict'
import {requestedPaths} from '../../../../src/build/graph/requests/requested-paths.js'

const FROM = 'FROM scratch\n'
const NOTHING = {usesContext: false, paths: null}
const EVERYTHING = {usesContext: true, paths: null}
const some = (...paths: string[]) => ({usesContext: true, paths})

describe('requestedPaths', () => {
  const rows: [title: string, dockerfile: string, expected: object][] = [
    ['nothing', FROM, NOTHING],
    ['a tmpfs mount alone', `${FROM}RUN --mount=type=tmpfs,target=/t x\n`, NOTHING],
    ['a tmpfs mount beside a file', `${FROM}COPY a /\nRUN --mount=type=tmpfs,target=/t x\n`, EVERYTHING],
    [
      'a tmpfs mount with a source',
      `${FROM}COPY a /\nRUN --mount=type=tmpfs,source=b,target=/t x\n`,
      some('a', 'b'),
    ],
    ['a Git remote alone', `${FROM}ADD git@example.com:a/b.git /\n`, NOTHING],
    ['a Git remote beside a file', `${FROM}ADD git@h:a a /x/\n`, some('a', 'git@h:a')],
    ['an http remote that is no Git', `${FROM}ADD http://example.com/x a /x/\n`, some('a')],
    [
      'the default PATH',
      `${FROM}COPY $PATH /\n`,
      some('usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'),
    ],
    ['the order of bytes', `${FROM}COPY \u{1f600} \uffee é z / \n`, some('z', 'é', '\uffee', '\u{1f600}')],
    ['a flag beyond ASCII as it comes out', `${FROM}RUN --mount=source=é,target=/x y\n`, some('Ã©')],
    ['an ARG inherited from the base stage', `${FROM.trim()} AS a\nARG V=x\nFROM a\nCOPY $V /\n`, some('x')],
    [
      'an ENV of the base stage over its later ARG',
      `${FROM.trim()} AS a\nENV V=e\nARG V=x\nFROM a\nCOPY $V /\n`,
      some('e'),
    ],
    [
      'a stage that only a tmpfs mount names',
      'FROM scratch AS a\nCOPY x /\nFROM scratch\nCOPY y /\nRUN --mount=type=tmpfs,from=a,target=/t z\n',
      some('x', 'y'),
    ],
    [
      'a trigger that reads a stage of its own',
      'FROM scratch AS x\nCOPY x /\nFROM scratch AS a\nONBUILD COPY --from=x x /\nFROM a\n',
      some('x'),
    ],
    [
      'a trigger only once',
      'FROM scratch AS a\nONBUILD COPY x /\nFROM a AS b\nFROM b\nCOPY y /\n',
      some('x', 'y'),
    ],
  ]
  for (const [title, dockerfile, expected] of rows) {
    it(`asks for ${title}`, () => {
      assert.deepEqual(requestedPaths(dockerfile), {...expected, namedContexts: {}})
    })
  }

  const named: [title: string, dockerfile: string, main: object, lib: object][] = [
    ['not at all', `${FROM}COPY a /\n`, some('a'), NOTHING],
    ['by COPY', `${FROM}COPY --from=lib x /\nCOPY --from=lib y /\n`, NOTHING, some('x', 'y')],
    ['by its full name', `${FROM}COPY --from=docker.io/library/lib:latest x /\n`, NOTHING, some('x')],
    ['by a mount', `${FROM}RUN --mount=from=lib,source=x,target=/x y\n`, NOTHING, some('x')],
    ['by a cache mount', `${FROM}RUN --mount=type=cache,from=lib,target=/x y\n`, NOTHING, EVERYTHING],
    ['by a tmpfs mount', `${FROM}RUN --mount=type=tmpfs,from=lib,target=/x y\n`, NOTHING, NOTHING],
    ['as the base of the target', 'FROM lib\nCOPY a /\n', some('a'), EVERYTHING],
    [
      'as the base of a stage copied from',
      'FROM lib AS q\nFROM scratch\nCOPY --from=q x /\n',
      NOTHING,
      some('x'),
    ],
    [
      'as the base of a stage that runs',
      'FROM lib AS q\nRUN y\nFROM scratch\nCOPY --from=q x /\n',
      NOTHING,
      EVERYTHING,
    ],
    ['as the base of nothing built', 'FROM lib AS q\nFROM scratch\nCOPY a /\n', some('a'), NOTHING],
    [
      'instead of a stage',
      'FROM scratch AS Lib\nCOPY a /\nFROM scratch\nCOPY --from=LIB x /\n',
      NOTHING,
      some('x'),
    ],
    ['by number', 'FROM scratch AS lib\nCOPY a /\nFROM scratch\nCOPY --from=0 x /\n', NOTHING, some('x')],
  ]
  for (const [title, dockerfile, main, lib] of named) {
    it(`asks a named context: ${title}`, () => {
      const expected = {...main, namedContexts: {lib}}
      assert.deepEqual(requestedPaths(dockerfile, {namedContexts: ['lib']}), expected)
    })
  }
})
