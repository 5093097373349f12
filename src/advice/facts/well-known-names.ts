import {CATALOGUE} from '../catalogue/catalogue.js'
import {createNameIndex} from '../catalogue/name-index.js'

/**
 * Names that lists of ignore patterns hold in advance, beyond those of the catalogue: what the templates of Docker,
 * editors and frameworks write, and the files that keep a directory.
 */
const MORE_NAMES: readonly string[] = [
  '.keep',
  '.gitkeep',
  '.dockerignore',
  '.toolstarget',
  '*.*proj.user',
  '*.dbmdl',
  '*.jfm',
  'azds.yaml',
  'secrets.dev.yaml',
  'values.dev.yaml',
  'LICENSE*',
  'README*',
  'CHANGELOG*',
  'CONTRIBUTING*',
  '*.md',
  '*.log.*',
  'log',
  'logs',
  'tmp',
  'temp',
  'storage',
  'bin',
  'obj',
  'build',
  'dist',
  'out',
  'target',
  'venv',
  'env',
  'vendor',
  'coverage',
  'Makefile',
  'docker-compose*',
  'compose.y*ml',
  '.venv',
  '.virtualenv',
  '.Python',
  'pip-log.txt',
  '*.cover',
  '.kamal',
  'app/assets',
  'config/credentials',
]

/** Evidence does not count: it is about names that are not there. */
const NAMES = createNameIndex([
  ...CATALOGUE.map(({names, kind, rule, title, disposition}) => ({
    ...{kind, rule, title, disposition, type: 'any' as const},
    names: names.filter((name) => name !== '*'),
  })),
  {kind: '', rule: '', title: '', names: MORE_NAMES, type: 'any', disposition: 'doubtful'},
])

/** Tells whether what a pattern names is known to come and go: a build's output, a cache, a log, an editor's file. */
export function isWellKnown(glob: string): boolean {
  return writeSamples(glob).some(isKnown)
}

function isKnown(path: string): boolean {
  return path !== '' && NAMES.candidates(path, 'file').length > 0
}

/** Paths that a glob stands for, one with its wildcards empty and one with a letter in each. */
function writeSamples(glob: string): string[] {
  const plain = glob.replace(/\/\*{1,2}$/, '').replace(/\*\*\//g, '')
  return ['', 'x'].map((letter) =>
    plain
      .replace(/\[\^?(.)[^\]]*\]/g, '$1')
      .replace(/\\(.)/g, '$1')
      .replace(/\*+/g, letter)
      .replace(/\?/g, 'x'),
  )
}
