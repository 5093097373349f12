import {execFileSync} from 'node:child_process'
import path from 'node:path'

/** Where Git looks, absolute. */
export interface GitPlaces {
  /** The top of the working tree. */
  rootDir: string
  /** Hooks, `core.hooksPath` heeded. */
  hooksDir: string
}

/** Asks Git; null outside a working tree or without Git. */
export function findGitPlaces(workingDir: string): GitPlaces | null {
  try {
    const rootDir = ask(workingDir, '--show-toplevel')
    return {rootDir, hooksDir: path.resolve(rootDir, ask(rootDir, '--git-path', 'hooks'))}
  } catch {
    return null
  }
}

function ask(workingDir: string, ...words: string[]): string {
  const options = {cwd: workingDir, encoding: 'utf8', timeout: 10_000} as const
  return execFileSync('git', ['rev-parse', ...words], {
    ...options,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).replace(/\n$/, '')
}
