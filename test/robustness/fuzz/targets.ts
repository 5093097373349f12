/** What is fuzzed: each target takes mutated text and fails by throwing what it may not throw. */
import assert from 'node:assert/strict'
import {runRules} from '../../../src/advice/rules/run-rules.js'
import {requestedPaths} from '../../../src/build/graph/requests/requested-paths.js'
import {DockerfileError, IgnoreFileError, IgnorePatternError} from '../../../src/errors.js'
import {parseDockerfile} from '../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {createGitIgnore} from '../../../src/languages/gitignore/create-git-ignore.js'
import {editIgnoreFile} from '../../../src/languages/ignore/edit/edit-ignore-file.js'
import {type IgnoreFile, parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'
import {PatternMatcher} from '../../../src/languages/ignore/pattern-matcher.js'
import {createPruning} from '../../../src/languages/ignore/pruning.js'
import {createInput} from '../../advice/rules/create-input.js'
import {loadProject, suggest} from '../../advice/suggest/suggest.js'
import {readConformanceRows} from '../../helpers/project.js'
import {pick} from '../../languages/gitignore/random.js'
import {isIgnoredByReference, isPlainGlob} from '../reference-matcher.js'
import {mutate} from './mutate.js'

type Random = (below: number) => number

/** One case: what it is made of, and the try. */
export interface FuzzCase {
  input: unknown
  /** @throws whatever is a fault of ours */
  run(): void
}

interface IgnoreRow {
  ignore: string
  paths: string[]
}

interface DockerfileRow {
  dockerfile: string
  target: string
  buildArgs: Record<string, string>
}

const ignoreRows = readConformanceRows<IgnoreRow>('ignore.jsonl')
const dockerfileRows = readConformanceRows<DockerfileRow>('dockerfile.jsonl')
const ignoreTexts = ignoreRows.map(({ignore}) => ignore)
const dockerfileTexts = dockerfileRows.map(({dockerfile}) => dockerfile)

/** A mutated ignore file and the paths that it is tried on. */
export function createIgnoreCase(random: Random): IgnoreRow {
  const {ignore, paths} = pick(random, ignoreRows)
  const odd = Array.from({length: 3}, () => mutate(pick(random, paths), paths, random).replace(/\0/g, ''))
  return {ignore: mutate(ignore, ignoreTexts, random), paths: [...paths, ...odd.filter(isPath)]}
}

function isPath(text: string): boolean {
  return text.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

export const FUZZ_TARGETS: Readonly<Record<string, (random: Random) => FuzzCase>> = {
  ignore(random) {
    const {ignore, paths} = createIgnoreCase(random)
    return {input: {ignore, paths}, run: () => checkIgnore(ignore, paths)}
  },

  dockerfile(random) {
    const row = pick(random, dockerfileRows)
    const dockerfile = mutate(row.dockerfile, dockerfileTexts, random)
    const options = {
      target: random(3) === 0 ? row.target : '',
      buildArgs: row.buildArgs,
      namedContexts: ['lib'],
    }
    const run = (): void => {
      expectOnly([DockerfileError], () => parseDockerfile(dockerfile))
      expectOnly([DockerfileError], () => requestedPaths(dockerfile, options))
    }
    return {input: {dockerfile, options}, run}
  },

  edit(random) {
    const {ignore} = createIgnoreCase(random)
    const placement = random(2) === 0 ? 'end' : 'before-negations'
    const add = Array.from({length: 1 + random(3)}, () => ({
      pattern: pick(random, ['dist', '**/*.log', 'a', '/b/c']),
    }))
    return {input: {ignore, add, placement}, run: () => checkEdit(Buffer.from(ignore), {add, placement})}
  },

  gitignore(random) {
    const {ignore, paths} = createIgnoreCase(random)
    return {
      input: {ignore, paths},
      run() {
        const git = createGitIgnore([{dir: '', content: ignore}])
        for (const path of paths) git.isIgnored(path, path.length % 2 === 0)
      },
    }
  },

  advice(random) {
    const {ignore, paths} = createIgnoreCase(random)
    const dockerfile = mutate(pick(random, dockerfileTexts), dockerfileTexts, random)
    const gitignore = pick(random, ignoreTexts)
    return {
      input: {ignore, dockerfile, gitignore, paths},
      run: () => checkAdvice(ignore, dockerfile, gitignore, paths),
    }
  },
}

function checkIgnore(ignore: string, paths: readonly string[]): void {
  const file = expectOnly([IgnoreFileError], () => parseIgnoreFile(ignore))
  if (file === null) return
  const matcher = new PatternMatcher(file.patterns)
  const negations = file.patterns.filter(({negated}) => negated)
  const pruning = createPruning(negations)
  const isPlain = file.patterns.every(({glob}) => isPlainGlob(glob))
  for (const path of paths) {
    const verdict = expectOnly([IgnorePatternError], () => matcher.matchPath(path))
    expectOnly([IgnorePatternError], () => matcher.holdsBackContent(path))
    if (verdict === null) continue
    if (isPlain && isPlainGlob(path.replace(/[^\w./]/g, 'x')) && !path.includes('\n')) {
      assert.equal(
        verdict.matched,
        isIgnoredByReference(file.patterns, path),
        `the reference, on ${JSON.stringify(path)}`,
      )
    }
    // Docker itself does not enter `x/y` for `!x/*/**`: it drops both wildcards and looks at the prefix. Nor does it take
    // for a wildcard what its regular expressions make something else of.
    const isExact = negations.every(({glob}) => !glob.endsWith('/*/**') && !/[|(){}+$]/.test(glob))
    if (!verdict.matched && isExact) checkPruning(file, matcher, pruning, path)
  }
}

/** What comes back below an ignored directory must not have been pruned with it. */
function checkPruning(
  file: IgnoreFile,
  matcher: PatternMatcher,
  pruning: ReturnType<typeof createPruning>,
  path: string,
) {
  const parts = path.split('/')
  for (let depth = 1; depth < parts.length; depth++) {
    const directory = parts.slice(0, depth).join('/')
    if (!matcher.matchPath(directory).matched || !pruning.isPossible) continue
    assert.ok(
      pruning.mayHoldMatch(directory),
      `${directory} is pruned, ${path} is not ignored (${file.patterns.length})`,
    )
  }
}

function checkEdit(
  content: Uint8Array,
  edit: {add: {pattern: string}[]; placement: 'end' | 'before-negations'},
): void {
  const once = editIgnoreFile(content, edit)
  assert.deepEqual(
    Buffer.from(editIgnoreFile(once, edit)),
    Buffer.from(once),
    'a second edit changes something',
  )
  const after = splitLines(once)
  let at = 0
  for (const line of splitLines(content)) {
    at = after.indexOf(line, at) + 1
    assert.ok(at > 0, `lost the line ${JSON.stringify(line)}`)
  }
  const before = expectOnly([IgnoreFileError], () => parseIgnoreFile(content))
  if (before === null) return
  const texts = parseIgnoreFile(once).patterns.map(({text}) => text)
  let next = 0
  for (const {text} of before.patterns) {
    next = texts.indexOf(text, next) + 1
    assert.ok(next > 0, `lost the pattern ${JSON.stringify(text)}`)
  }
  for (const {pattern} of edit.add)
    assert.ok(texts.includes(pattern.replace(/^\//, '')), `did not add ${pattern}`)
}

function splitLines(content: Uint8Array): string[] {
  // A byte-order mark stays in front of whatever comes first; a last line may get the ending of the others.
  const lines = Buffer.from(content)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => line.replace(/\r+$/, ''))
}

function checkAdvice(ignore: string, dockerfile: string, gitignore: string, paths: readonly string[]): void {
  const tree = Object.fromEntries(paths.filter(isPath).map((path) => [path, 1000]))
  const project = {tree, dockerfiles: {Dockerfile: dockerfile}, ignore, gitignore}
  const example = {dockerfile, ignore, tree: paths.filter((path) => !path.includes(' '))}
  const known = [DockerfileError, IgnoreFileError, IgnorePatternError]
  // What keeps Docker from sending may keep us from measuring; from there on nothing may fail.
  if (expectOnly(known, () => [createInput(example), loadProject(project)]) === null) return
  runRules(createInput(example))
  const {lines} = suggest(project)
  for (const {pattern, placement} of lines) {
    const edited = editIgnoreFile(Buffer.from(ignore), {add: [{pattern}], placement})
    loadProject({...project, ignore: Buffer.from(edited).toString()})
  }
}

/** Runs and gives the value; null for one of the errors that are answers too. */
function expectOnly<Value>(
  errors: readonly (abstract new (...args: never[]) => Error)[],
  run: () => Value,
): Value | null {
  try {
    return run()
  } catch (error) {
    if (errors.some((known) => error instanceof known)) return null
    throw error
  }
}
