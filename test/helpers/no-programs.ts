/** Loaded before the unit tests: fails each that starts a program, through the code under test, too. */
import childProcess from 'node:child_process'
import {syncBuiltinESMExports} from 'node:module'
import type {RootHookObject} from 'mocha'

const CALLS = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'] as const
let started: string[] = []

function refuse(program: string): never {
  started.push(program)
  throw new Error(`a unit test starts no program: ${program}`)
}

export const mochaHooks: RootHookObject = {
  /** Not sooner: mocha starts its own workers. */
  beforeAll() {
    Object.assign(childProcess, Object.fromEntries(CALLS.map((call) => [call, refuse])))
    syncBuiltinESMExports()
  },
  /** The code under test may take the error for a program that is not there. */
  afterEach() {
    const programs = started
    started = []
    if (programs.length > 0)
      throw new Error(`a unit test started ${programs.join(', ')}: import helpers/starts-programs.js`)
  },
}
