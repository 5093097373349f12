import {execFileSync, spawnSync} from 'node:child_process'
import {chmodSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import type {Case, CaseRow, Label} from './label.js'

/** Nothing of the machine's own settings changes a case. */
const GIT_ENV = {GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1'}

/** Lays a case out in a new directory, with the files that its label writes over it; a repository where it is one. */
export function layCase({tree, git}: Case, directory: string, files: Label['files'] = {}): void {
  mkdirSync(directory, {recursive: true})
  for (const row of tree) layRow(row, directory)
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text)
  if (git !== undefined) commitAll(directory, git.tags)
}

function layRow([type, name, value, mode]: CaseRow, directory: string): void {
  const target = path.join(directory, name)
  mkdirSync(path.dirname(target), {recursive: true})
  switch (type) {
    case 'dir':
      mkdirSync(target, {recursive: true})
      break
    case 'symlink':
      symlinkSync(String(value), target)
      break
    case 'size':
      writeFileSync(target, Buffer.alloc(Number(value), 'x'))
      break
    case 'base64':
      writeFileSync(target, Buffer.from(String(value), 'base64'))
      break
    case 'file':
      writeFileSync(target, String(value))
      break
    case 'special':
      makeSpecial(target)
      break
    default:
      throw new Error(`${name}: a case has no rows of type ${type}`)
  }
  if (mode !== undefined) chmodSync(target, Number.parseInt(mode, 8))
}

/** A socket by its name, else a pipe. A socket stays only if its program is killed. */
function makeSpecial(target: string): void {
  const script =
    "require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))"
  if (target.endsWith('.sock')) spawnSync(process.execPath, ['-e', script, target])
  else execFileSync('mkfifo', [target])
}

/** No tags means one: `v1.0.0`. */
function commitAll(directory: string, tags: readonly string[]): void {
  const git = (...words: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false', ...words],
      {cwd: directory, stdio: 'pipe', env: {...process.env, ...GIT_ENV}},
    )
  git('init', '-q')
  git('add', '-A')
  git('commit', '-qm', 'one')
  for (const tag of tags.length === 0 ? ['v1.0.0'] : tags) git('tag', tag)
}
