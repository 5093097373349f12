// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles
import assert from 'node:assert/strict'
import {evaluateDockerfile} from '../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {mayBeOtherStage, standInForArguments} from '../../src/plan/stand-in-arguments.js'

const ZEROS = '0'.repeat(64)

const ROWS: [
  title: string,
  dockerfile: string,
  args: Record<string, string>,
  values: Record<string, string> | null,
][] = [
  ['a tag', 'ARG V\nFROM php:${V}-alpine', {}, {V: 'unknown'}],
  ['a whole image', 'ARG BASE\nFROM $BASE', {}, {BASE: 'unknown'}],
  [
    'a digest and its number',
    'ARG A\nARG B\nFROM x@${A}\nFROM y@sha256:${B}',
    {},
    {A: `sha256:${ZEROS}`, B: ZEROS},
  ],
  ['what is given as empty', 'ARG V\nFROM php:${V}', {V: ''}, {V: 'unknown'}],
  ['nothing that is given', 'ARG V\nFROM php:${V}', {V: '8'}, null],
  ['nothing with a default', 'ARG V=8\nFROM php:${V}', {}, null],
  ['nothing that no ARG declares', 'FROM php:${V}', {}, null],
  [
    'nothing that may be a stage which takes something',
    'ARG V\nFROM a AS base-dev\nCOPY a /\nFROM b AS base-prod\nFROM base-${V}',
    {},
    null,
  ],
  [
    'the usual one of stages that take nothing',
    'ARG V\nFROM a AS base-dev\nRUN x\nFROM b AS base-prod\nCOPY --from=c a /\nFROM base-${V}',
    {},
    {V: 'prod'},
  ],
]

describe('standInForArguments', () => {
  for (const [title, dockerfile, args, values] of ROWS) {
    it(`finds ${title}`, () => {
      const found = standInForArguments(parseDockerfile(dockerfile).instructions, args)
      assert.deepEqual(found?.values ?? null, values)
    })
  }

  for (const [name, expected] of [
    ['STAGE', true],
    ['BASE_IMAGE', false],
  ] as const) {
    it(`${expected ? 'doubts' : 'trusts'} a base image that "${name}" alone names beside stages that nothing reads`, () => {
      const parsed = parseDockerfile(`ARG ${name}\nFROM a AS one\nRUN true\nFROM \${${name}}`)
      const standIns = standInForArguments(parsed.instructions, {})!
      const evaluated = evaluateDockerfile(parsed, {buildArgs: standIns.values})
      assert.equal(mayBeOtherStage(standIns, evaluated), expected)
    })
  }
})
