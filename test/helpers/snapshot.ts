import assert from 'node:assert/strict'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {projectRoot} from './project.js'

/** Compares an output with test/snapshots/NAME; UPDATE_SNAPSHOTS=1 rewrites it, for a reviewed diff. */
export function matchSnapshot(name: string, actual: string): void {
  const file = path.join(projectRoot, 'test/snapshots', name)
  if (process.env.UPDATE_SNAPSHOTS === '1') {
    mkdirSync(path.dirname(file), {recursive: true})
    writeFileSync(file, actual)
  }
  assert.ok(existsSync(file), `no snapshot ${name}: run with UPDATE_SNAPSHOTS=1`)
  assert.equal(actual, readFileSync(file, 'utf8'))
}
