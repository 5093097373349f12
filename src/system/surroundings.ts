import os from 'node:os'

/** Tells what start-up files depend on. */
export function describeSurroundings(): {homeDir: string; platform: string; env: NodeJS.ProcessEnv} {
  return {homeDir: process.env.HOME || os.homedir(), platform: process.platform, env: process.env}
}
