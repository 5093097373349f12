import {execFileSync, spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import type {GitIgnoreFile} from '../../../src/languages/gitignore/create-git-ignore.js'

/** Windows has no files of the names that the trees hold. */
export const canAskGit = process.platform !== 'win32' && spawnSync('git', ['--version']).status === 0

/** What Git says of a path: the deciding line where it is ignored, or null. */
export type GitVerdict = {source: string; line: number; text: string} | null

/**
 * Makes a repository of the files, with the paths (a directory ends in a slash) as its tree, and asks Git for each.
 * @returns the verdicts in the order of the paths
 */
export function askGit(
  files: readonly GitIgnoreFile[],
  paths: readonly string[],
  ignoreCase = false,
): GitVerdict[] {
  const root = mkdtempSync(path.join(tmpdir(), 'git-ignore-'))
  try {
    const env = {
      ...process.env,
      HOME: root,
      XDG_CONFIG_HOME: root,
      GIT_CONFIG_NOSYSTEM: '1',
      LC_ALL: 'C.UTF-8',
    }
    execFileSync('git', ['init', '--quiet', root], {env})
    for (const entry of paths) writeEntry(root, entry)
    for (const {dir, content, source} of files) {
      if (source === 'exclude') writeFileSync(path.join(root, '.git/info/exclude'), content)
      else if (source === 'global') writeFileSync(path.join(root, '.git/global'), content)
      else {
        mkdirSync(path.join(root, dir), {recursive: true})
        writeFileSync(path.join(root, dir, '.gitignore'), content)
      }
    }
    const settings = ['-c', 'core.excludesFile=.git/global', '-c', `core.ignoreCase=${ignoreCase}`]
    const {stdout} = spawnSync(
      'git',
      [...settings, 'check-ignore', '--verbose', '--non-matching', '--no-index', '--stdin', '-z'],
      {
        cwd: root,
        env,
        input: paths.map((entry) => `${entry.replace(/\/$/, '')}\0`).join(''),
        encoding: 'utf8',
      },
    )
    return readVerdicts(stdout)
  } finally {
    rmSync(root, {recursive: true})
  }
}

function writeEntry(root: string, entry: string): void {
  const hostPath = path.join(root, entry)
  mkdirSync(entry.endsWith('/') ? hostPath : path.dirname(hostPath), {recursive: true})
  if (!entry.endsWith('/')) writeFileSync(hostPath, '')
}

function readVerdicts(output: string): GitVerdict[] {
  const fields = output.split('\0')
  const verdicts: GitVerdict[] = []
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [source, line, text] = fields.slice(at, at + 3) as [string, string, string]
    verdicts.push(source === '' || text.startsWith('!') ? null : {source, line: Number(line), text})
  }
  return verdicts
}

/** The file that Git names, as its index in the list. */
export function findSource(files: readonly GitIgnoreFile[], source: string): number {
  return files.findIndex((file) => {
    if (file.source === 'exclude') return source === '.git/info/exclude'
    if (file.source === 'global') return source === '.git/global'
    return source === path.posix.join(file.dir, '.gitignore')
  })
}
