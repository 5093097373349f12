import assert from 'node:assert/strict'
import {parseConfig} from '../../../src/config/parse-config.js'
import {readSettings} from '../../../src/config/read-settings.js'
import {renderSmokeConfig, type TriedCheck} from '../../../src/render/measure/render-smoke-config.js'

const tried = (entry: Record<string, unknown>, status: 'passed' | 'failed', detail = ''): TriedCheck => {
  return {entry, result: {name: 'a', status, before: null, detail, seconds: 0}}
}

describe('renderSmokeConfig', () => {
  it('writes what holds, and the rest as comments', () => {
    const checks = [
      tried({user: 'node'}, 'passed'),
      tried({run: ['a', '--b: #'], output: '\\d'}, 'passed'),
      tried({stop: '10s'}, 'failed', 'it took\n11.0 s'),
    ]
    const text = renderSmokeConfig([{name: 'api', checks}])
    assert.equal(
      text.split('\n').slice(1).join('\n'),
      `smoke:
  - user: "node"
  - {run: ["a","--b: #"], output: "\\\\d"}
  # failed (it took 11.0 s): stop: "10s"
`,
    )
    const {smoke} = readSettings(parseConfig('.slim-check.yaml', Buffer.from(text))!)
    assert.deepEqual(
      smoke?.map(({name}) => name),
      ['runs as node', 'run a --b: #'],
    )
  })

  it('writes several builds by name, whatever their names', () => {
    const checks = [tried({user: 'root'}, 'passed')]
    const names = ['api', 'a: b', 'x\u2028y"']
    const text = renderSmokeConfig([...names.map((name) => ({name, checks})), {name: 'none', checks: []}])
    const {builds} = readSettings(parseConfig('.slim-check.yaml', Buffer.from(text))!)
    assert.deepEqual(
      builds.map(({name, smoke}) => [name, smoke?.length]),
      [
        ['api', 1],
        ['a: b', 1],
        ['x y"', 1],
        ['none', 0],
      ],
    )
  })
})
