import {execFileSync} from 'node:child_process'
import {accessSync, constants} from 'node:fs'
import path from 'node:path'
import {findHomeDir} from '../files/locations.js'

/** Where the machine's plugins are, in the order in which Docker looks. The first is where `install --system` puts ours. */
export const SYSTEM_PLUGIN_DIRS = [
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
] as const

/** Finds the directory of Docker's configuration, as Docker does. */
export function findDockerConfigDir(env: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(env.DOCKER_CONFIG || path.join(findHomeDir(env), '.docker'))
}

/** Finds a plugin's program by its name; null if Docker would not find it either. */
export function findDockerPlugin(name: string, dockerConfigDir: string): string | null {
  return findUsualPlugin(name, dockerConfigDir) ?? askDocker(name, dockerConfigDir)
}

/** Finds a plugin's program where it nearly always is: asking Docker takes as long as starting, and waits for the engine. */
export function findUsualPlugin(name: string, dockerConfigDir: string): string | null {
  const directories = [path.join(dockerConfigDir, 'cli-plugins'), ...SYSTEM_PLUGIN_DIRS]
  return directories.map((directory) => path.join(directory, `docker-${name}`)).find(isExecutable) ?? null
}

/** Docker knows directories of its own on some systems. */
function askDocker(name: string, dockerConfigDir: string): string | null {
  try {
    const format = '{{range .ClientInfo.Plugins}}{{.Name}}\t{{.Path}}\n{{end}}'
    const env = {...process.env, DOCKER_CONFIG: dockerConfigDir}
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore']
    const text = execFileSync('docker', ['info', '--format', format], {
      encoding: 'utf8',
      timeout: 10_000,
      env,
      stdio,
    })
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${name}\t`))
    return line?.split('\t')[1] || null
  } catch {
    return null
  }
}

/** Finds a path of node that outlives an update: the one on the PATH if it leads to the node that runs. */
export function findNode(env: NodeJS.ProcessEnv, resolveLink: (hostPath: string) => string): string {
  for (const directory of (env.PATH ?? '').split(path.delimiter)) {
    const candidate = path.join(directory, 'node')
    if (!path.isAbsolute(directory) || !isExecutable(candidate)) continue
    return resolveLink(candidate) === resolveLink(process.execPath) ? candidate : process.execPath
  }
  return process.execPath
}

/** Tells whether a file is there and may be run. */
export function isExecutable(hostPath: string): boolean {
  try {
    accessSync(hostPath, constants.X_OK)
    return true
  } catch {
    return false
  }
}
