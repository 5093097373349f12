import os from 'node:os'

/** Finds the user's shell, as a path; '' for a user whom the machine does not know, as in a container. */
export function findShell(env: NodeJS.ProcessEnv = process.env): string {
  if (env.SHELL !== undefined) return env.SHELL
  try {
    return os.userInfo().shell ?? ''
  } catch {
    return ''
  }
}
