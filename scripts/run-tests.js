/** Runs the unit tests and the program tests, the second whatever came of the first: `node scripts/run-tests.js`. */
import {spawnSync} from 'node:child_process'
import {createRequire} from 'node:module'
import {fileURLToPath} from 'node:url'

const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js')
const statuses = ['unit', 'program'].map((kind) => {
  const config = fileURLToPath(new URL(`../.mocharc.${kind}.mjs`, import.meta.url))
  process.stdout.write(`\n${kind} tests\n`)
  return spawnSync(process.execPath, [mocha, '--config', config], {stdio: 'inherit'}).status ?? 1
})
process.exitCode = Math.max(...statuses)
