#!/usr/bin/env node
// CommonJS, as package.json beside it says: Node starts it faster than a module.
const {existsSync, readFileSync} = require('node:fs')
const path = require('node:path')

const root = path.join(__dirname, '..')
/** The oldest Node that the program runs on, as package.json says in `engines`. */
const OLDEST = [20, 19]

main().catch(({message}) => {
  // What can fail before there is anybody to tell of it: a limit of open files, an installation with files missing.
  process.stderr.write(`Error: ${message}\n`)
  process.exitCode = 2
})

async function main() {
  if (isTooOld(process.versions.node)) {
    throw new Error(
      `docker-slim-check needs Node ${OLDEST.join('.')} or newer; this is Node ${process.versions.node} (${process.execPath})\n` +
        'Try this: Install a newer Node, then run "docker-slim-check install" with it if Docker is to use it',
    )
  }
  if (!existsSync(path.join(root, 'dist/bundle/launch.cjs'))) {
    throw new Error(
      `docker-slim-check is not built: ${path.join(root, 'dist')} lacks files\n` +
        `Try this: In a checkout run "npm ci", or "npm run build"; else install it again`,
    )
  }
  const {createMetadata, readCall} = require('../dist/bundle/launch.cjs')
  const [, script, ...words] = process.argv
  const call = readCall(words, process.env, {path: script, workingDirectory: findWorkingDirectory()})
  // Docker gives a plugin the option alone, and other programs of Docker's look at the variable.
  if (call.configDir !== null) process.env.DOCKER_CONFIG = call.configDir
  switch (call.kind) {
    case 'metadata': {
      const {version} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
      process.stdout.write(`${createMetadata(version)}\n`)
      return
    }
    case 'complete': {
      const {complete} = require('../dist/bundle/complete.cjs')
      const loadCommands = () => loadCli([]).exports.listCommands(root)
      process.stdout.write(await complete(call.argv, path.join(root, 'oclif.manifest.json'), loadCommands))
      return
    }
    case 'after-build': {
      const {answerAfterBuild} = require('../dist/bundle/answer-after-build.cjs')
      process.stdout.write(await answerAfterBuild(call.argv[0] ?? '', process.env))
      return
    }
    case 'command': {
      const {exports: cli, keepCode} = loadCli(call.argv)
      process.exitCode = await cli.runCli(call.argv, {root, spelling: call.spelling})
      // A call that failed has run too little of the program to be a pattern for others.
      if (process.exitCode !== 2) keepCode()
    }
  }
}

/** "/" where it was deleted: the program itself says so later. */
function findWorkingDirectory() {
  try {
    return process.cwd()
  } catch {
    return path.parse(__dirname).root
  }
}

function isTooOld(version) {
  const [major, minor] = version.split('.').map(Number)
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
}

/** Each of the usual commands has its own compiled code: what the first such calls ran. */
function loadCli(argv) {
  const {loadProgram} = require('../dist/bundle/launch.cjs')
  const [word = '.'] = argv
  // Headers are hot code for a moment only: inlining less, V8 compiles for 100 ms less (docs/benchmarks.md).
  if (word === 'image') require('node:v8').setFlagsFromString('--max-inlined-bytecode-size-cumulative=200')
  const part = argv.includes('--help') ? 'other' : nameOfPart(word, argv[1])
  return loadProgram(path.join(root, 'dist/bundle/run-cli.cjs'), part, require)
}

/** @param word a command, or the directory of the overview */
function nameOfPart(word, second) {
  const usual = ['context', 'ls', 'why', 'image', 'cache', 'dockerfile', 'compose']
  if (usual.includes(word)) return word
  // The other commands of hooks run once, and need nearly nothing of it.
  if (word === 'hook' && second === 'check') return 'hook-check'
  return existsSync(word) ? 'overview' : 'other'
}
