import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {Config} from '@oclif/core'
import {findCall, WITH_WORDS} from '../src/cli/own-commands.js'
import {OwnPlugin} from '../src/cli/own-plugin.js'
import {projectRoot} from './helpers/project.js'
import {runCli} from './helpers/run-cli.js'

interface Listed {
  summary?: string
  description?: string
  usage?: string | string[]
  flags: Flags
  args: object
}

type Flags = Record<string, Flag>

interface Flag {
  description?: string
  helpValue?: unknown
  options?: readonly string[]
  exclusive?: readonly unknown[]
}

/** What help shows of them: it reads the manifest, not the code. */
function describeFlags(flags: Flags): unknown[] {
  const names = Object.keys(flags).sort()
  return names.map((name) => {
    const {description, helpValue, options, exclusive} = flags[name]!
    return {name, description, helpValue, options, exclusive}
  })
}

describe('help', () => {
  const {commands} = JSON.parse(readFileSync(path.join(projectRoot, 'oclif.manifest.json'), 'utf8'))

  for (const {id, summary, description, usage} of Object.values<Listed & {id: string}>(commands)) {
    it(`of ${id} says its summary once, all of its description, and what is typed most`, () => {
      const {stdout, status} = runCli([...id.split(':'), '--help'])
      assert.equal(status, 0)
      const text = stdout.replace(/\s+/g, ' ')
      assert.equal(text.split(summary!).length, 2)
      assert.ok(!description?.includes('\n'), 'oclif shows the last line alone')
      assert.ok(text.includes(description ?? ''))
      assert.ok(usage !== undefined && !usage.includes('--color'))
    })
  }
})

describe('oclif.manifest.json', () => {
  it('lists the commands, flags and version that the program has', async () => {
    const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'oclif.manifest.json'), 'utf8'))
    const config = await Config.load({root: projectRoot, ignoreManifest: true})
    const actual = Object.fromEntries(
      await Promise.all(
        config.commands.map(async (command) => {
          const {flags = {}, baseFlags = {}, args = {}, summary, usage} = await command.load()
          const all = describeFlags({...baseFlags, ...flags})
          return [command.id, {summary, usage, flags: all, args: Object.keys(args)}]
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

  it('lists what the program loads in one file', async () => {
    const pjson = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'))
    const plugin = new OwnPlugin({root: projectRoot, pjson, isRoot: true})
    await plugin.load()
    assert.ok(plugin.hasManifest && plugin.commands.length > 0)
    for (const {id, summary, load} of plugin.commands) {
      const command = await load()
      assert.deepEqual([command.id, command.summary], [id, summary])
    }
  })

  it('is read for help, and where no command takes words', () => {
    const {commands} = JSON.parse(readFileSync(path.join(projectRoot, 'oclif.manifest.json'), 'utf8'))
    for (const id of WITH_WORDS) {
      assert.notDeepEqual(commands[id].args, {}, id)
      assert.deepEqual([commands[id].aliases, commands[id].hiddenAliases], [[], []], id)
      assert.deepEqual(findCall([...id.split(':'), 'a', '-q']), {id, words: ['a', '-q']})
      assert.equal(findCall([...id.split(':'), '--help']), null, id)
    }
    for (const words of [[], ['hook'], ['hook', 'chek'], ['install', 'x'], ['--version']])
      assert.equal(findCall(words), null)
  })
})
