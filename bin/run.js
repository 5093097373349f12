#!/usr/bin/env node
import {readFileSync} from 'node:fs'
import module from 'node:module'
import {fileURLToPath} from 'node:url'
import {createMetadata, readCall} from '../dist/docker-plugin.js'

const call = readCall(process.argv.slice(2), process.env)
// Docker gives a plugin the option alone, and other programs of Docker's look at the variable.
if (call.configDir !== null) process.env.DOCKER_CONFIG = call.configDir
if (call.kind === 'metadata') {
  const {version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  process.stdout.write(`${createMetadata(version)}\n`)
} else if (call.kind === 'complete') {
  const {complete} = await import('../dist/services/complete.js')
  const manifestPath = fileURLToPath(new URL('../oclif.manifest.json', import.meta.url))
  const loadCommands = async () => (await import('../dist/cli.js')).listCommands(import.meta.url)
  process.stdout.write(await complete(call.argv, manifestPath, loadCommands))
} else if (call.kind === 'after-build') {
  const {answerAfterBuild} = await import('../dist/services/answer-after-build.js')
  process.stdout.write(await answerAfterBuild(call.argv[0] ?? '', process.env))
} else {
  // oclif asks for the home directory and the shell while it loads, and a user in a container may have none.
  process.env.HOME ||= (await import('../dist/system/find-home-dir.js')).findHomeDir()
  process.env.SHELL ??= (await import('../dist/system/find-shell.js')).findShell()
  // Keeps compiled code in the temporary directory between calls; there from Node 22.8 on.
  module.enableCompileCache?.()
  const {runCli} = await import('../dist/cli.js')
  process.exitCode = await runCli(call.argv, {root: import.meta.url, spelling: call.spelling})
}
