import {execFileSync, type SpawnSyncReturns, spawnSync} from 'node:child_process'
import {mkdirSync, symlinkSync} from 'node:fs'
import path from 'node:path'
import {projectRoot} from './project.js'
import {makeTemporaryDirectory} from './tree.js'

/** Where Docker finds buildx now; null without a docker client or without buildx. */
export function findBuildx(): string | null {
  const format = '{{range .ClientInfo.Plugins}}{{.Name}}\t{{.Path}}\n{{end}}'
  const {stdout} = spawnSync('docker', ['info', '--format', format], {encoding: 'utf8'})
  const line = (stdout ?? '').split('\n').find((candidate) => candidate.startsWith('buildx\t'))
  return line?.split('\t')[1] ?? null
}

/** Tells whether a Docker client is on the PATH. */
export function hasDocker(): boolean {
  return spawnSync('docker', ['--version']).status === 0
}

/** Makes a configuration directory of Docker's with buildx as its only plugin. */
export function makeDockerConfig(buildx: string | null): string {
  const directory = makeTemporaryDirectory()
  mkdirSync(path.join(directory, 'cli-plugins'))
  if (buildx !== null) symlinkSync(buildx, path.join(directory, 'cli-plugins/docker-buildx'))
  return directory
}

/** A finished process. */
export type Finished = SpawnSyncReturns<string>

export interface RunOptions {
  env?: NodeJS.ProcessEnv
  cwd?: string
  input?: string
}

/** Runs a program to its end. */
export function runProgram(program: string, words: readonly string[], options: RunOptions = {}): Finished {
  const {env, ...others} = options
  return spawnSync(program, words, {encoding: 'utf8', env: {...process.env, ...env}, ...others})
}

/** Runs our own program as installed in the checkout. */
export function runOwn(words: readonly string[], options: RunOptions = {}): Finished {
  return runProgram(process.execPath, [path.join(projectRoot, 'bin/run.js'), ...words], options)
}

/** Tells whether a program is on the PATH. */
export function hasProgram(name: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], {stdio: 'ignore'})
    return true
  } catch {
    return false
  }
}
