/**
 * Makes every rewrite of real Dockerfiles, and counts what it harms: `npm run corpus:rewrites -- [--engine] DIR…`. A DIR
 * with a `.git` is a repository, whose Dockerfiles are rewritten each with the context that is found for it; any other
 * holds Dockerfiles without a context. Prints one line for each file, then sums. With `--engine` BuildKit parses each new
 * text, too. Nothing in the directories is changed.
 */
import {spawnSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {SlimCheckError} from '../../src/errors.js'
import {parseDockerfile} from '../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {decodeText} from '../../src/languages/dockerfile/syntax/source-lines.js'
import {LineIndex} from '../../src/languages/text/line-index.js'
import type {Rewrite} from '../../src/report/dockerfile-report.js'
import {reportCache} from '../../src/services/cache/report-cache.js'
import {adviseDockerfiles, type DockerfileAdvice} from '../../src/services/dockerfile/advise-dockerfiles.js'
import {
  chooseRewrites,
  planChanges,
  type RewriteChange,
} from '../../src/services/dockerfile/write-rewrites.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'

const INSTALL =
  /\b(?:npm (?:ci|i|install)|yarn(?: install| --|$)|pnpm (?:i|install|fetch)|bun (?:i|install)|pip3? install|poetry install|pipenv (?:install|sync)|uv (?:sync|pip)|bundle install|composer install|go mod download|cargo (?:build|fetch|install|chef)|mvnw?\b|gradlew?\b|dotnet restore|mix deps\.get|apt-get install|apk add|corepack)/

/** What became of one Dockerfile. */
interface Outcome {
  file: string
  rewrites: readonly Rewrite[]
  faults: string[]
  isChanged: boolean
  /** Steps that an edit of a source file runs again, before and with the safe rewrites; null: no such file is sent. */
  steps: [before: number, after: number] | null
  /** Whether an install is among them: as the text is, with the safe rewrites, with those to review, too. */
  installs: [before: boolean, safe: boolean, all: boolean]
}

const asksEngine = process.argv.includes('--engine')

/** Each file of a directory, alone in an empty context. */
async function tryFiles(root: string): Promise<Outcome[]> {
  const names = readdirSync(root, {recursive: true, encoding: 'utf8'}).filter((name) =>
    statSync(path.join(root, name)).isFile(),
  )
  const outcomes: Outcome[] = []
  const context = makeTemporaryDirectory()
  try {
    for (const name of names.sort().filter((one) => /dockerfile/i.test(one))) {
      writeFileSync(path.join(context, 'Dockerfile'), readFileSync(path.join(root, name)))
      const build = {contextDir: context}
      outcomes.push(
        ...(await tryAdvice(name, () => adviseDockerfiles({build, choice: null, configFile: null}))),
      )
    }
  } finally {
    removeTree(context)
  }
  return outcomes
}

const MAX_FILES = 4

/** The Dockerfiles of a repository, each with the context that is found for it. */
async function tryRepository(root: string): Promise<Outcome[]> {
  const request = {build: {contextDir: root}, choice: {allDockerfiles: true}, configFile: null}
  const outcomes = await tryAdvice(path.basename(root), () => adviseDockerfiles(request))
  return outcomes.slice(0, MAX_FILES)
}

async function tryAdvice(name: string, advise: () => Promise<DockerfileAdvice>): Promise<Outcome[]> {
  try {
    const advice = await advise()
    const all = planChanges(advice, chooseRewrites(advice, true))
    const safe = planChanges(advice, chooseRewrites(advice, false))
    const outcomes: Outcome[] = []
    for (const {file, rewrites, builds} of advice.files) {
      const own = [all, safe].flatMap((changes) => changes.find(({path}) => path === file) ?? [])
      const effect = advice.report.effects.find(({dockerfile}) => dockerfile === file)
      const [build] = builds
      const textOf = (changes: readonly RewriteChange[]) =>
        changes.find(({path}) => path === file)?.after ?? null
      outcomes.push({
        file: advice.files.length === 1 && /Dockerfile$/.test(name) ? name : `${name} ${file}`,
        rewrites,
        faults: own.flatMap((change) => findFaults(change, rewrites)),
        isChanged: own.length > 0,
        steps: effect === undefined ? null : [effect.now.rerunCount, (effect.safe ?? effect.now).rerunCount],
        installs:
          effect === undefined || build === undefined
            ? [false, false, false]
            : [
                await runsInstall(build, null),
                await runsInstall(build, textOf(safe)),
                await runsInstall(build, textOf(all)),
              ],
      })
    }
    return outcomes
  } catch (error) {
    if (!(error instanceof SlimCheckError)) throw error
    const none = {rewrites: [], faults: [], isChanged: false, steps: null}
    return [{...none, installs: [false, false, false], file: `${name}: ${error.message}`}]
  }
}

/** Whether an edit of one source file runs an install again. @param content another text of the Dockerfile */
async function runsInstall(
  {asked}: DockerfileAdvice['files'][number]['builds'][number],
  content: Uint8Array | null,
): Promise<boolean> {
  const {dockerfile: _, ...rest} = asked.options
  const build = content === null ? asked.options : {...rest, dockerfileContent: content}
  const {report} = await reportCache({build, choice: null, configFile: null, scenarios: ['source']})
  const [scenario] = report.builds[0]!.scenarios
  return (scenario?.steps ?? []).some(({state, text}) => state === 'runs' && INSTALL.test(text))
}

function findFaults({before, after, path: file}: RewriteChange, rewrites: readonly Rewrite[]): string[] {
  const [old, now] = [decodeText(before), decodeText(after)]
  return [
    ...findParseFault(file, now, after),
    ...findTouchedLines(old, now, rewrites),
    ...findLostComments(old, now),
  ]
}

function findParseFault(file: string, text: string, content: Uint8Array): string[] {
  try {
    parseDockerfile(text)
  } catch (error) {
    return [`${file} no longer parses: ${(error as Error).message}`]
  }
  if (!asksEngine) return []
  const words = ['buildx', 'build', '--call=outline', '--progress=plain', '-f', '-', '.']
  const {stderr} = spawnSync('docker', words, {input: content, cwd: makeEmpty(), encoding: 'utf8'})
  // What cannot be looked up without a network is no fault of the text.
  const fault =
    /(?:dockerfile parse error|unknown instruction|unknown flag: (?!--call\b)|syntax error)[^\n]*/i.exec(
      stderr,
    )
  return fault === null ? [] : [`${file} no longer parses in BuildKit: ${fault[0]}`]
}

let empty: string | null = null

function makeEmpty(): string {
  empty ??= makeTemporaryDirectory()
  return empty
}

/** Lines that no edit is about, and that do not come in their order. */
function findTouchedLines(old: string, now: string, rewrites: readonly Rewrite[]): string[] {
  const lines = new LineIndex(old)
  const touched = new Set<number>()
  for (const {start, end} of rewrites.flatMap(({edits}) => edits)) {
    for (let line = lines.lineAt(start); line <= lines.lineAt(end); line++) touched.add(line)
  }
  const rest = now.split('\n')
  let at = 0
  return old.split('\n').flatMap((line, index) => {
    if (touched.has(index + 1)) return []
    const found = rest.indexOf(line, at)
    if (found < 0) return [`line ${index + 1} is touched`]
    at = found + 1
    return []
  })
}

function findLostComments(old: string, now: string): string[] {
  const left = countComments(now)
  const faults: string[] = []
  for (const [comment, count] of countComments(old)) {
    if ((left.get(comment) ?? 0) < count) faults.push(`a comment is lost: ${comment}`)
  }
  return faults
}

function countComments(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line.startsWith('#')) counts.set(line, (counts.get(line) ?? 0) + 1)
  }
  return counts
}

function describe({file, rewrites, faults, steps, installs}: Outcome): string {
  const marks = rewrites
    .map(({rule, confidence, line, cache: [effect]}) => {
      const gain = effect === undefined ? '' : `(${effect.before.rerunCount}->${effect.after.rerunCount})`
      return `${confidence}:${rule}:${line}${gain}`
    })
    .join(' ')
  const effect =
    steps === null
      ? '-'
      : `${steps[0]}->${steps[1]}${installs[0] ? (installs[1] ? ' installs' : ' install gone') : ''}`
  return [file, rewrites.length, effect, marks, ...faults.map((fault) => `FAULT ${fault}`)].join('\t')
}

function savesSteps({cache}: Rewrite): boolean {
  return cache.some(({before, after}) => after.rerunCount < before.rerunCount)
}

function sumUp(all: readonly Outcome[]): string {
  const count = (holds: (outcome: Outcome) => boolean): number => all.filter(holds).length
  const findings = all.map(({rewrites}) => rewrites.length)
  const total = findings.reduce((sum, one) => sum + one, 0)
  const kinds = ['safe', 'review', 'blocked'].map((kind) => {
    return `${kind} ${all.flatMap(({rewrites}) => rewrites).filter(({confidence}) => confidence === kind).length}`
  })
  const steps = all.flatMap((outcome) => (outcome.steps === null ? [] : [outcome.steps]))
  const sum = (place: 0 | 1): number => steps.reduce((one, pair) => one + pair[place], 0)
  const faults = all.flatMap((outcome) => outcome.faults)
  return [
    '',
    `files ${all.length}, changed ${count(({isChanged}) => isChanged)}`,
    `no longer parse ${faults.filter((fault) => fault.includes('no longer parses')).length}`,
    `untouched lines changed ${faults.filter((fault) => fault.includes('is touched')).length}`,
    `comments lost ${faults.filter((fault) => fault.startsWith('a comment')).length}`,
    `findings ${total}: ${kinds.join(', ')}; ${(total / Math.max(all.length, 1)).toFixed(2)} a file, at most ${Math.max(0, ...findings)}`,
    `an edit of one source file: ${steps.length} files, ${sum(0)} steps again, ${sum(1)} with the safe rewrites`,
    ...(['safe', 'review'] as const).map((kind) => {
      const gaining = count(({rewrites}) =>
        rewrites.some((one) => one.confidence === kind && savesSteps(one)),
      )
      return `an edit of a source file runs fewer steps with a ${kind} rewrite in ${gaining} files`
    }),
    `the first source file ran an install again in ${count(({installs}) => installs[0])}, with the safe rewrites no longer in ${count(({installs: [one, other]}) => one && !other)}, with those to review in ${count(({installs: [one, , other]}) => one && !other)}`,
    '',
  ].join('\n')
}

const outcomes: Outcome[] = []
for (const directory of process.argv.slice(2).filter((word) => !word.startsWith('--'))) {
  const root = path.resolve(directory)
  const found = existsSync(path.join(root, '.git')) ? await tryRepository(root) : await tryFiles(root)
  for (const outcome of found) {
    outcomes.push(outcome)
    process.stdout.write(`${describe(outcome)}\n`)
  }
}
if (empty !== null) removeTree(empty)
process.stdout.write(sumUp(outcomes))
process.exitCode = outcomes.some(({faults}) => faults.length > 0) ? 1 : 0
