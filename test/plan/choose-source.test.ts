import assert from 'node:assert/strict'
import {type AskedSources, type BuildSource, chooseSource} from '../../src/plan/choose-source.js'

type Held = 'dockerfile' | 'compose' | 'bake'

const ROWS: [asked: (keyof AskedSources)[], held: Held[], source: BuildSource][] = [
  [[], [], 'discovery'],
  [[], ['dockerfile'], 'discovery'],
  [[], ['dockerfile', 'compose', 'bake'], 'discovery'],
  [[], ['compose', 'bake'], 'compose'],
  [[], ['bake'], 'bake'],
  [['compose'], ['dockerfile', 'bake'], 'compose'],
  [['bake'], ['dockerfile', 'compose'], 'bake'],
  [['workflows'], ['dockerfile', 'compose'], 'workflow'],
  [['allDockerfiles'], ['compose', 'bake'], 'discovery'],
  [['services'], ['dockerfile', 'compose'], 'compose'],
  [['services'], ['dockerfile', 'bake'], 'bake'],
  [['services'], ['dockerfile'], 'discovery'],
  [['compose', 'bake', 'workflows', 'allDockerfiles'], [], 'compose'],
]

describe('chooseSource', () => {
  for (const [asked, held, source] of ROWS) {
    it(`takes ${source} for [${asked.join()}] with [${held.join()}]`, () => {
      const is = (name: keyof AskedSources): boolean => asked.includes(name)
      const chosen = chooseSource(
        {
          compose: is('compose'),
          bake: is('bake'),
          workflows: is('workflows'),
          allDockerfiles: is('allDockerfiles'),
          services: is('services'),
        },
        {
          hasRootDockerfile: () => held.includes('dockerfile'),
          hasComposeBuilds: () => held.includes('compose'),
          hasBakeFile: () => held.includes('bake'),
        },
      )
      assert.equal(chosen, source)
    })
  }
})
