import assert from 'node:assert/strict'
import {IMAGE_NAME} from '../../../../src/plan/compose/refusals/start-formats.js'

/** As Engine 28.5 answered `docker create`: "invalid reference format", or that there is no such image. */
describe('IMAGE_NAME', () => {
  const id = 'a'.repeat(64)
  const taken = [
    'a',
    'a.b',
    'a__b',
    'A/b',
    'localhost/a',
    'x.y:5000/a/b:1',
    '[::1]:5000/a',
    'my_host/a',
    'LOCAL:5/a',
  ]
  const refused = [
    '',
    'a:',
    'a@b',
    'a@sha256:abc',
    'a/B',
    'a___b',
    '-a',
    'a:-b',
    'a:.b',
    'é',
    'my_host:50/a',
    'https://a/b',
  ]
  for (const name of [...taken, id, id.slice(1), `a:b@sha256:${id}`]) {
    it(`takes ${name}`, () => assert.equal(IMAGE_NAME.isValid(name), true))
  }
  for (const name of refused) {
    it(`refuses "${name}"`, () => assert.equal(IMAGE_NAME.isValid(name), false))
  }
})
