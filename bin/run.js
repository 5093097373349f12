#!/usr/bin/env node
import {readFileSync} from 'node:fs'
import {createMetadata, readCall} from '../dist/docker-plugin.js'

const call = readCall(process.argv.slice(2), process.env)
if (call.kind === 'metadata') {
  const {version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  process.stdout.write(`${createMetadata(version)}\n`)
} else {
  const {runCli} = await import('../dist/cli.js')
  process.exitCode = await runCli(call.argv, {root: import.meta.url, spelling: call.spelling})
}
