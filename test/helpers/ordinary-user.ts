/**
 * Permissions stop an ordinary user, and never root. Where the tests run as root, what is said of permissions is tried
 * as another user; elsewhere as the user who runs the tests.
 */
import {execFileSync, spawnSync} from 'node:child_process'
import {chmodSync, copyFileSync, cpSync} from 'node:fs'
import path from 'node:path'
import {projectRoot} from './project.js'
import {type CliOptions, type CliResult, type Program, runProgramOf} from './run-cli.js'
import {isRoot} from './skip.js'
import {makeTemporaryDirectory, removeTree} from './tree.js'

/** Owns nothing: `nobody` on most systems. */
const OTHER = 65_534

/** Acts in this process as an ordinary user. */
export async function actAsOrdinaryUser<Result>(act: () => Promise<Result>): Promise<Result> {
  if (!isRoot) return act()
  process.seteuid!(OTHER)
  try {
    return await act()
  } finally {
    process.seteuid!(0)
  }
}

/** The program, for users who may not read the checkout. */
export interface OpenProgram {
  /** Runs the program as an ordinary user, in a directory that everybody may read. @param uid default: `nobody` for root */
  runAsOrdinaryUser(words: readonly string[], options?: CliOptions & {uid?: number}): CliResult
}

/**
 * Copies the program to where everybody may read and start it: a checkout in a private folder is closed to other users.
 * Call it in a `describe`; the copy is there from `before` to `after`.
 */
export function openProgramToAll(): OpenProgram {
  let directory = ''
  let program: Program
  before(() => {
    directory = makeTemporaryDirectory()
    program = copyProgram(directory)
  })
  after(() => removeTree(directory))
  return {
    runAsOrdinaryUser: (words, {uid = OTHER, ...options} = {}) =>
      runProgramOf(program, words, {cwd: directory, ...options, ...(isRoot && {uid, gid: uid})}),
  }
}

function copyProgram(directory: string): Program {
  for (const name of ['bin', 'dist', 'package.json', 'oclif.manifest.json'])
    cpSync(path.join(projectRoot, name), path.join(directory, name), {recursive: true})
  execFileSync('chmod', ['-R', 'a+rX', directory])
  return {node: openNode(directory), script: path.join(directory, 'bin/run.js')}
}

/** Finds a Node that everybody may start: this one, or a copy where it lies in a private folder, too. */
function openNode(directory: string): string {
  const {execPath} = process
  const other = isRoot ? {uid: OTHER, gid: OTHER} : {}
  if (spawnSync(execPath, ['--eval', ''], {cwd: directory, ...other}).status === 0) return execPath
  const copy = path.join(directory, path.basename(execPath))
  copyFileSync(execPath, copy)
  chmodSync(copy, 0o755)
  return copy
}
