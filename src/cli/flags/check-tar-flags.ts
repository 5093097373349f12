import {SlimCheckError} from '../../errors.js'

/** What only a directory can serve. */
const NEED_DIRECTORY = [
  'write',
  'diff',
  'interactive',
  'tree',
  'build-context',
  'compose',
  'bake',
  'workflows',
  'all-dockerfiles',
  'service',
  'profile',
  'compose-cli',
  'baseline',
  'update-baseline',
]

/** Refuses flags that say nothing about a context given as a tar. @throws SlimCheckError `bad-flag` */
export function checkTarFlags(flags: Readonly<Record<string, unknown>>): void {
  const given = NEED_DIRECTORY.find((name) => flags[name] !== undefined && flags[name] !== false)
  if (given !== undefined) {
    throw new SlimCheckError('bad-flag', {
      message: `--${given} needs a directory, and the context is a tar`,
      nextStep: 'Pass the directory that the tar was made of, or leave the flag out',
    })
  }
  if (flags.file === '-') {
    throw new SlimCheckError('bad-flag', {
      message: 'The context and the Dockerfile cannot both come from standard input',
      nextStep: 'Put the Dockerfile into the tar and name it with --file',
    })
  }
}
