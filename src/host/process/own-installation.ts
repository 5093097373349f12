import {existsSync, readFileSync, realpathSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {findNode} from './docker-places.js'

/** This program on this machine. */
export interface OwnInstallation {
  installDir: string
  nodePath: string
  version: string
}

/** What is read of our own package.json. */
export interface OwnPackage {
  name: string
  version: string
  oclif: {bin: string}
}

/** Tells where this program and its node are, by paths that outlive an update where there are any. */
export function findOwnInstallation(env: NodeJS.ProcessEnv = process.env): OwnInstallation {
  const installDir = findInstallDir(path.dirname(fileURLToPath(import.meta.url)))
  const {version} = readPackage(installDir)
  return {installDir, nodePath: findNode(env, (hostPath) => realpathSync(hostPath)), version}
}

/** Reads the package.json of this program. @param root its directory */
export function readPackage(root: string): OwnPackage {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as OwnPackage
}

/** The directory with `bin/run.js` at or above one: the bundle and the compiled sources lie at different depths. */
function findInstallDir(directory: string): string {
  const above = path.dirname(directory)
  if (existsSync(path.join(directory, 'bin/run.js')) || above === directory) return directory
  return findInstallDir(above)
}
