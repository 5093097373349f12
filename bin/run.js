#!/usr/bin/env node
// CommonJS, as package.json beside it says: Node starts it faster than a module.
const {readFileSync} = require('node:fs')
const path = require('node:path')
const {createMetadata, readCall} = require('../dist/bundle/docker-plugin.cjs')

const root = path.join(__dirname, '..')
const call = readCall(process.argv.slice(2), process.env)
// Docker gives a plugin the option alone, and other programs of Docker's look at the variable.
if (call.configDir !== null) process.env.DOCKER_CONFIG = call.configDir
main()

async function main() {
  switch (call.kind) {
    case 'metadata': {
      const {version} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
      process.stdout.write(`${createMetadata(version)}\n`)
      return
    }
    case 'complete': {
      const {complete} = require('../dist/bundle/complete.cjs')
      const loadCommands = () => loadCli('list').exports.listCommands(root)
      process.stdout.write(await complete(call.argv, path.join(root, 'oclif.manifest.json'), loadCommands))
      return
    }
    case 'after-build': {
      const {answerAfterBuild} = require('../dist/bundle/answer-after-build.cjs')
      process.stdout.write(await answerAfterBuild(call.argv[0] ?? '', process.env))
      return
    }
    case 'command': {
      const {exports: cli, keepCode} = loadCli(call.argv[0])
      process.exitCode = await cli.runCli(call.argv, {root, spelling: call.spelling})
      keepCode()
    }
  }
}

/** @param command what the user typed first: each of the usual ones has its own compiled code */
function loadCli(command) {
  const {loadProgram} = require('../dist/bundle/load-program.cjs')
  const part = ['context', 'ls', 'why'].includes(command) ? command : 'other'
  return loadProgram(path.join(root, 'dist/bundle/cli.cjs'), part)
}
