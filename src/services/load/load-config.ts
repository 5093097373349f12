import path from 'node:path'
import {NO_SETTINGS, type Settings} from '../../config/settings.js'
import {ConfigFileError, SlimCheckError} from '../../errors.js'
import {
  type ConfigCandidate,
  findConfigCandidates,
  MAX_CONFIG_BYTES,
  readConfigFile,
} from '../../host/files/find-config.js'

export interface LoadConfigOptions {
  /** Where the search begins: the context. */
  contextDir: string
  /** This file, relative to the working directory, instead of a search; null: none. */
  file?: string | null
  /** Default: the process's. */
  workingDir?: string
}

/** A configuration and where it was found. */
export interface LoadedConfig {
  settings: Settings
  /** Relative to the working directory, `/`-separated; null: there is none. */
  file: string | null
  /** Absolute; what the configuration names is relative to it. */
  directory: string
}

/**
 * Loads the configuration of a context: the first that is found in it or above it (`findConfigCandidates`).
 * Nothing is executed.
 * @throws SlimCheckError `config-invalid` with every problem, `config-unreadable`, `config-not-found`, `file-too-large`
 */
export async function loadConfig(options: LoadConfigOptions): Promise<LoadedConfig> {
  const workingDir = options.workingDir ?? process.cwd()
  const startDir = path.resolve(workingDir, options.contextDir)
  for (const candidate of listCandidates(options, startDir, workingDir)) {
    const settings = await readCandidate(candidate, toShown(candidate.hostPath, workingDir))
    if (settings === null) continue
    const {hostPath} = candidate
    return {settings, file: toShown(hostPath, workingDir), directory: path.dirname(hostPath)}
  }
  return {settings: NO_SETTINGS, file: null, directory: startDir}
}

function listCandidates(
  {file}: LoadConfigOptions,
  startDir: string,
  workingDir: string,
): Iterable<ConfigCandidate> {
  if (file === null) return []
  if (file === undefined) return findConfigCandidates(startDir)
  const candidate = readConfigFile(path.resolve(workingDir, file))
  if (candidate.content.status === 'missing') throw new SlimCheckError('config-not-found', {path: file})
  return [candidate]
}

/** null where the file holds no configuration of ours: any package.json but one. */
async function readCandidate({hostPath, content}: ConfigCandidate, shown: string): Promise<Settings | null> {
  const name = path.basename(hostPath)
  if (content.status !== 'read') {
    if (name === 'package.json') return null
    throw explainUnread(content, shown)
  }
  // A run without a configuration does not pay for the libraries that read one.
  if (name === 'package.json' && !Buffer.from(content.content).includes('"slim-check"')) return null
  const {parseConfig} = await import('../../config/parse-config.js')
  const {readSettings} = await import('../../config/read-settings.js')
  try {
    const node = parseConfig(name, content.content)
    return node && readSettings(node)
  } catch (error) {
    if (!(error instanceof ConfigFileError)) throw error
    throw new SlimCheckError('config-invalid', {file: shown, problems: error.problems})
  }
}

function explainUnread(content: ConfigCandidate['content'], path: string): SlimCheckError {
  switch (content.status) {
    case 'too-large':
      return new SlimCheckError('file-too-large', {file: path, maxBytes: MAX_CONFIG_BYTES})
    case 'unreadable':
      return new SlimCheckError('config-unreadable', {path, reason: content.reason})
    case 'directory':
      return new SlimCheckError('config-unreadable', {path, reason: 'it is a directory'})
    default:
      return new SlimCheckError('config-unreadable', {path, reason: 'it is not a regular file'})
  }
}

function toShown(hostPath: string, workingDir: string): string {
  return path.relative(workingDir, hostPath).split(path.sep).join('/')
}
