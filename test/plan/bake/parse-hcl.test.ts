// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL
import assert from 'node:assert/strict'
import {BuildFileError} from '../../../src/errors.js'
import {BakeExpressionError} from '../../../src/plan/bake/expand-template.js'
import {readBakeRoots} from '../../../src/plan/bake/parse-bake-json.js'
import {parseHcl} from '../../../src/plan/bake/parse-hcl.js'
import {readBakeBuilds} from '../../../src/plan/bake/read-bake-builds.js'
import {describeBuild} from '../describe-build.js'
import {HCL_ROWS} from './hcl-rows.js'

const read = (text: string, env: Record<string, string> = {}): string[] =>
  readBakeBuilds(
    readBakeRoots([parseHcl(text, '/p/b.hcl')], (name) => env[name]),
    [],
    '/p',
  ).builds.map((build) => describeBuild(build))

describe('bake files in HCL without buildx', () => {
  for (const [title, text, builds] of HCL_ROWS) {
    it(`read ${title}`, () => assert.deepEqual(read(text), builds))
  }

  it('take variables from the environment', () => {
    assert.deepEqual(read('variable "C" { default = "a" }\ntarget "default" { context = C }', {C: 'b'}), [
      'default: ctx=b df=b/Dockerfile',
    ])
  })

  it('leave to buildx what matters and is not written out', () => {
    for (const value of ['upper("a")', '"${1 + 1}"', 'V == "" ? "a" : "b"', '[for x in V: x][0]']) {
      assert.throws(() => read(`target "default" {\n  context = ${value}\n}\n`), BakeExpressionError, value)
    }
  })

  it('know where things stand', () => {
    const {builds} = readBakeBuilds(
      readBakeRoots(
        [parseHcl('\n\ntarget "default" {\n\n  dockerfile = "D"\n}\n', '/p/b.hcl')],
        () => undefined,
      ),
      [],
      '/p',
    )
    assert.deepEqual([builds[0]!.place?.line, builds[0]!.dockerfilePlace?.line], [3, 5])
  })

  it('refuse what is no HCL, with its line', () => {
    for (const text of [
      'target "a" {',
      'x = "',
      '\n}',
      'x = [1',
      'target "a" { x = { 1 } }',
      'x = <<E\n',
      '='.repeat(9),
    ]) {
      assert.throws(() => parseHcl(text, 'b.hcl'), BuildFileError, text)
    }
    assert.throws(() => parseHcl(`x = ${'['.repeat(100_000)}`, 'b.hcl'), /nested too deeply/)
    assert.throws(() => parseHcl('a {'.repeat(1000), 'b.hcl'), /nested too deeply/)
  })
})
