import {joinPath} from '../../../languages/text/container-path.js'
import {readsOfPip} from './pip-reads.js'
import type {InstallReads, ProjectFiles} from './project-files.js'

/** `uv sync`, `uv pip install -r`: the project itself is built from its source, its packages can come first. */
export function readsOfUv(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const untraced = 'uv was not traced: does it read only what its documentation says?'
  if (args[0] === 'pip') {
    const reads = readsOfPip(
      args.slice(1).filter((arg) => arg !== '--system'),
      project,
      files,
    )
    return (
      reads && {
        ...reads,
        title: `uv ${reads.title}`,
        evidence: "uv's documentation",
        questions: [...reads.questions, untraced],
      }
    )
  }
  const at = (name: string) => joinPath(project, name)
  const manifest = files.evidence.get(at('pyproject.toml'))
  const [subcommand, ...options] = args
  if (subcommand !== 'sync' || manifest === undefined || !files.isSent(at('pyproject.toml'))) return null
  if (options.some((option) => /^--(?:project|directory|script)\b/.test(option))) return null
  const leavesOut = options.some((option) => /^--no-install-(?:project|workspace|local)$/.test(option))
  const isWorkspace = /^\[tool\.uv\.workspace\]/m.test(manifest)
  const isPackage =
    isWorkspace || /^\[build-system\]/m.test(manifest) || /^package\s*=\s*true/m.test(manifest)
  const members = isWorkspace ? files.findFiles(project, /^pyproject\.toml$/) : []
  const reads = {
    title: 'uv sync',
    files: [
      ...new Set([
        ...[
          'pyproject.toml',
          'uv.lock',
          '.python-version',
          'uv.toml',
          ...(options.includes('--frozen') ? [] : listReadmes(manifest)),
        ]
          .map(at)
          .filter((path) => files.isSent(path)),
        ...members,
      ]),
    ],
    writes: [at('.venv')],
    evidence: "uv's documentation",
    questions: [
      untraced,
      ...(files.isSent(at('uv.lock'))
        ? []
        : ['There is no uv.lock: may the packages stay in the cache until pyproject.toml changes?']),
    ],
    ...findPathSource(manifest, at('pyproject.toml')),
  }
  if (leavesOut || !isPackage) return reads
  if (reads.blocker !== undefined) return null
  const flag = isWorkspace ? '--no-install-workspace' : '--no-install-project'
  return {...reads, ahead: ['uv sync', ...options, flag].map(quoteWord).join(' ')}
}

/** `poetry install`: with `--no-root` it reads pyproject.toml and poetry.lock. */
export function readsOfPoetry(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const at = (name: string) => joinPath(project, name)
  const manifest = files.evidence.get(at('pyproject.toml'))
  const words = args.filter((arg) => !/^(?:-n|--no-interaction|-v+|--no-ansi)$/.test(arg))
  if (
    !/^(?:install|sync)$/.test(words[0] ?? '') ||
    manifest === undefined ||
    !files.isSent(at('pyproject.toml'))
  )
    return null
  if (args.some((arg) => /^(?:-C|-P|--directory|--project)\b/.test(arg))) return null
  const options = words.slice(1)
  const isRootless = options.includes('--no-root') || /^package-mode\s*=\s*false/m.test(manifest)
  const hasLock = files.isSent(at('poetry.lock'))
  const reads = {
    title: `poetry ${words[0]}`,
    files: ['pyproject.toml', 'poetry.lock', 'poetry.toml'].map(at).filter((path) => files.isSent(path)),
    writes: [at('.venv')],
    evidence: 'strace shows that Poetry 1.3 opens only these files of the project',
    questions: [
      ...options
        .filter((arg) => !POETRY_OPTION.test(arg))
        .map((arg) => `Does ${arg} make Poetry read other files?`),
      ...(/\b(?:poetry-dynamic-versioning|poetry-version-plugin|poetry-git-version)\b/.test(manifest)
        ? ['A plugin of Poetry reads the version from Git: is it needed?']
        : []),
      ...(hasLock
        ? []
        : ['There is no poetry.lock: may the packages stay in the cache until pyproject.toml changes?']),
    ],
    ...findLocalSource(manifest, at('pyproject.toml'), files.evidence.get(at('poetry.lock')) ?? ''),
  }
  if (isRootless) return reads
  if (reads.blocker !== undefined) return null
  return {
    ...reads,
    ahead: ['poetry', ...args, '--no-root'].map(quoteWord).join(' '),
    questions: [
      ...reads.questions,
      'poetry install stays after the copy because it installs the project: is its result the same when the packages are already there?',
    ],
  }
}

const POETRY_OPTION =
  /^(?:--(?:no-root|no-dev|without|with|only|extras|all-extras|compile|sync|no-cache|no-directory|quiet|all-groups|no-plugins)(?:=\S+)?|-[qE]|[\w,-]+)$/

/** `pipenv install` and `pipenv sync` read Pipfile and Pipfile.lock, and take variables from .env. */
export function readsOfPipenv(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const at = (name: string) => joinPath(project, name)
  const manifest = files.evidence.get(at('Pipfile'))
  const [subcommand = '', ...options] = args
  if (!/^(?:install|sync)$/.test(subcommand) || manifest === undefined || !files.isSent(at('Pipfile')))
    return null
  if (options.some((arg) => !arg.startsWith('-') || /^(?:-r|-e|--skip-lock)/.test(arg))) return null
  const isExact = subcommand === 'sync' || options.some((arg) => /^--(?:deploy|ignore-pipfile)$/.test(arg))
  const lock = files.evidence.get(at('Pipfile.lock')) ?? ''
  const isLocal =
    /\b(?:path|file)\s*=/.test(manifest) ||
    hasLocalUrl(manifest) ||
    /"(?:path|file)":\s*"(?!https?:)|"git":\s*"(?:file:|[./])/.test(lock)
  return {
    title: `pipenv ${subcommand}`,
    files: ['Pipfile', 'Pipfile.lock', '.env'].map(at).filter((path) => files.isSent(path)),
    writes: [at('.venv')],
    evidence: 'strace shows that Pipenv 2022.12 opens only these files of the project',
    questions: [
      ...(isExact ? [] : [`pipenv install may change Pipfile.lock: may it be pipenv sync instead?`]),
      ...(files.isSent(at('Pipfile.lock'))
        ? []
        : ['There is no Pipfile.lock: may the packages stay in the cache until Pipfile changes?']),
    ],
    ...(isLocal && {blocker: `${at('Pipfile')} installs a package from the project`}),
  }
}

/** A readme or licence that a build of the project's metadata needs. */
function listReadmes(manifest: string): string[] {
  const found = manifest.matchAll(
    /^(?:readme|license)\s*=\s*(?:\{\s*file\s*=\s*)?["']([\w./-]+\.(?:md|rst|txt)|LICENSE)["']/gm,
  )
  return Array.from(found, ([, name = '']) => name)
}

/** An entry with a path, a table of its own with one, and a requirement that is a file. */
const PATH_SOURCES = [
  /^([\w."'-]+\s*=\s*\[?\s*\{[^}]*\b(?:path|file)\s*=\s*["'][^"']+["'][^}]*\})/m,
  /^\[tool\.(?:poetry|uv|pdm)\.[^\]\n]*\][^\S\n]*\n(?:(?!\[).*\n)*?((?:path|file)\s*=\s*["'][^"'\n]+["'])/m,
  /(["'][\w.[\],-]+\s*@\s*(?:file:|\.{0,2}\/)[^"'\n]*["'])/,
]

function findPathSource(manifest: string, path: string): {blocker?: string} {
  const source = PATH_SOURCES.map((pattern) => pattern.exec(manifest)?.[1]).find((one) => one !== undefined)
  return source === undefined
    ? {}
    : {blocker: `${path} installs a package from the project: ${source.trim().slice(0, 60)}`}
}

/** Sections of a pyproject.toml in which Poetry finds packages. */
const OF_POETRY = /^\[+(?:tool\.poetry\b.*|project\b.*|dependency-groups)\]/

/** Something that Poetry takes from the project: by a path, a file, or an address without a host. */
function findLocalSource(manifest: string, path: string, lock: string): {blocker?: string} {
  const bare = manifest.replace(/^[ \t]*#.*$/gm, '')
  const sections = bare.split(/^(?=\[)/m).filter((section) => OF_POETRY.test(section))
  const lines = sections.flatMap((section) => section.split(/\r?\n/))
  const found = lines.find(
    (line) =>
      !/^\s*(?:readme|license)\b/.test(line) &&
      (/(?:^|[\s{,])(?:path|file)\s*=\s*["']/.test(line) || hasLocalUrl(line)),
  )
  const [locked] = /^type = "(?:directory|file)"|^url = "(?:file:|\.{0,2}\/).*/m.exec(lock) ?? []
  const source = found ?? locked
  return source === undefined
    ? {}
    : {blocker: `${path} installs a package from the project: ${source.trim().slice(0, 60)}`}
}

/** `file:///a`, `git+file:///a`, `git = "../a"`. */
function hasLocalUrl(text: string): boolean {
  return /["'@+\s](?:git\+)?file:|\b(?:git|url)\s*=\s*["'](?:file:|\.{0,2}\/)/.test(text)
}

function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+( [\w-]+)*$/.test(word) ? word : JSON.stringify(word)
}
