import assert from 'node:assert/strict'
import {type ImageFacts, proposeChecks} from '../../../src/measure/smoke/propose-checks.js'

const PLAIN: ImageFacts = {user: null, entrypoint: [], command: [], ports: [], health: null, workingDir: '/'}

describe('proposeChecks', () => {
  const cases: [name: string, image: Partial<ImageFacts>, entries: unknown[]][] = [
    ['an image that says nothing', {}, [{user: 'root'}, {stop: '10s'}]],
    [
      'a server',
      {
        user: 'node',
        command: ['node', 'dist/server.js'],
        ports: ['8080/tcp', '53/udp'],
        health: ['CMD', 'x'],
        workingDir: '/app',
      },
      [
        {user: 'node'},
        {files: ['/app/dist/server.js']},
        {run: ['node', '--version'], output: '\\d', within: '10s'},
        {ports: [8080]},
        {health: true},
        {stop: '10s'},
      ],
    ],
    [
      'a shell that starts something',
      {command: ['/bin/sh', '-c', 'exec ./run.sh']},
      [{user: 'root'}, {files: ['/bin/sh']}, {stop: '10s'}],
    ],
    ['names that objects have', {entrypoint: ['constructor']}, [{user: 'root'}, {stop: '10s'}]],
  ]
  for (const [name, image, entries] of cases) {
    it(`proposes for ${name}`, () =>
      assert.deepEqual(
        proposeChecks({...PLAIN, ...image}).map(({entry}) => entry),
        entries,
      ))
  }
})
