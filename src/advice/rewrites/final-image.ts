import type {BuildGraph, Step} from '../../build/graph/build-graph.js'
import {rootOf, stagesBehind, stepsBehind} from '../../build/graph/query-graph.js'
import type {TextEdit} from '../../languages/dockerfile/edit/apply-edits.js'
import type {EvaluatedInstruction} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import type {ShellCommand} from '../../languages/scripts/shell-command.js'
import {resolveContainerPath} from '../../languages/text/container-path.js'
import type {RewriteFacts} from './rewrite-facts.js'

/** The image that a build makes, as far as the Dockerfile says it. */
export interface FinalImage {
  /** Of its own stage and of those that it is made from, in order. */
  instructions: readonly EvaluatedInstruction[]
  steps: readonly Step[]
  /** The image below the first stage; null for none, and for a named context. */
  base: BaseImage | null
  /** As USER says it last; null: that of the base image. */
  user: string | null
  /** A container path. */
  directory: string
}

/** An image by its parts. */
export interface BaseImage {
  /** Without registry for an official image: `node`. */
  name: string
  /** `latest` if there is none. */
  tag: string
  hasDigest: boolean
  isOfficial: boolean
}

export function describeFinalImage(graph: BuildGraph): FinalImage {
  const instructions = stagesBehind(graph.target).flatMap((stage) => stage.instructions)
  const root = rootOf(graph.target.end)
  const state = instructions.at(-1)?.state
  return {
    instructions,
    steps: stepsBehind(graph.target),
    base: root.kind === 'image' ? splitImage(root.image) : null,
    user: state?.user ?? null,
    directory: resolveContainerPath('/', state?.directory ?? '/'),
  }
}

const FOR_DEVELOPMENT = new Set(
  'dev devel development devcontainer tilt debug e2e playwright test tests ci lint local'.split(' '),
)

/** Tells whether a Dockerfile says by its name that people work or test in its image. */
export function isForDevelopment({file}: RewriteFacts): boolean {
  const words = file.toLowerCase().split(/[./_-]/)
  return words.some((word) => FOR_DEVELOPMENT.has(word))
}

/** Splits an image's name; `docker.io/library/` is left out. */
export function splitImage(image: string): BaseImage {
  const [bare = '', digest] = image
    .replace(/^(?:docker\.io\/)?library\/|^docker\.io\/(?=[^/]+$)/, '')
    .split('@')
  const colon = bare.lastIndexOf(':')
  const hasTag = colon > bare.lastIndexOf('/')
  const name = hasTag ? bare.slice(0, colon) : bare
  return {
    name,
    tag: hasTag ? bare.slice(colon + 1) : 'latest',
    hasDigest: digest !== undefined,
    isOfficial: !name.includes('/'),
  }
}

/** Tells whether an image is one with BusyBox in place of Debian's programs. */
export function isAlpine({name, tag}: BaseImage): boolean {
  return name === 'alpine' || /(?:^|-)alpine/.test(tag)
}

/** Puts lines before an instruction, which begins a line. */
export function insertLines(
  facts: RewriteFacts,
  {written}: EvaluatedInstruction,
  lines: readonly string[],
): TextEdit {
  const {start} = facts.linesOf(written)
  return {range: {start, end: start}, text: lines.map((line) => line + facts.lineEnd).join('')}
}

/** All commands of some steps, each with its step. */
export function listCommands(
  facts: RewriteFacts,
  steps: readonly Step[],
): {step: Step; command: ShellCommand}[] {
  return steps.flatMap((step) => facts.commandsOf(step).map((command) => ({step, command})))
}

/** What a CI file runs in the image: tests, which a smaller image may not have. */
interface ImageCommand {
  path: string
  /** 1-based. */
  line: number
  text: string
}

const RUNS_IN_IMAGE = /\bdocker(?:[ -]compose)?\s+(?:run|exec)\b/
const CI_FILE =
  /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.circleci\/config\.yml|Makefile|Jenkinsfile|azure-pipelines\.yml)$/
const TESTS =
  /\b(?:npm (?:run )?(?:test|lint)|npm t|yarn (?:run )?(?:test|lint)|pnpm (?:run )?(?:test|lint)|(?:npx |bunx )?(?:jest|vitest|mocha|eslint|tsc)|pytest|tox|mypy|ruff|go test|cargo test|mvn \w*test|gradle \w*test|bundle exec \w+|rspec|rails test|mix test|phpunit|manage\.py test)\b/

/** Finds the lines of CI files that run tests or linters in an image. */
function findImageTests({evidence, outside}: RewriteFacts): ImageCommand[] {
  return [...new Map([...evidence, ...outside])]
    .filter(([path]) => CI_FILE.test(path))
    .flatMap(([path, text]) =>
      text
        .split(/\r?\n/)
        .flatMap((line, index) =>
          RUNS_IN_IMAGE.test(line) && TESTS.test(line)
            ? [{path, line: index + 1, text: line.trim().replace(/^-?\s*(?:run:\s*)?/, '')}]
            : [],
        ),
    )
}

const BUILDS_IMAGE =
  /\bdocker(?:[ -]compose)? (?:buildx )?(?:build|bake)\b|docker\/(?:build-push|bake)-action@|\bkaniko\b|\bbuildah bud\b/

/** Where a CI file builds images, which is mostly on a machine that is new each time; null where none does. */
export function findImageBuild({outside}: RewriteFacts): {path: string; line: number} | null {
  for (const [path, text] of outside) {
    if (!CI_FILE.test(path) || path === 'Makefile') continue
    const index = text.split(/\r?\n/).findIndex((line) => BUILDS_IMAGE.test(line))
    if (index >= 0) return {path, line: index + 1}
  }
  return null
}

/** Asks about the tests that run in the image: it would no longer have what they need. */
export function askAboutTests(facts: RewriteFacts): string[] {
  return findImageTests(facts)
    .slice(0, 2)
    .map(
      ({path, line, text}) =>
        `${path}:${line} runs ${text} in the image, which would no longer have it: can it build a stage with --target instead?`,
    )
}
