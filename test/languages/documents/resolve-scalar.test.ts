import assert from 'node:assert/strict'
import {parseYaml} from '../../../src/languages/documents/parse-yaml.js'

/** How Docker prints a build argument of that value, asked with `docker buildx bake --print`. */
const ROWS: [source: string, text: string, type: string][] = [
  ['1.10', '1.1', 'number'],
  ['"1.10"', '1.10', 'string'],
  ['!!str 1.10', '1.10', 'string'],
  ['!!binary aGk=', 'hi', 'string'],
  ['1.0', '1', 'number'],
  ['017', '15', 'number'],
  ['0o17', '15', 'number'],
  ['08', '8', 'number'],
  ['0x1F', '31', 'number'],
  ['0b11', '3', 'number'],
  ['1_000', '1000', 'number'],
  ['1e3', '1000', 'number'],
  ['1e6', '1e+06', 'number'],
  ['1e20', '1e+20', 'number'],
  ['1E400', '1E400', 'string'],
  ['123456789.5', '1.234567895e+08', 'number'],
  ['100000000', '100000000', 'number'],
  ['0.0001234', '0.0001234', 'number'],
  ['0.00001', '1e-05', 'number'],
  ['12345678901234567890', '12345678901234567890', 'number'],
  ['123456789012345678901234', '1.2345678901234569e+23', 'number'],
  ['+5', '5', 'number'],
  ['.5', '0.5', 'number'],
  ['1.', '1', 'number'],
  ['-.inf', '-Inf', 'number'],
  ['.nan', 'NaN', 'number'],
  ['1:30', '1:30', 'string'],
  ['yes', 'yes', 'string'],
  ['on', 'on', 'string'],
  ['True', 'true', 'boolean'],
  ['~', '', 'null'],
  ['null', '', 'null'],
  ['"null"', 'null', 'string'],
  ['""', '', 'string'],
]

describe('resolveScalar', () => {
  for (const [source, text, type] of ROWS) {
    it(`reads ${source} as the ${type} ${JSON.stringify(text)}`, () => {
      const [node] = parseYaml(`- ${source}\n`, 'f')
      const item = node?.kind === 'list' ? node.items[0] : undefined
      assert.deepEqual(item?.kind === 'scalar' && {text: item.text, type: item.type}, {text, type})
    })
  }
})
