import {joinPath, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {InstallReads, ProjectFiles} from './project-files.js'

/** Options that stand alone and change nothing that is read in the project. */
const PLAIN = new Set(
  '--no-cache-dir --no-deps --upgrade -U --disable-pip-version-check --quiet -q --verbose -v --no-input --require-hashes --prefer-binary --no-compile --compile --break-system-packages --no-build-isolation --pre --user --no-warn-script-location --ignore-installed -I --force-reinstall --no-index'.split(
    ' ',
  ),
)
/** Options with a value that is no file of the project. */
const WITH_VALUE = new Set(
  '--index-url -i --extra-index-url --trusted-host --timeout --retries --progress-bar --root-user-action --no-binary --only-binary --platform --python-version --upgrade-strategy --cache-dir'.split(
    ' ',
  ),
)

const INDEX = /^(?:-i|--index-url|--extra-index-url)$/

const MAX_FILES = 20

/**
 * `pip install -r FILE`: it reads the lists that are named, and those that they name. Seen with strace on pip 23.2:
 * nothing else of the working directory is opened.
 */
export function readsOfPip(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const [subcommand, ...rest] = args
  if (subcommand !== 'install') return null
  const own = findOwn(rest)
  if (own !== null) return readsOfOwn(own, project, files)
  const lists: string[] = []
  const questions: string[] = []
  for (let at = 0; at < rest.length; at++) {
    const [option = '', value] = splitOption(rest[at]!)
    if (option === '-r' || option === '--requirement' || option === '-c' || option === '--constraint') {
      lists.push(value ?? rest[++at] ?? '')
    } else if (/^-[rc]./.test(option)) lists.push(option.slice(2))
    else if (WITH_VALUE.has(option)) {
      const given = value ?? rest[++at] ?? ''
      if (INDEX.test(option) && !/^https?:/.test(given)) questions.push(`Is ${given} in the project?`)
    } else if (!option.startsWith('-')) return null
    else if (!PLAIN.has(option)) questions.push(`Does ${option} make pip read other files of the project?`)
  }
  const paths = lists.map((list) => files.locate(list) ?? resolveIn(project, list))
  if (paths.length === 0 || !files.isSent(paths[0]!)) return null
  questions.push(...checkSetup(joinPath(project, 'setup.cfg'), files))
  return {
    title: `pip install -r ${lists[0]}`,
    // where a virtual environment of the project usually is
    writes: ['.venv', 'venv'].map((name) => joinPath(project, name)),
    evidence: 'strace shows that pip 23.2 opens only these files of the working directory',
    ...followLists(paths, files, questions),
  }
}

/** The options of an install of the project itself; null for any other. */
function findOwn(rest: readonly string[]): string[] | null {
  const others = rest.filter((arg) => !/^(?:-e|--editable|\.\/?(?:\[[\w,-]+\])?)$/.test(arg))
  const isOwn = rest.some((arg) => /^\.\/?(?:\[[\w,-]+\])?$/.test(arg))
  return isOwn && others.every((arg) => PLAIN.has(arg) && arg !== '--no-deps' && arg !== '--no-index')
    ? others
    : null
}

/** What the project needs can come ahead of it where a list beside it says so. */
function readsOfOwn(options: readonly string[], project: string, files: ProjectFiles): InstallReads | null {
  const list = joinPath(project, 'requirements.txt')
  const isProject = ['pyproject.toml', 'setup.py'].some((name) => files.isSent(joinPath(project, name)))
  if (!isProject || !files.isSent(list)) return null
  const found = followLists([list], files, [])
  if (found.blocker !== undefined) return null
  return {
    title: 'pip install .',
    writes: ['.venv', 'venv'].map((name) => joinPath(project, name)),
    evidence: 'strace shows that pip 23.2 opens only these files of the working directory',
    ...found,
    questions: [
      ...found.questions,
      'Does requirements.txt name what the project needs, in the same versions? What it does not name is still installed after each edit',
    ],
    ahead: ['pip install', ...options, '-r requirements.txt'].join(' '),
  }
}

/** Reads the lists, and those that they include. */
function followLists(
  first: readonly string[],
  files: ProjectFiles,
  asked: readonly string[],
): Pick<InstallReads, 'files' | 'questions' | 'blocker'> {
  const found = new Set(first)
  const questions = [...asked]
  for (const path of found) {
    if (path.startsWith('..')) return {files: [], questions, blocker: `${path} is outside the context`}
    if (!files.isSent(path)) return {files: [], questions, blocker: `${path} is not in the context`}
    const text = files.evidence.get(path)
    // pip reads UTF-16, too
    if (text === undefined || text.includes('\0') || found.size > MAX_FILES) {
      return {files: [], questions, blocker: `${path} was not read`}
    }
    for (const line of text
      .replace(/^\uFEFF/, '')
      .replace(/\\\r?\n/g, '')
      .split(/\r?\n/)) {
      const [, include] =
        /^\s*(?:-[rc][\s=]*|--(?:requirement|constraint)[\s=]+)(\S+)\s*(?:\s#.*)?$/.exec(line) ?? []
      if (include !== undefined) found.add(resolveIn(parentPath(path), include))
      else if (isLocal(line))
        return {files: [], questions, blocker: `${path} names a local project: ${line.trim()}`}
      else if (line.includes('$')) questions.push(`What does ${line.trim()} in ${path} mean?`)
    }
  }
  return {files: [...found], questions}
}

/** A line that makes pip read a directory or an archive. */
function isLocal(line: string): boolean {
  const bare = line.replace(/(?:^|\s)#.*$/, '').trim()
  if (/(?:^|[\s@+])file:/i.test(bare)) return true
  if (bare.startsWith('-')) return hasLocalOption(bare)
  const [named = ''] = bare.split(/[ ;]/)
  const isUrl = /^[\w+]+:\/\//.test(named)
  return (
    /@\s*\.{0,2}\//.test(bare) ||
    /^\.{1,2}(?:\[|$)/.test(named) ||
    (!isUrl && (named.includes('/') || ARCHIVE.test(named)) && !/^[\w.[\],-]+@/.test(named))
  )
}

const ARCHIVE = /\.(?:whl|zip|tar|tgz|tbz|tar\.(?:gz|bz2|xz|lzma))$/

/** Options that stand in one line may be several. */
function hasLocalOption(line: string): boolean {
  if (/(?:^|\s)(?:-e|--editable|-f|--find-links|-r|-c|--requirement|--constraint)/.test(line)) return true
  const [, index] = /(?:^|\s)(?:-i|--(?:extra-)?index-url)[\s=]*(\S+)/.exec(line) ?? []
  return index !== undefined && !/^(?:https?:|\$)/.test(index)
}

/** Python before 3.10 reads where to install to. */
function checkSetup(path: string, files: ProjectFiles): string[] {
  const isPlain = !/^\[(?:install|easy_install)\]/m.test(files.evidence.get(path) ?? '[install]')
  return !files.isSent(path) || isPlain ? [] : [`Does ${path} say where pip installs to?`]
}

function splitOption(word: string): [option: string, value: string | undefined] {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)]
}

/** A path in the context; one that leads out of it begins with `..`. */
function resolveIn(directory: string, path: string): string {
  if (path.startsWith('/') || /^\w+:/.test(path)) return `../${path}`
  const depth = joinPath(directory, path).split('/')
  let level = 0
  for (const part of depth) {
    if (part === '..') level--
    else if (part !== '.' && part !== '') level++
    if (level < 0) return `../${path}`
  }
  return resolveContainerPath('/', joinPath(directory, path)).slice(1)
}
