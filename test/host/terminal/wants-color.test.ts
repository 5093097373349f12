import assert from 'node:assert/strict'
import {type ColorChoice, wantsColor} from '../../../src/host/terminal/wants-color.js'

const PIPE = {}
const TERMINAL = {isTTY: true, hasColors: () => true}
const DUMB = {isTTY: true, hasColors: () => false}

const rows: [
  name: string,
  output: object,
  choice: ColorChoice,
  env: Record<string, string>,
  expected: boolean,
][] = [
  ['a terminal', TERMINAL, 'auto', {}, true],
  ['a terminal without colours', DUMB, 'auto', {}, false],
  ['a pipe', PIPE, 'auto', {}, false],
  ['--color always in a pipe', PIPE, 'always', {NO_COLOR: '1'}, true],
  ['--color never on a terminal', TERMINAL, 'never', {FORCE_COLOR: '1'}, false],
  ['NO_COLOR on a terminal', TERMINAL, 'auto', {NO_COLOR: '1'}, false],
  ['an empty NO_COLOR', TERMINAL, 'auto', {NO_COLOR: ''}, true],
  ['FORCE_COLOR in a pipe', PIPE, 'auto', {FORCE_COLOR: '1'}, true],
  ['an empty FORCE_COLOR in a pipe', PIPE, 'auto', {FORCE_COLOR: ''}, true],
  ['FORCE_COLOR=0 on a terminal', TERMINAL, 'auto', {FORCE_COLOR: '0'}, false],
  ['NO_COLOR beside FORCE_COLOR', TERMINAL, 'auto', {NO_COLOR: '1', FORCE_COLOR: '1'}, false],
]

describe('wantsColor', () => {
  for (const [name, output, choice, env, expected] of rows) {
    it(`${name}: ${expected}`, () => assert.equal(wantsColor(output, choice, env), expected))
  }
})
