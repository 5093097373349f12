import assert from 'node:assert/strict'
import type {LayerRef} from '../../../../src/tree/image/manifest/found-image.js'
import {readProvenance} from '../../../../src/tree/image/manifest/read-provenance.js'

const TEXT =
  'FROM base:1 AS build\nRUN make\nFROM base:1\nRUN touch /z && \\\n  true\nCOPY --link --from=build /made /made\n'

const layer = (name: string): LayerRef => {
  const digest = `sha256:${name}`
  return {diffId: digest, path: name, digest, size: 1, mediaType: null}
}
const LAYERS = ['base1', 'base2', 'z', 'made'].map(layer)

const chain = (...names: string[]) => [names.map((name) => ({digest: `sha256:${name}`}))]
const lines = (...numbers: number[]) => ({
  locations: [{ranges: numbers.map((line) => ({start: {line}, end: {line}}))}],
})

/** As BuildKit attests it, what is of no interest left out. */
const GRAPH = [
  {id: 'step0', op: {Op: {source: {identifier: 'docker-image://docker.io/library/base:1@sha256:abc'}}}},
  {id: 'step1', op: {Op: {exec: {}}}, inputs: ['step0:0']},
  {id: 'step2', op: {Op: {exec: {}}}, inputs: ['step0:0']},
  {id: 'step3', op: {Op: {file: {}}}, inputs: ['step1:0']},
  {id: 'step4', op: {Op: {merge: {}}}, inputs: ['step2:0', 'step3:0']},
]
const METADATA = {
  source: {
    infos: [{filename: 'Dockerfile', data: Buffer.from(TEXT).toString('base64')}],
    locations: {step0: lines(3), step1: lines(2), step2: lines(4, 5), step3: lines(6), step4: {}},
  },
  layers: {
    'step0:0': chain('base1', 'base2'),
    'step2:0': chain('base1', 'base2', 'z'),
    'step3:0': chain('made'),
    'step4:0': chain('base1', 'base2', 'z', 'made'),
  },
}

const OLD = {
  predicateType: 'https://slsa.dev/provenance/v0.2',
  predicate: {
    buildConfig: {llbDefinition: GRAPH},
    metadata: {'https://mobyproject.org/buildkit@v1#metadata': METADATA},
  },
}
const NEW = {
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: {
    buildDefinition: {internalParameters: {buildConfig: {llbDefinition: GRAPH}}},
    runDetails: {metadata: {buildkit_metadata: METADATA}},
  },
}

const minimal = (...uris: string[]) => ({
  predicateType: 'https://slsa.dev/provenance/v0.2',
  predicate: {materials: uris.map((uri) => ({uri}))},
})
const PYTHON = 'pkg:docker/python@3.12-slim?platform=linux%2Famd64'
const FRONTEND = 'pkg:docker/docker/dockerfile@1.7'
const NODE = 'pkg:docker/ghcr.io%2Fme%2Fnode@20'

/** Statements of `mode=min` and the base that they tell. */
const MINIMAL: readonly [uris: string[], base: string | null][] = [
  [[PYTHON], 'python:3.12-slim'],
  [[PYTHON, PYTHON, FRONTEND], 'python:3.12-slim'],
  [[NODE], 'ghcr.io/me/node:20'],
  [[PYTHON, NODE], null],
  [[], null],
  [['https://github.com/me/it.git#main', 'pkg:docker/%zz@1'], '%zz:1'],
]

/** What no reader may fall over. */
const OTHERS: readonly unknown[] = [
  null,
  [],
  'text',
  {},
  {predicateType: 'https://spdx.dev/Document', predicate: {}},
  {predicateType: 'https://slsa.dev/provenance/v1', predicate: null},
]

describe('readProvenance', () => {
  for (const [name, statement] of Object.entries({'0.2': OLD, '1': NEW})) {
    it(`reads lines, Dockerfile and base of SLSA ${name}`, () => {
      assert.deepEqual(readProvenance(statement, LAYERS), {
        dockerfile: {file: 'Dockerfile', text: TEXT},
        lines: [null, null, 4, 6],
        base: 'base:1',
      })
    })
  }

  it('knows no line of a layer that no step made', () => {
    const {lines: found} = readProvenance(OLD, [layer('base1'), layer('other')])!
    assert.deepEqual(found, [null, null])
  })

  for (const [uris, base] of MINIMAL) {
    it(`names the base of a build that took ${uris.join(', ') || 'nothing'}: ${base}`, () => {
      assert.deepEqual(readProvenance(minimal(...uris), LAYERS), {
        dockerfile: null,
        lines: [null, null, null, null],
        base,
      })
    })
  }

  for (const statement of OTHERS) {
    it(`reads no other statement: ${JSON.stringify(statement)}`, () => {
      assert.equal(readProvenance(statement, LAYERS), null)
    })
  }

  it('takes hostile graphs and numbers for none', () => {
    const metadata = {
      source: {infos: [7], locations: {a: {locations: {}}, b: lines(-1), c: lines(1.5), d: null}},
      layers: {'a:0': 'x', 'b:0': [chain('base1')], 'c:0': chain('base1'), __proto__: 3},
    }
    const loop = [{id: 'step2', op: 3, inputs: ['step2:0']}, 'x', null]
    const statement = {
      ...OLD,
      predicate: {
        buildConfig: {llbDefinition: loop},
        metadata: {'https://mobyproject.org/buildkit@v1#metadata': {...METADATA, ...metadata}},
      },
    }
    const nothing = {dockerfile: null, lines: [null, null, null, null], base: null}
    assert.deepEqual(readProvenance(statement, LAYERS), nothing)
    const ring = {...OLD, predicate: {...OLD.predicate, buildConfig: {llbDefinition: loop}}}
    assert.equal(readProvenance(ring, LAYERS)!.base, null)
  })
})
