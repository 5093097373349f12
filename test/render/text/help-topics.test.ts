import assert from 'node:assert/strict'
import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {EXIT} from '../../../src/exit-codes.js'
import {HELP_TOPICS} from '../../../src/render/text/help-topics.js'
import {projectRoot} from '../../helpers/project.js'
import {runCli} from '../../helpers/run-cli.js'

/** Variables that the program sets for itself, and no user. */
const INTERNAL = ['SLIM_CHECK_SPELLING']

describe('help topics', () => {
  for (const topic of Object.keys(HELP_TOPICS)) {
    it(`help ${topic} prints it, and the help of all names it`, () => {
      const {status, stdout} = runCli(['help', topic])
      assert.deepEqual([status, stdout], [0, HELP_TOPICS[topic]])
      assert.match(runCli(['--help']).stdout, new RegExp(`help\\s+${topic}`))
    })
  }

  it('explains every exit status', () => {
    for (const status of Object.values(EXIT)) {
      assert.match(HELP_TOPICS['exit-codes']!, new RegExp(`^ {2}${status} {2}[A-Z]`, 'm'))
    }
  })

  it('names every variable of ours that the program reads', () => {
    const read = ['src', 'hooks', 'bin', 'scripts'].flatMap(listFiles).flatMap((file) => {
      return [...readFileSync(file, 'utf8').matchAll(/SLIM_CHECK[A-Z_]*/g)].map(([name]) => name)
    })
    const unknown = [...new Set(read)].filter((name) => !INTERNAL.includes(name))
    assert.ok(unknown.length > 3)
    for (const name of unknown) assert.match(HELP_TOPICS.environment!, new RegExp(`^ {2}${name} `, 'm'))
  })

  it('fits a terminal', () => {
    for (const text of Object.values(HELP_TOPICS)) {
      for (const line of text.split('\n')) assert.ok(line.length <= 120, line)
    }
  })
})

function listFiles(directory: string): string[] {
  return readdirSync(path.join(projectRoot, directory), {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map(({parentPath, name}) => path.join(parentPath, name))
}
