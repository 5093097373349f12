// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of bake files
import assert from 'node:assert/strict'
import {BuildFileError} from '../../../src/errors.js'
import {BakeExpressionError} from '../../../src/plan/bake/expand-template.js'
import {parseBakeJson} from '../../../src/plan/bake/parse-bake-json.js'
import {listBakeNames, readBakeBuilds} from '../../../src/plan/bake/read-bake-builds.js'
import type {NamedBuilds} from '../../../src/plan/named-build.js'
import {describeBuild} from '../describe-build.js'
import {BAKE_ROWS} from './bake-rows.js'

function read(files: readonly object[], env: Record<string, string> = {}, names: string[] = []): NamedBuilds {
  const texts = files.map((file, index) => ({file: `/p/f${index}.json`, text: JSON.stringify(file, null, 1)}))
  return readBakeBuilds(
    parseBakeJson(texts, (name) => env[name]),
    names,
    '/p',
  )
}

const one = (body: object): object[] => [{target: {default: body}}]

/** Beyond what `--print` shows. */
const OURS: [title: string, files: object[], builds: string[]][] = [
  [
    'literal templates',
    one({args: {A: '$${TAG}', B: '%%{x}'}}),
    ['default: ctx=. df=Dockerfile A=${TAG} B=%{x}'],
  ],
  ['an inline Dockerfile', one({'dockerfile-inline': 'FROM $${A}'}), ['default: ctx=. inline="FROM ${A}"']],
  [
    'paths of the working directory',
    one({context: 'cwd://sub', dockerfile: 'cwd://D', contexts: {a: 'cwd://l', b: 'cwd://'}}),
    ['default: ctx=sub df=D a<-l b<-.'],
  ],
  ['the platform of this machine', one({platforms: ['local']}), ['default: ctx=. df=Dockerfile']],
  ['an empty target', one({target: '', dockerfile: ''}), ['default: ctx=. df=Dockerfile']],
]

const ERRORS: [title: string, files: object[], reason: RegExp][] = [
  ['a list', [[]], /must be an object/],
  ['a target that is a string', [{target: {a: 'x'}}], /"target.a" must be an object/],
  ['arguments that are a list', one({args: ['A=1']}), /"args" must be an object/],
  ['an argument that is a list', one({args: {A: ['1']}}), /"A" must be a string/],
  ['platforms that are a string', one({platforms: 'x'}), /"platforms" must be an array/],
  [
    'a group in a circle without a target of its name',
    [{group: {default: {targets: ['b']}, b: {targets: ['default']}}, target: {a: {}}}],
    /no target "default"/,
  ],
  ['a group of nobody', [{group: {default: {targets: ['zz']}}, target: {a: {}}}], /no target "zz"/],
  ['an unknown target to inherit', one({inherits: ['zz']}), /no target "zz"/],
  ['an unknown target to build upon', one({contexts: {a: 'target:zz'}}), /no target "zz"/],
  [
    'variables in a circle',
    [{variable: {A: {default: '${B}'}, B: {default: '${A}'}}, ...one({args: {A: '${A}'}})[0]}],
    /refers to itself/,
  ],
  ['a matrix without a name', [{target: {app: {matrix: {v: ['1']}}}}], /has a matrix and no name/],
  [
    'a matrix without end',
    one({name: 'x', matrix: {a: Array(100).fill('1'), b: Array(100).fill('1')}}),
    /more than 5000/,
  ],
  [
    'inheritance without end',
    [
      {
        target: Object.fromEntries(
          Array.from({length: 600}, (_, at) => [
            at === 0 ? 'default' : `t${at}`,
            {inherits: [`t${at + 1}`]},
          ]).concat([['t600', {inherits: []}]]),
        ),
      },
    ],
    /inherits through too many others/,
  ],
  [
    'a variable that grows without end',
    [
      {
        variable: Object.fromEntries([
          ...Array.from({length: 40}, (_, at) => [`v${at}`, {default: `\${v${at + 1}}\${v${at + 1}}`}]),
          ['v40', {default: 'xx'}],
        ]),
        target: {default: {args: {A: '${v0}'}}},
      },
    ],
    /longer than/,
  ],
]

describe('reading bake files', () => {
  for (const {title, files, env, builds} of BAKE_ROWS) {
    it(`reads ${title}`, () => {
      const found = read(files, env)
      assert.deepEqual(found.problems, [])
      assert.deepEqual(found.builds.map((build) => describeBuild(build)).sort(), [...builds].sort())
    })
  }

  for (const [title, files, builds] of OURS) {
    it(`reads ${title}`, () => {
      assert.deepEqual(
        read(files).builds.map((build) => describeBuild(build)),
        builds,
      )
    })
  }

  for (const [title, files, reason] of ERRORS) {
    it(`refuses ${title}`, () => {
      assert.throws(
        () => read(files),
        (error) => error instanceof BuildFileError && error.line !== null && reason.test(error.message),
      )
    })
  }

  for (const expression of [
    '${1+1}',
    '${upper(A)}',
    '%{ if true }x%{ endif }',
    '${HOME}',
    '${target.a.context}',
  ]) {
    it(`leaves ${expression} to buildx`, () => {
      assert.throws(() => read(one({args: {A: expression}})), BakeExpressionError)
    })
  }

  it('takes targets and groups by name', () => {
    const files = [{group: {g: {targets: ['a', 'b']}}, target: {a: {}, b: {}, c: {}, default: {}}}]
    assert.deepEqual(
      read(files, {}, ['c', 'g']).builds.map(({name}) => name),
      ['c', 'a', 'b'],
    )
  })

  it('shows all targets where none is the default, and says so', () => {
    const {builds, problems} = read([{target: {a: {}, b: {}}}])
    assert.deepEqual(
      builds.map(({name}) => name),
      ['a', 'b'],
    )
    assert.match(problems[0]!.message, /all targets are shown/)
  })

  it('leaves out what Docker fetches itself', () => {
    const {builds, problems} = read([{target: {default: {context: 'https://github.com/a/b.git'}}}])
    assert.deepEqual(builds, [])
    assert.match(problems[0]!.message, /fetches its context/)
  })

  it('lists groups and targets', () => {
    const text = JSON.stringify({target: {a: {}}, group: {g: {targets: ['a']}}})
    assert.deepEqual(listBakeNames(parseBakeJson([{file: 'f', text}], () => undefined)), ['g', 'a'])
  })

  it('doubles nothing along a chain that inherits twice', () => {
    const targets = Array.from({length: 400}, (_, at) => [`t${at}`, {inherits: [`t${at + 1}`, `t${at + 1}`]}])
    const files = [
      {target: {...Object.fromEntries(targets), t400: {args: {A: '1'}}, default: {inherits: ['t0']}}},
    ]
    assert.deepEqual(
      read(files).builds.map((build) => describeBuild(build)),
      ['default: ctx=. df=Dockerfile A=1'],
    )
  })
})
