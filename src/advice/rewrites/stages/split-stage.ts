import type {Step} from '../../../build/graph/build-graph.js'
import type {TextEdit} from '../../../languages/dockerfile/edit/apply-edits.js'
import type {EvaluatedInstruction} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {isWithin, resolveContainerPath} from '../../../languages/text/container-path.js'
import {type BaseImage, describeFinalImage, insertLines, isAlpine, listCommands} from '../final-image.js'
import {isAside} from '../moves/aside.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import {findStart} from '../start-command.js'
import {isForBuilds, isForPeople, listForRunning, listSystemPackages} from './system-packages.js'

/** A stage that builds, and the image that only runs, in the place of one stage for both. */
export interface Split {
  /** What the language is called. */
  language: 'Node' | 'Python' | 'Go' | 'Rust' | 'Java'
  /** The image of the new last stage. */
  image: string
  /** What no longer is in the image. */
  left: readonly string[]
  questions: readonly string[]
  edits: readonly TextEdit[]
  line: number
  endLine: number
}

/** How one language is split. */
interface Plan {
  language: Split['language']
  image: string
  /** The first instruction of the new stage. */
  cut: EvaluatedInstruction
  /** More of the stage that builds, directly before the cut. */
  last: readonly string[]
  copies: readonly string[]
  questions: readonly string[]
  left: readonly string[]
  /** More edits of the stage that builds. */
  edits?: readonly TextEdit[]
}

/** Splits a Dockerfile of one stage; null where it is not known what the image needs. */
export function splitStage(facts: RewriteFacts): Split | null {
  const {stages, target} = facts.graph
  const from = facts.dockerfile.instructions.find(({keyword}) => keyword === 'FROM')
  const {base} = describeFinalImage(facts.graph)
  if (stages.length !== 1 || from === undefined || base === null || base.hasDigest || !base.isOfficial)
    return null
  if (from.args.length !== 1 || !facts.graph.steps.every(({instruction}) => !instruction.isInherited))
    return null
  const plan = planSplit(facts, base)
  if (plan === null) return null
  const before = target.instructions.slice(0, target.instructions.indexOf(plan.cut))
  const settings = repeatSettings(facts, before)
  if (settings === null) return null
  const lines = writeStage(facts, plan, before, settings)
  const end = from.range.end
  return {
    language: plan.language,
    image: plan.image,
    left: plan.left,
    questions: plan.questions,
    line: from.line,
    endLine: plan.cut.endLine,
    edits: [
      {range: {start: end, end}, text: ' AS build'},
      ...(plan.edits ?? []),
      insertLines(facts, plan.cut, lines),
    ],
  }
}

function planSplit(facts: RewriteFacts, base: BaseImage): Plan | null {
  switch (base.name) {
    case 'node':
      return planNode(facts, base)
    case 'python':
      return planPython(facts, base)
    case 'golang':
    case 'rust':
    case 'maven':
    case 'gradle':
      return planArtifact(facts, base)
    default:
      return null
  }
}

/** The lines of the new stage, up to what stands behind the cut. */
function writeStage(
  facts: RewriteFacts,
  plan: Plan,
  before: readonly EvaluatedInstruction[],
  settings: readonly string[],
): string[] {
  const directory = resolveContainerPath('/', before.at(-1)?.state.directory ?? '/')
  // node-gyp is all that calls Python in an image of Node that has a compiler, too
  const names = namesBefore(facts, before)
  const isForGyp =
    plan.language === 'Node' && names.some((name) => /^(?:build-essential|build-base|make)$/.test(name))
  const packages = listForRunning(names.filter((name) => !(isForGyp && /^python3?$/.test(name))))
  return [
    ...plan.last,
    '',
    `FROM ${plan.image}`,
    ...settings,
    ...(directory === '/' ? [] : [`WORKDIR ${directory}`]),
    ...installLines(packages, plan.image),
    ...plan.copies,
  ]
}

function installLines(packages: readonly string[], image: string): string[] {
  if (packages.length === 0) return []
  if (/alpine/.test(image)) return [`RUN apk add --no-cache ${packages.join(' ')}`]
  return [
    `RUN apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')} && rm -rf /var/lib/apt/lists/*`,
  ]
}

function namesBefore(facts: RewriteFacts, before: readonly EvaluatedInstruction[]): string[] {
  const steps = facts.graph.steps.filter(({instruction}) => before.includes(instruction))
  return listSystemPackages(facts, steps).map(({name}) => name)
}

/** Settings of the image before the cut, which the new stage must say again; null where a value or a user makes that unsure. */
function repeatSettings(facts: RewriteFacts, before: readonly EvaluatedInstruction[]): string[] | null {
  const found: string[] = []
  for (const {keyword, written} of before) {
    if (/^(?:COPY|ADD|RUN|WORKDIR|ARG|MAINTAINER)$/.test(keyword)) continue
    const text = facts.textAt(written.range)
    if (!/^(?:ENV|LABEL|EXPOSE|STOPSIGNAL|VOLUME)$/.test(keyword) || /\$(?!\{?PATH\b)/.test(text)) return null
    found.push(text)
  }
  return found
}

/** The first instruction behind the last step: what is left are settings. */
function cutBehindSteps(facts: RewriteFacts): EvaluatedInstruction | null {
  const {instructions, steps} = facts.graph.target
  const last = steps.findLast(({instruction}) => instruction.keyword !== 'WORKDIR')
  const cut = last === undefined ? undefined : instructions[instructions.indexOf(last.instruction) + 1]
  return cut ?? null
}

/** Steps of a RUN that neither installs for the project, nor builds it, nor works for the system. */
function hasStranger(facts: RewriteFacts, known: RegExp): boolean {
  return listCommands(facts, facts.graph.steps).some(({command}) => {
    const text = command.words.join(' ')
    const isSystem = /^(?:apt-get|apt|apk)$/.test(command.words[0] ?? '')
    return !(
      known.test(text) ||
      isSystem ||
      /^rm -rf \/var\/(?:lib\/apt\/lists|cache)\S*$/.test(text) ||
      (isAside(command, []) && /^(?:corepack|npm config|pip install|echo|set)\b/.test(text))
    )
  })
}

const NODE_COMMAND =
  /^(?:cd \S+|npm (?:ci|install|i|run|cache|prune)\b(?!.* (?:-g|--global)\b).*|yarn\b(?! global).*|pnpm (?:install|i|run|build|prune)\b.*|npx (?:tsc|prisma generate|next build|vite build)\b.*)$/
const NODE_BUILD = /^(?:npm run|yarn (?:run )?|pnpm (?:run )?)\s*(?:build|compile)\S*/

function planNode(facts: RewriteFacts, base: BaseImage): Plan | null {
  const {steps} = describeFinalImage(facts.graph)
  const commands = listCommands(facts, steps).map(({command}) => command)
  const install = commands.find(({words}) =>
    /^(?:npm (?:ci|install|i)|yarn(?: install)?|pnpm (?:install|i))\b/.test(words.join(' ')),
  )
  const cut = cutBehindSteps(facts)
  if (install === undefined || cut === null || hasStranger(facts, NODE_COMMAND)) return null
  const {directory} = install
  const landings = steps.flatMap(({instruction, reads}) =>
    instruction.keyword === 'RUN' ? [] : reads.map(({landing}) => landing.path),
  )
  const root = landings.every((path) => isWithin(path, directory)) ? directory : null
  const text = manifestOf(facts, steps, directory)
  if (root === null || root === '/' || text === null) return null
  const isBuilt = commands.some(({words}) => NODE_BUILD.test(words.join(' ')))
  const packages = namesBefore(facts, facts.graph.target.instructions).filter(
    (name) => isForBuilds(name) || isForPeople(name),
  )
  const hasDevelopment = /"devDependencies"\s*:\s*\{\s*"/.test(text)
  if (packages.length === 0 && !(isBuilt && hasDevelopment)) return null
  const [program = 'npm'] = install.words
  const prunes =
    hasDevelopment &&
    program === 'npm' &&
    !commands.some(({words}) => /prune|--omit=dev|--production/.test(words.join(' ')))
  return {
    language: 'Node',
    image: slimOf(base),
    cut,
    last: prunes ? ['RUN npm prune --omit=dev'] : [],
    copies: [`COPY --from=build ${root} ${root}`],
    left: [...packages, ...(prunes ? ['development packages'] : [])],
    questions: [
      `Does the program need files outside ${root}, or a program of ${base.name}:${base.tag} that ${slimOf(base)} does not have?`,
      ...(prunes ? ['Does the program need a package of devDependencies when it starts?'] : []),
    ],
  }
}

function manifestOf(facts: RewriteFacts, steps: readonly Step[], directory: string): string | null {
  const place = resolveContainerPath(directory, 'package.json')
  const path = steps
    .toReversed()
    .map((step) => facts.sourceOf(step, place))
    .find((one) => one !== null)
  return path === undefined || path === null ? null : (facts.evidence.get(path) ?? null)
}

const PYTHON_COMMAND = /^(?:python3? -m )?pip3? install\b.*/

/** With the source copied behind the packages: the cut stands before it. */
function planPython(facts: RewriteFacts, base: BaseImage): Plan | null {
  const {steps} = facts.graph
  const runs = steps.filter(({instruction}) => instruction.keyword === 'RUN')
  const first = runs.find((step) =>
    facts.commandsOf(step).some(({words}) => PYTHON_COMMAND.test(words.join(' ')) && words.includes('-r')),
  )
  const cut = steps.find(
    (step) => step.index > (runs.at(-1)?.index ?? Infinity) && step.instruction.keyword === 'COPY',
  )
  if (first === undefined || cut === undefined || hasStranger(facts, PYTHON_COMMAND)) return null
  const packages = namesBefore(facts, facts.graph.target.instructions).filter(
    (name) => isForBuilds(name) || isForPeople(name),
  )
  if (packages.length === 0) return null
  const hasOwn = listCommands(facts, steps).some(({command}) =>
    /--(?:user|target|prefix|break-system-packages)\b/.test(command.words.join(' ')),
  )
  if (hasOwn || facts.graph.target.instructions.some(({keyword}) => keyword === 'USER')) return null
  return {
    language: 'Python',
    image: slimOf(base),
    cut: cut.instruction,
    last: [],
    copies: ['COPY --from=build /venv /venv', 'ENV PATH=/venv/bin:$PATH'],
    left: packages,
    questions: [
      `Does a compiled package need a library of ${base.name}:${base.tag} at run time that ${slimOf(base)} does not have?`,
      'Does anything use the path of a Python other than /venv/bin/python?',
    ],
    edits: [insertLines(facts, first.instruction, ['RUN python -m venv /venv', 'ENV PATH=/venv/bin:$PATH'])],
  }
}

/** The start command names one file that a step builds: it is all that the image needs. */
function planArtifact(facts: RewriteFacts, base: BaseImage): Plan | null {
  const start = findStart(facts.graph)
  const cut = cutBehindSteps(facts)
  const {steps, directory} = describeFinalImage(facts.graph)
  const [command] = start?.commands ?? []
  if (start === null || command === undefined || start.commands.length !== 1 || cut === null) return null
  const isJava = base.name === 'maven' || base.name === 'gradle'
  const named = isJava ? command.words[command.words.indexOf('-jar') + 1] : command.words[0]
  if (
    named === undefined ||
    !named.includes('/') ||
    /[*?$]/.test(named) ||
    (isJava && !command.words.includes('-jar'))
  )
    return null
  const artifact = resolveContainerPath(directory, named)
  const isBuilt = listCommands(facts, steps).some(({command: one}) =>
    builds(one.words, one.directory, artifact),
  )
  if (
    !isBuilt ||
    steps.some(
      (step) => facts.sourceOf(step, artifact) !== null && facts.isSent(facts.sourceOf(step, artifact)!),
    )
  )
    return null
  const image = imageFor(base)
  if (image === null) return null
  const certificates = /^debian/.test(image)
    ? ['COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/']
    : []
  return {
    language: isJava ? 'Java' : base.name === 'rust' ? 'Rust' : 'Go',
    image,
    cut,
    last: [],
    copies: [...certificates, `COPY --from=build ${artifact} ${artifact}`],
    left: ['the compiler', 'the source', 'downloaded packages'],
    questions: [
      `Does ${artifact} read any other file of the image when it runs, such as templates, migrations or time zones?`,
      `Does ${image} have the C library that the program is linked with?`,
    ].slice(0, isJava ? 1 : 2),
  }
}

/** Whether a command makes a file at a path. */
function builds(words: readonly string[], directory: string, artifact: string): boolean {
  const text = words.join(' ')
  const [, output] = /\s-o[ =](\S+)/.exec(text) ?? []
  if (/^go (?:build|install)\b/.test(text))
    return output !== undefined && resolveContainerPath(directory, output) === artifact
  if (/^cargo build\b.*--release/.test(text))
    return isWithin(artifact, resolveContainerPath(directory, 'target'))
  if (/^(?:mvn|\.\/mvnw)\b.*\b(?:package|install|verify)\b/.test(text))
    return isWithin(artifact, resolveContainerPath(directory, 'target'))
  return (
    /^(?:gradle|\.\/gradlew)\b.*\b(?:build|bootJar|jar|assemble)\b/.test(text) &&
    isWithin(artifact, resolveContainerPath(directory, 'build/libs'))
  )
}

function imageFor(base: BaseImage): string | null {
  if (base.name === 'golang' || base.name === 'rust') {
    if (isAlpine(base)) return base.tag.replace(/^.*alpine/, 'alpine:').replace(/:$/, '')
    const [release] = /(?:buster|bullseye|bookworm|trixie|forky)/.exec(base.tag) ?? []
    return release === undefined ? 'debian:stable-slim' : `debian:${release}-slim`
  }
  const [, version] = /(?:temurin|jdk|openjdk|corretto)-?(\d+)/.exec(base.tag) ?? []
  return version === undefined ? null : `eclipse-temurin:${version}-jre`
}

/** The image of the same release without compilers. */
export function slimOf({name, tag}: BaseImage): string {
  if (/slim|alpine/.test(tag)) return `${name}:${tag}`
  const [, version = tag, release] = /^(.*?)(?:-(buster|bullseye|bookworm|trixie|forky))?$/.exec(tag) ?? []
  if (tag === 'latest') return `${name}:slim`
  return release === undefined
    ? `${name}:${version}-slim`
    : name === 'node'
      ? `${name}:${version}-${release}-slim`
      : `${name}:${version}-slim-${release}`
}
