import {findHomeDir} from '../files/locations.js'

/** Tells what start-up files depend on. */
export function describeSurroundings(): {homeDir: string; platform: string; env: NodeJS.ProcessEnv} {
  return {homeDir: findHomeDir(), platform: process.platform, env: process.env}
}
