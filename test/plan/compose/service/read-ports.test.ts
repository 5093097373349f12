import assert from 'node:assert/strict'
import {parseYaml} from '../../../../src/languages/documents/parse-yaml.js'
import {readPorts} from '../../../../src/plan/compose/service/read-ports.js'

function read(item: string): string[] {
  const [root] = parseYaml(`ports: [${item}]\n`, 'compose.yaml', {stringKeys: true})
  assert.ok(root?.kind === 'map')
  return readPorts(root).map(({address, first, last, target, protocol}) =>
    [address, first, last, target, protocol].join(' '),
  )
}

const ROWS: [item: string, expected: string[]][] = [
  ['"80:8080"', [' 80 80 8080 tcp']],
  ['"127.0.0.1:80:8080/udp"', ['127.0.0.1 80 80 8080 udp']],
  ['"[::1]:80:8080"', ['[::1] 80 80 8080 tcp']],
  ['"0.0.0.0:80-90:80-90"', [' 80 90 80-90 tcp']],
  ['"80"', []],
  ['80', []],
  ['"127.0.0.1::80"', []],
  ['{target: 80, published: "8080", host_ip: 127.0.0.1}', ['127.0.0.1 8080 8080 80 tcp']],
  ['{target: 80}', []],
  ['"0:80"', []],
]

describe('ports that a service publishes', () => {
  for (const [item, expected] of ROWS) {
    it(`are ${expected.length === 0 ? 'none' : expected.join()} of ${item}`, () => {
      assert.deepEqual(read(item), expected)
    })
  }
})
