import {readFileSync, realpathSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {findNode} from './docker-places.js'

/** This program on this machine. */
export interface OwnInstallation {
  installDir: string
  nodePath: string
  version: string
}

/** Tells where this program and its node are, by paths that outlive an update where there are any. */
export function findOwnInstallation(env: NodeJS.ProcessEnv = process.env): OwnInstallation {
  const installDir = path.resolve(fileURLToPath(import.meta.url), '../../..')
  const {version} = JSON.parse(readFileSync(path.join(installDir, 'package.json'), 'utf8')) as {
    version: string
  }
  return {installDir, nodePath: findNode(env, (hostPath) => realpathSync(hostPath)), version}
}
