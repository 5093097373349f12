// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles
import assert from 'node:assert/strict'
import {
  type EvaluateOptions,
  evaluateDockerfile,
} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'

/** What `value` is where FROM can use it. */
function inFrom(value: string, options: EvaluateOptions = {}, before = ''): string | undefined {
  const {stages} = evaluateDockerfile(parseDockerfile(`${before}FROM x${value} AS build\n`), options)
  return stages[0]?.baseName.slice(1)
}

describe('evaluateGlobalArguments', () => {
  const rows: [value: string, expected: string, options?: EvaluateOptions, before?: string][] = [
    ['$TARGETOS-$TARGETARCH', 'linux-amd64'],
    ['$TARGETPLATFORM', '/arm/v7', {platform: 'linux/arm'}],
    ['$BUILDARCH', 'arm64', {buildPlatform: 'linux/arm64'}],
    ['$BUILDARCH$TARGETVARIANT', 'armv7', {platform: 'linux/arm'}],
    ['$TARGETSTAGE', 'build'],
    ['$TARGETARCH', 'mine', {buildArgs: {TARGETARCH: 'mine'}}],
    ['$A', 'own', {}, 'ARG A=own\n'],
    ['$A', 'given', {buildArgs: {A: 'given'}}, 'ARG A=own\n'],
    ['$A', '', {buildArgs: {A: 'undeclared'}}],
    ['$B', 'ab', {}, 'ARG A=a\nARG B=${A}b\n'],
    ['$B$A', '1', {}, 'ARG A=1 B\n'],
  ]
  for (const [value, expected, options, before] of rows) {
    it(`sets ${value} to ${JSON.stringify(expected)}`, () => {
      const actual = inFrom(value, options, before)
      assert.equal(actual?.replace(/^linux/, expected.startsWith('linux') ? 'linux' : ''), expected)
    })
  }
})
