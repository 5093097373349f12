import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {Config} from '@oclif/core'
import {projectRoot} from './helpers/project.js'

interface Listed {
  summary?: string
  usage?: string | string[]
  flags: Flags
  args: object
}

type Flags = Record<string, {description?: string; helpValue?: unknown}>

/** What help shows of them: it reads the manifest, not the code. */
function describeFlags(flags: Flags): unknown[] {
  const names = Object.keys(flags).sort()
  return names.map((name) => [name, flags[name]!.description, flags[name]!.helpValue])
}

describe('oclif.manifest.json', () => {
  it('lists the commands, flags and version that the program has', async () => {
    const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'oclif.manifest.json'), 'utf8'))
    const config = await Config.load({root: projectRoot, ignoreManifest: true})
    const actual = Object.fromEntries(
      await Promise.all(
        config.commands.map(async (command) => {
          const {flags = {}, args = {}, summary, usage} = await command.load()
          return [command.id, {summary, usage, flags: describeFlags(flags), args: Object.keys(args)}]
        }),
      ),
    )
    const listed = Object.fromEntries(
      Object.entries<Listed>(manifest.commands).map(([id, command]) => [
        id,
        {
          summary: command.summary,
          usage: command.usage,
          flags: describeFlags(command.flags),
          args: Object.keys(command.args),
        },
      ]),
    )
    assert.deepEqual(listed, actual, 'run npm run manifest')
    assert.equal(manifest.version, config.version)
  })
})
