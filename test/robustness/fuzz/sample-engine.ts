import {spawnSync} from 'node:child_process'
import {mkdirSync, rmSync, statSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {analyzeContext} from '../../../src/services/context/analyze-context.js'
import {listTransfer} from '../../../src/services/entries/list-entries.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'
import {createRandom} from '../../languages/gitignore/random.js'
import type {Failure} from './fuzz-thread.js'
import {createIgnoreCase} from './targets.js'

/** What came of comparing with an engine. */
export interface EngineSample {
  builds: number
  /** Builds that the engine refused, and we with it. */
  refused: number
}

/** Builds `COPY . /` under mutated ignore files with a real engine; each must send the very files we say, or fail as we do. */
export async function sampleEngine(
  seed: number,
  milliseconds: number,
  onFailure: (failure: Failure) => void,
): Promise<EngineSample> {
  const random = createRandom(seed)
  const endsAt = Date.now() + milliseconds
  const sample = {builds: 0, refused: 0}
  const workDir = makeTemporaryDirectory()
  writeFileSync(path.join(workDir, 'Dockerfile'), 'FROM scratch\nCOPY . /\n')
  while (Date.now() < endsAt) {
    const {ignore, paths} = createIgnoreCase(random)
    const root = path.join(workDir, 'context')
    makeFiles(root, paths)
    writeFileSync(path.join(root, '.dockerignore'), ignore)
    const ours = await listOurs(root, path.join(workDir, 'Dockerfile')).catch((error) => [
      String(error.stack),
    ])
    const theirs = listTheirs(root, workDir)
    sample.builds++
    if (theirs === null) sample.refused++
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
      onFailure({target: 'engine', input: {ignore, paths}, problem: explainDifference(ours, theirs)})
    }
  }
  removeTree(workDir)
  return sample
}

/** As many of the paths as can stand beside one another. */
function makeFiles(root: string, paths: readonly string[]): void {
  rmSync(root, {recursive: true, force: true})
  mkdirSync(root, {recursive: true})
  for (const relative of paths) {
    try {
      const hostPath = path.join(root, relative)
      mkdirSync(path.dirname(hostPath), {recursive: true})
      writeFileSync(hostPath, 'x', {flag: 'wx'})
    } catch {
      // A file stands where this one needs a directory, or the name is too long.
    }
  }
}

/** The files with their sizes as they arrive, sorted; null when the build fails. */
async function listOurs(contextDir: string, dockerfile: string): Promise<string[] | null> {
  try {
    const {findings} = await analyzeContext({contextDir, dockerfile})
    // The transfer could be computed; what sends the pattern cannot.
    if (findings.some(({rule, severity}) => rule === 'control-character' && severity === 'error')) return null
    const entries = await listTransfer({contextDir, dockerfile})
    return entries
      .filter(({type}) => type !== 'dir')
      .map(({path: name, arrivesEmpty, fileBytes}) => `${name} ${arrivesEmpty ? 0 : fileBytes}`)
      .sort()
  } catch (error) {
    if ((error as Error).name === 'SlimCheckError') return null
    throw error
  }
}

function listTheirs(contextDir: string, workDir: string): string[] | null {
  const dest = path.join(workDir, 'out')
  rmSync(dest, {recursive: true, force: true})
  const words = [
    'build',
    '-q',
    '-f',
    path.join(workDir, 'Dockerfile'),
    '-o',
    `type=local,dest=${dest}`,
    contextDir,
  ]
  const {status} = spawnSync('docker', words, {stdio: 'ignore', timeout: 60_000})
  if (status !== 0) return null
  const {stdout} = spawnSync('find', [dest, '-type', 'f', '-printf', '%P\\0'], {encoding: 'utf8'})
  return stdout
    .split('\0')
    .filter((name) => name !== '')
    .map((name) => `${name} ${statSync(path.join(dest, name)).size}`)
    .sort()
}

function explainDifference(ours: string[] | null, theirs: string[] | null): string {
  if (ours === null || theirs === null)
    return `we ${ours ? 'build' : 'fail'}, the engine ${theirs ? 'builds' : 'fails'}`
  const missing = theirs.filter((line) => !ours.includes(line))
  const extra = ours.filter((line) => !theirs.includes(line))
  return `the engine alone: ${JSON.stringify(missing)}; we alone: ${JSON.stringify(extra)}`
}
