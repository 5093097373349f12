import assert from 'node:assert/strict'
import {suggest} from './suggest.js'

describe('suggestLines on a large tree', () => {
  it('finds the same lines among tens of thousands of entries', () => {
    const tree: Record<string, number | string> = {
      'package.json': '{}',
      'node_modules/.package-lock.json': 10,
    }
    for (let number = 0; number < 20_000; number++) {
      tree[`node_modules/p${number % 997}/lib/f${number}.js`] = 500
      tree[`src/d${number % 499}/f${number}.ts`] = 500
      if (number % 10 === 0) tree[`py/d${number % 499}/__pycache__/f${number}.pyc`] = 500
    }
    const dockerfiles = {Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci'}
    const {lines} = suggest({tree, dockerfiles, ignore: 'x\n!x/y\n'})
    assert.deepEqual(
      lines.map(({pattern}) => pattern),
      ['**/node_modules', '**/__pycache__'],
    )
  })
})
