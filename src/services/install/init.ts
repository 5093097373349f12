import path from 'node:path'
import {renderInitialConfig} from '../../config/render-initial-config.js'
import {SlimCheckError} from '../../errors.js'
import {ReplaceFileError, replaceFile} from '../../host/files/atomic-write.js'
import {CONFIG_NAMES} from '../../host/files/find-config.js'
import {pathExists} from '../../host/files/locations.js'
import {openContext} from '../../host/files/open-context.js'
import type {ContextReport} from '../../report/context-report.js'
import {loadConfig} from '../load/load-config.js'

/** A configuration that `init` would write. */
export interface InitialConfig {
  /** Absolute. */
  hostPath: string
  /** How messages call it: as the directory was given. */
  shown: string
  text: string
}

export interface InitOptions {
  contextDir: string
  /** Default: the process's. */
  workingDir?: string
}

const [CONFIG_NAME] = CONFIG_NAMES

/**
 * Looks whether a configuration may be written, before anything is measured.
 * @returns the configuration further up that it would take the place of, relative to the working directory; or null
 * @throws SlimCheckError `config-exists`
 */
export async function checkNoConfig(options: InitOptions): Promise<string | null> {
  const {contextDir, workingDir = process.cwd()} = options
  const hostDir = openContext(contextDir, workingDir)
  const own = CONFIG_NAMES.filter((name) => name !== 'package.json')
  const name = own.find((candidate) => pathExists(path.join(hostDir, candidate)))
  if (name !== undefined) throw new SlimCheckError('config-exists', {path: path.join(contextDir, name)})
  const {file, directory} = await loadConfig({contextDir, workingDir})
  if (file !== null && directory === hostDir) throw new SlimCheckError('config-exists', {path: file})
  return file
}

/** Makes a first configuration of a report; reads no other. */
export function planInit(
  {contextDir, workingDir = process.cwd()}: InitOptions,
  report: ContextReport,
): InitialConfig {
  return {
    hostPath: path.join(openContext(contextDir, workingDir), CONFIG_NAME),
    shown: path.join(contextDir, CONFIG_NAME),
    text: renderInitialConfig(report),
  }
}

/** Writes it. @throws SlimCheckError `config-exists`, `cannot-write` */
export function writeInitialConfig({hostPath, shown, text}: InitialConfig): void {
  try {
    replaceFile(hostPath, Buffer.from(text), null)
  } catch (error) {
    if (!(error instanceof ReplaceFileError)) throw error
    if (pathExists(hostPath)) throw new SlimCheckError('config-exists', {path: shown})
    throw new SlimCheckError('cannot-write', {path: shown, reason: error.reason})
  }
}
