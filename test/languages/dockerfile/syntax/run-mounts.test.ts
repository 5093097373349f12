import assert from 'node:assert/strict'
import {evaluateDockerfile} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {failureOf} from '../make-scope.js'

function mountsOf(flag: string) {
  const {stages} = evaluateDockerfile(
    parseDockerfile(`FROM scratch\nENV V=v T=tmpfs\nRUN --mount=${flag} x\n`),
  )
  const run = stages[0]?.instructions.at(-1)
  assert.equal(run?.keyword, 'RUN')
  return run.mounts.map(({type, source, target, id}) => `${type} ${source} ${target} ${id}`)
}

describe('parseRunMounts', () => {
  const rows: [flag: string, mount: string][] = [
    ['target=/x', 'bind  /x '],
    ['type=bind,src=a,dst=/x,rw', 'bind a /x '],
    ['SOURCE=a,destination=/x,readonly=1', 'bind a /x '],
    ['type=$T,target=/x,size=1.5g', 'tmpfs  /x '],
    ['source=$V/a,target=/$V', 'bind v/a /v '],
    ['type=cache,target=/x,id=c,sharing=locked,uid=1,gid=2,mode=0755', 'cache  /x c'],
    ['type=secret,id=s,required', 'secret   s'],
    ['type=ssh', 'ssh   '],
  ]
  for (const [flag, mount] of rows) it(`reads ${flag}`, () => assert.deepEqual(mountsOf(flag), [mount]))

  const failures: [flag: string, message: string][] = [
    ['type=x,target=/x', 'bad "type" of a mount: "x"'],
    ['foo=1', 'unknown mount key "foo=1"'],
    ['sorce=a', 'unknown mount key "sorce=a" (did you mean source?)'],
    ['source', 'mount field "source" needs a value'],
    ['required', 'a bind mount has no option "required"'],
    ['type=tmpfs,target=/x,uid=1', 'a tmpfs mount has no option "uid"'],
    ['target=/x,sharing=shared', 'a bind mount has no option "sharing"'],
    ['type=secret', 'a secret mount needs an "id"'],
    ['type=secret,id=a,source=b', 'a secret mount has "id" or "source", not both'],
    ['type=ssh,source=a', 'an ssh mount has no option "source"'],
    ['target=/', `the mount's target "/" is the root directory`],
    ['source=a', `the mount's target "" is the root directory`],
  ]
  for (const [flag, message] of failures) {
    it(`refuses ${flag}`, () =>
      assert.equal(
        failureOf(() => mountsOf(flag)),
        `3: ${message}`,
      ))
  }

  it('refuses a variable in from even where it is not built', () => {
    const content = 'FROM scratch\nRUN --mount=from=$x,target=/x a\nFROM scratch\n'
    assert.match(
      failureOf(() => parseDockerfile(content)),
      /^2: "from" of a mount cannot use variables/,
    )
  })

  it('does not mind a relative target where the base image decides the working directory', () => {
    evaluateDockerfile(parseDockerfile('FROM golang\nRUN --mount=target=. go build\n'))
  })
})
