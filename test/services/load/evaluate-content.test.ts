import assert from 'node:assert/strict'
import {DockerfileError} from '../../../src/errors.js'
import type {BuildOptions} from '../../../src/plan/build-options.js'
import {Evaluations} from '../../../src/services/load/evaluate-content.js'

const TEXT = 'ARG BASE=scratch\nFROM $BASE AS one\nCOPY a .\nFROM one AS two\nCOPY b .\n'
const OPTIONS: BuildOptions = {contextDir: '.'}

/** What decides the meaning of a text. */
const OTHERS: [what: string, options: Partial<BuildOptions>][] = [
  ['another target', {target: 'one'}],
  ['another build argument', {buildArgs: {BASE: 'alpine'}}],
  ['another platform', {platform: 'linux/s390x'}],
  ['a named context', {buildContexts: {one: '../one'}}],
  ['what is known of a base image', {images: {scratch: {}}}],
]

describe('Evaluations', () => {
  it('evaluate a text once, whatever runs its image and wherever its context is', () => {
    const evaluations = new Evaluations()
    const first = evaluations.evaluate(TEXT, OPTIONS)
    assert.equal(evaluations.evaluate(Buffer.from(TEXT), {contextDir: 'other', services: []}), first)
  })

  for (const [what, options] of OTHERS) {
    it(`evaluate it again for ${what}`, () => {
      const evaluations = new Evaluations()
      const first = evaluations.evaluate(TEXT, OPTIONS)
      assert.notEqual(evaluations.evaluate(TEXT, {...OPTIONS, ...options}), first)
    })
  }

  it('fail each time for a broken text', () => {
    const evaluations = new Evaluations()
    for (let turn = 0; turn < 2; turn++)
      assert.throws(() => evaluations.evaluate('FROM\n', OPTIONS), DockerfileError)
  })
})
