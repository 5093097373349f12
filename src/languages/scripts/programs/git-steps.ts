import type {Recognizer} from '../action.js'

/** Subcommands that touch no repository of the context, or make one. */
const NEEDS_NOTHING = new Set(
  'config version help ls-remote credential lfs-install clone init --version'.split(' '),
)

/** Git itself: nearly every subcommand reads the repository around the directory. */
export const recognizeGit: Recognizer = (args) => {
  const directory = args.valueOf('-C')
  const [subcommand = '', second = ''] = args.plain
  const place = directory === undefined ? {} : {in: directory}
  if (subcommand === 'init') return {...place, makesRepository: second === '' ? '.' : second}
  if (subcommand === 'clone') return {...place, makesRepository: clonedDirectory(args.plain.slice(1))}
  // the settings of a repository stand in it
  if (subcommand === 'config' && !args.has('--global', '--system', '-f', '--file'))
    return {...place, readsGit: true}
  if (subcommand === '' || NEEDS_NOTHING.has(subcommand)) return null
  if (subcommand === 'lfs' && second === 'install') return null
  return {...place, readsGit: true}
}

function clonedDirectory([url = '', directory]: readonly string[]): string {
  return (
    directory ??
    url
      .replace(/\/+$/, '')
      .replace(/\.git$/, '')
      .replace(/^.*[/:]/, '')
  )
}
