/**
 * Compares what `--write` makes of a project with its maintainers' own ignore file, on a tree full of litter:
 * `npm run corpus:maintainers -- REPOSITORY[//CONTEXT][:DOCKERFILE[:TARGET[:ARG=VALUE,…]]]…`, each REPOSITORY a local one that git can
 * clone, CONTEXT a folder in it, the DOCKERFILE seen from there.
 * Prints the transfer without an ignore file, with theirs and with ours, in bytes, and what ours leaves in.
 */
import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import type {ContextReport} from '../../src/report/context-report.js'
import {projectRoot} from '../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {makeLitter} from './make-litter.js'

const MOST_PATHS = 12
/** A path is told of from this share of their transfer. */
const NOTABLE_SHARE = 0.01
const LARGE_BYTES = 4_300_000

for (const argument of process.argv.slice(2)) {
  const [place = '', dockerfile = 'Dockerfile', target = '', ...args] = argument.split(':')
  const [repository = '', folder = ''] = place.split('//')
  const work = makeTemporaryDirectory()
  try {
    const buildArgs = args.join(':').split(',').filter(Boolean)
    const flags = [
      ...['--file', dockerfile],
      ...(target === '' ? [] : ['--target', target]),
      ...buildArgs.flatMap((one) => ['--build-arg', one]),
    ]
    const checkout = path.join(work, nameOf(repository))
    checkOut(path.resolve(repository), checkout)
    makeLitter(checkout)
    compare(path.join(checkout, folder), dockerfile, flags)
  } finally {
    removeTree(work)
  }
}

function compare(project: string, dockerfile: string, flags: readonly string[]): void {
  const theirs = ask(project, flags)
  for (const name of ['.dockerignore', `${dockerfile}.dockerignore`]) {
    if (existsSync(path.join(project, name))) rmSync(path.join(project, name))
  }
  const none = ask(project, flags)
  ask(project, [...flags, '--write'])
  const ours = ask(project, flags)
  if (theirs === null || none === null || ours === null) return
  const [bytesTheirs, bytesOurs] = [theirs.before.transferBytes, ours.before.transferBytes]
  const ratio = (bytesOurs / Math.max(bytesTheirs, 1)).toFixed(2)
  const row = [nameOf(project), dockerfile, none.before.transferBytes, bytesTheirs, bytesOurs, ratio]
  process.stdout.write(`| ${row.join(' | ')} |\n`)
  for (const {path: name, transferBytes} of listExtra(ours, theirs)) {
    const reason = ours.suggestions.find(({paths}) =>
      paths.some((one) => name === one || name.startsWith(`${one}/`)),
    )
    process.stdout.write(
      `    ${transferBytes} ${name}  ${reason ? `${reason.confidence}: ${reason.reason}` : 'not suggested'}\n`,
    )
  }
}

/** Checks a repository out. A stored copy may lack large files: zeros stand for them. */
function checkOut(repository: string, project: string): void {
  execFileSync('git', ['clone', '-q', '--no-checkout', repository, project], {stdio: 'ignore'})
  const git = (...words: string[]) =>
    spawnSync('git', words, {cwd: project, encoding: 'utf8', maxBuffer: 2 ** 30})
  git('read-tree', 'HEAD')
  git('checkout-index', '-a', '-f')
  for (const name of git('ls-files', '-d', '-z').stdout.split('\0').filter(Boolean)) {
    mkdirSync(path.join(project, path.dirname(name)), {recursive: true})
    writeFileSync(path.join(project, name), Buffer.alloc(LARGE_BYTES))
  }
}

/** The largest paths that ours leaves in and theirs does not. */
function listExtra(ours: ContextReport, theirs: ContextReport): ContextReport['largest'] {
  const notable = theirs.before.transferBytes * NOTABLE_SHARE
  const known = new Map(theirs.largest.map((one) => [one.path, one.transferBytes]))
  return ours.largest
    .filter(({path: name, transferBytes}) => transferBytes - (known.get(name) ?? 0) > notable)
    .slice(0, MOST_PATHS)
}

function ask(project: string, flags: readonly string[]): ContextReport | null {
  const words = [path.join(projectRoot, 'bin/run.js'), 'context', '.', '--json', ...flags]
  const {stdout, stderr} = spawnSync(process.execPath, words, {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  const answer = stdout === '' ? {error: {message: stderr}} : JSON.parse(stdout)
  if (answer.error === undefined) return answer
  process.stdout.write(`${nameOf(project)}: ${answer.error.message}\n`)
  return null
}

/** `/x/OWNER+NAME/repo` and `/x/OWNER__NAME` are NAME. */
function nameOf(repository: string): string {
  const parts = repository.split('/').filter((part) => part !== '' && part !== 'repo')
  return (parts.at(-1) ?? '').replace(/^.*(\+|__)/, '')
}
