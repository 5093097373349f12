import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {Config} from '@oclif/core'
import {projectRoot} from './helpers/project.js'

describe('oclif.manifest.json', () => {
  it('lists the commands, flags and version that the program has', async () => {
    const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'oclif.manifest.json'), 'utf8'))
    const config = await Config.load({root: projectRoot, ignoreManifest: true})
    const actual = Object.fromEntries(
      await Promise.all(
        config.commands.map(async (command) => {
          const {flags = {}, args = {}, summary} = await command.load()
          return [command.id, {summary, flags: Object.keys(flags).sort(), args: Object.keys(args)}]
        }),
      ),
    )
    const listed = Object.fromEntries(
      Object.entries<{summary?: string; flags: object; args: object}>(manifest.commands).map(
        ([id, command]) => [
          id,
          {
            summary: command.summary,
            flags: Object.keys(command.flags).sort(),
            args: Object.keys(command.args),
          },
        ],
      ),
    )
    assert.deepEqual(listed, actual, 'run npm run manifest')
    assert.equal(manifest.version, config.version)
  })
})
