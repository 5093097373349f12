import {lstatSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {type FileContent, readFileBounded} from './read-file.js'

/** A file that may be a configuration. */
export interface ConfigCandidate {
  /** Absolute. */
  hostPath: string
  content: FileContent
}

/** In the order of preference; package.json counts only with our key. */
export const CONFIG_NAMES = [
  '.slim-check.yaml',
  '.slim-check.yml',
  '.slim-check.json',
  'package.json',
] as const

/** A configuration is a page or two. */
export const MAX_CONFIG_BYTES = 64 * 1024

const MAX_PACKAGE_BYTES = 4 * 1024 * 1024

/**
 * Lists what may be the configuration of a directory, lazily: its own files, then those of each directory above, up to
 * and with the one that holds `.git`, or the user's home.
 */
export function* findConfigCandidates(startDir: string): Generator<ConfigCandidate> {
  const home = path.resolve(os.homedir())
  for (let directory = path.resolve(startDir); ; directory = path.dirname(directory)) {
    for (const name of CONFIG_NAMES) {
      const candidate = readConfigFile(path.join(directory, name))
      if (candidate.content.status !== 'missing') yield candidate
    }
    const isLast = directory === home || directory === path.dirname(directory)
    if (isLast || exists(path.join(directory, '.git'))) return
  }
}

/** Reads one file, as far as a configuration may be large. */
export function readConfigFile(hostPath: string): ConfigCandidate {
  const maxBytes = path.basename(hostPath) === 'package.json' ? MAX_PACKAGE_BYTES : MAX_CONFIG_BYTES
  return {hostPath, content: readFileBounded(hostPath, maxBytes)}
}

function exists(hostPath: string): boolean {
  return lstatSync(hostPath, {throwIfNoEntry: false}) !== undefined
}
