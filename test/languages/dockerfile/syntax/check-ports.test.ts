import {checkPort} from '../../../../src/languages/dockerfile/syntax/check-ports.js'
import {fail, failureOf} from '../make-scope.js'

describe('checkPort', () => {
  for (const port of ['80', '80/tcp', '80/UDP', '80-90', '8080:80', '127.0.0.1:80:80', '0']) {
    it(`accepts ${port}`, () => checkPort(port, fail))
  }
  for (const port of ['', 'x', '80/x', '90-80', '65536', '80-', '80-81-82', '-1', 'x:80']) {
    it(`refuses ${JSON.stringify(port)}`, () => void failureOf(() => checkPort(port, fail)))
  }
})
