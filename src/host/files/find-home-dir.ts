import os from 'node:os'

/** Finds the user's home directory; the root for a user without one, as in a container. */
export function findHomeDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env.HOME) return env.HOME
  try {
    return os.homedir() || '/'
  } catch {
    return '/'
  }
}
