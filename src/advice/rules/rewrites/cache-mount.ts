import type {Step} from '../../../build/graph/build-graph.js'
import {rootOf, stepsBehind} from '../../../build/graph/query-graph.js'
import type {TextEdit} from '../../../languages/dockerfile/edit/apply-edits.js'
import type {RunInstruction} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {isWithin, resolveContainerPath} from '../../../languages/text/container-path.js'
import {PACKAGE_CACHES, type PackageCache} from '../../rewrites/caches/package-caches.js'
import {findImageBuild, isAlpine, isForDevelopment, splitImage} from '../../rewrites/final-image.js'
import {chainBefore} from '../../rewrites/moves/chain-before.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {findStart} from '../../rewrites/start-command.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds installs and builds that would keep their downloads in a mount. */
const rule: RewriteRule = {
  id: 'cache-mount',
  summary: 'Keep the downloads of a package manager in a cache mount',
  reason:
    'The downloads of pip, npm, Poetry and apt, and what pnpm add reads of a registry, stay in the layer beside the installed files, and nothing reads them again; and a compiler of Go, Rust or Java starts from zero after each edit. In a cache mount these files are in no layer, and the next build on the same builder finds them. Reported if an image keeps such files, or if a compile step is after the copy of the source; not if an option, a variable or a later command already avoids it. Proved: which steps fill the cache, and that no other instruction names it. On a machine that is new for each build the mount is empty.',
  examples: [
    {
      title: 'what pip and npm download, in the image that runs',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nRUN apt-get install -y npm && rm -rf /var/lib/apt/lists/*\nCOPY requirements.txt package.json package-lock.json ./\nRUN pip install -r requirements.txt\nRUN npm ci\nCOPY . .\n',
      tree: ['requirements.txt', 'package.json', 'package-lock.json', 'a.py'],
      expected: {
        confidence: 'review',
        says: /new for each build/,
        dockerfile:
          'FROM python:3.13\nWORKDIR /app\nRUN apt-get install -y npm && rm -rf /var/lib/apt/lists/*\nCOPY requirements.txt package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\nRUN --mount=type=cache,target=/root/.npm npm ci\nCOPY . .\n',
      },
    },
    {
      title: 'a build of Go behind its modules',
      dockerfile:
        'FROM golang:1.24 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /a .\nFROM scratch\nCOPY --from=build /a /a\n',
      tree: ['go.mod', 'go.sum', 'a.go'],
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM golang:1.24 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o /a .\nFROM scratch\nCOPY --from=build /a /a\n',
      },
    },
    {
      title: 'a build with Maven, which two builds at once would confuse',
      dockerfile:
        'FROM maven:3-eclipse-temurin-21 AS build\nWORKDIR /src\nCOPY . .\nRUN mvn -B package\nFROM eclipse-temurin:21-jre\nCOPY --from=build /src/target/a.jar /a.jar\n',
      tree: ['pom.xml', 'src/main/java/A.java'],
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM maven:3-eclipse-temurin-21 AS build\nWORKDIR /src\nCOPY . .\nRUN --mount=type=cache,target=/root/.m2/repository,sharing=locked mvn -B package\nFROM eclipse-temurin:21-jre\nCOPY --from=build /src/target/a.jar /a.jar\n',
      },
    },
    {
      title: 'packages of the system, whose lists stay in the layer',
      dockerfile: 'FROM debian:13\nRUN apt-get update && apt-get install -y gcc\nCOPY a /\n',
      tree: ['a'],
      expected: {
        confidence: 'review',
        says: /docker-clean/,
        dockerfile:
          'FROM debian:13\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y gcc\nCOPY a /\n',
      },
    },
    {
      title: 'packages of the system whose lists go',
      dockerfile:
        'FROM debian:13\nRUN apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*\nCOPY a /\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'an option that keeps nothing, a variable, and a command that empties the cache',
      dockerfile:
        'FROM python:3.13\nENV PIP_NO_CACHE_DIR=1\nCOPY r.txt package.json /\nRUN pip install -r /r.txt\nRUN npm ci && npm cache clean --force\n',
      tree: ['package.json'],
      expected: null,
    },
    {
      title: 'a stage that is only copied from: what lies about in it costs nothing',
      dockerfile:
        'FROM python:3.13 AS build\nCOPY r.txt /\nRUN pip install -r /r.txt\nFROM python:3.13\nCOPY --from=build /usr/local/lib /usr/local/lib\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'packages that an earlier step has fetched: a mount would hide them',
      dockerfile:
        'FROM maven:3-eclipse-temurin-21 AS build\nWORKDIR /src\nCOPY pom.xml .\nRUN mvn dependency:go-offline\nCOPY . .\nRUN mvn package\nFROM eclipse-temurin:21-jre\nCOPY --from=build /src/target/a.jar /a.jar\n',
      tree: ['pom.xml', 'src/A.java'],
      expected: null,
    },
    {
      title: 'another user, whose home is elsewhere',
      dockerfile: 'FROM python:3.13\nCOPY r.txt /\nUSER app\nRUN pip install -r /r.txt\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a tool by its name',
      dockerfile: 'FROM node:22\nRUN npm install -g pnpm\nCOPY a /\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'what pnpm reads of a registry, and what npm leaves besides',
      dockerfile: 'FROM node:22\nRUN npm install -g pnpm\nRUN pnpm add -g prettier eslint\nCOPY a /\n',
      tree: ['a'],
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM node:22\nRUN --mount=type=cache,target=/root/.npm npm install -g pnpm\nRUN --mount=type=cache,target=/root/.cache/pnpm pnpm add -g prettier eslint\nCOPY a /\n',
      },
    },
    {
      title: 'a mount that is there',
      dockerfile:
        'FROM python:3.13\nCOPY r.txt /\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r /r.txt\n',
      tree: ['a'],
      expected: null,
    },
  ],
  find: (facts) =>
    isForDevelopment(facts)
      ? []
      : facts.graph.stages.flatMap(({steps}) => {
          const uses = steps.flatMap((step) => findUses(facts, step))
          return uses.every(({isSmall}) => isSmall) ? [] : [describe(facts, uses)]
        }),
}
export default rule

/** A RUN that fills a cache. */
interface CacheUse {
  step: Step & {instruction: RunInstruction}
  cache: Pick<PackageCache, 'program' | 'targets' | 'stake' | 'sharing'>
  /** Besides the mounts. */
  edits: readonly TextEdit[]
  questions: readonly string[]
  /** Some tools by their names leave little: it goes along with others, and is no change of its own. */
  isSmall: boolean
}

function findUses(facts: RewriteFacts, step: Step): CacheUse[] {
  if (!isRun(step) || step.instruction.isInherited || !runsAsRoot(step)) return []
  const commands = facts.commandsOf(step)
  const found = PACKAGE_CACHES.filter((cache) => fills(facts, step, commands, cache)).map((cache) => ({
    step,
    cache,
    edits: [],
    questions: [],
    isSmall: !callsOf(commands, cache).some(isWorthWhile),
  }))
  const apt = findApt(facts, step, commands)
  return apt === null ? found : [apt, ...found]
}

function isRun(step: Step): step is CacheUse['step'] {
  return step.instruction.keyword === 'RUN'
}

function runsAsRoot({instruction}: Step): boolean {
  const {user} = instruction.state
  return user === null || /^(?:root|0)(?::|$)/.test(user)
}

function fills(
  facts: RewriteFacts,
  step: CacheUse['step'],
  commands: readonly ShellCommand[],
  cache: PackageCache,
): boolean {
  const calls = callsOf(commands, cache)
  const isOff = calls.some(
    ({words, env}) =>
      cache.off.test(words.join(' ')) || [...env.keys()].some((name) => cache.moved.test(name)),
  )
  if (calls.length === 0 || isOff || isMounted(step, cache.targets)) return false
  const root = rootOf(step.base)
  const {name} = splitImage(root.kind === 'image' ? root.image : '')
  if (root.kind !== 'image' || (cache.base !== undefined && !cache.base.test(name))) return false
  const isAtStake =
    cache.stake === 'bytes' ? isInImage(facts, step) : isBehindSource(facts, step) && !isStarted(facts, cache)
  return isAtStake && !isCleaned(facts, step, cache) && !isNamed(facts, step, cache)
}

function callsOf(commands: readonly ShellCommand[], {call}: PackageCache): ShellCommand[] {
  return commands.filter(({words}) => call.test(words.join(' ')))
}

/** Some tools by their names leave little; a whole project, or a list of packages, leaves much. */
function isWorthWhile({words}: ShellCommand): boolean {
  const call = words.join(' ')
  if (!BY_NAME.test(call)) return true
  if (/ (?:-g|--global)\b/.test(call)) return false
  const names = words.slice(words.lastIndexOf('install') + 1).filter((word) => !word.startsWith('-'))
  return / (?:-r|--requirement|\.)/.test(call) || names.length === 0 || names.length >= MIN_NAMES
}

const BY_NAME = /^(?:npm (?:install|i|add)|\S*pip[\d.]* install|\S*python[\d.]* -m pip install)\b/
const MIN_NAMES = 3

/** A mount at the cache, around it or in it. */
function isMounted({instruction}: CacheUse['step'], targets: readonly string[]): boolean {
  return instruction.mounts.some(({target}) => {
    const place = resolveContainerPath(instruction.state.directory, target)
    return targets.some((one) => isWithin(one, place) || isWithin(place, one))
  })
}

/** Of the build's own image: what another stage has too much nobody pulls. */
function isInImage({graph, isMain}: RewriteFacts, step: Step): boolean {
  return isMain && stepsBehind(graph.target).includes(step)
}

/** A copy of more than some files stands before it: an edit of a source runs it again. */
function isBehindSource({tree}: RewriteFacts, step: Step): boolean {
  return chainBefore(step).some(({reads}) =>
    reads.some(({from, how, path}) => {
      if (how !== 'copy' || from.kind !== 'context' || from.name !== null) return false
      const entry = tree.find(path.slice(1))
      return path === '/' || (entry >= 0 && tree.isDirectory(entry))
    }),
  )
}

/** What a container starts would miss what the image no longer has. */
function isStarted({graph}: RewriteFacts, {program}: PackageCache): boolean {
  return (findStart(graph)?.commands ?? []).some(({words}) => words.some((word) => word.includes(program)))
}

/** The same step or a later one on top of it empties the cache. */
function isCleaned(facts: RewriteFacts, step: Step, {cleaned}: PackageCache): boolean {
  return facts.graph.steps
    .filter((one) => one === step || chainBefore(one).includes(step))
    .some((one) => facts.commandsOf(one).some(({words}) => cleaned.test(words.join(' '))))
}

/** Another instruction names the cache, or an earlier step fills it for this one. */
function isNamed(facts: RewriteFacts, step: Step, {targets, ahead}: PackageCache): boolean {
  const names = targets.map((target) => target.replace(/^\/root\//, ''))
  const isTold = facts.dockerfile.instructions.some(({source}) => names.some((name) => source.includes(name)))
  if (isTold || ahead === undefined) return isTold
  return chainBefore(step).some((one) => facts.commandsOf(one).some(({words}) => ahead.test(words.join(' '))))
}

const APT = {
  program: 'apt',
  targets: ['/var/cache/apt', '/var/lib/apt'],
  sharing: 'locked',
  stake: 'bytes',
} as const
const CLEAN = 'rm -f /etc/apt/apt.conf.d/docker-clean'

/** An update with an install in one RUN that leaves its lists in the image. */
function findApt(
  facts: RewriteFacts,
  step: CacheUse['step'],
  commands: readonly ShellCommand[],
): CacheUse | null {
  const root = rootOf(step.base)
  const calls = commands.map(({words}) => words.join(' '))
  const [first] = commands
  const updates = calls.some((call) => /^apt(?:-get)? (?:-\S+ )*update\b/.test(call))
  const installs = calls.some((call) => /^apt(?:-get)? (?:-\S+ )*install\b/.test(call))
  if (!updates || !installs || first === undefined || isMounted(step, APT.targets)) return null
  if (root.kind !== 'image' || isAlpine(splitImage(root.image)) || !isInImage(facts, step)) return null
  const isTold = facts.dockerfile.instructions.some(({source}) =>
    /\/var\/(?:lib|cache)(?:\/apt)?(?:[\s/'"*]|$)|docker-clean|Keep-Downloaded|apt(?:-get)? (?:-\S+ )*clean\b/.test(
      source,
    ),
  )
  if (isTold || step.instruction.isJson || step.instruction.written.heredocs.length > 0) return null
  return {
    step,
    cache: APT,
    edits: [{range: {start: first.range.start, end: first.range.start}, text: `${CLEAN} && `}],
    questions: [
      'Does the base image have /etc/apt/apt.conf.d/docker-clean, which empties the mount, as those of Debian and Ubuntu do? The RUN removes it',
    ],
    isSmall: false,
  }
}

function describe(facts: RewriteFacts, uses: readonly CacheUse[]): ProposedRewrite {
  const programs = [...new Set(uses.map(({cache}) => cache.program))]
  const isInLayers = uses.some(({cache}) => cache.stake === 'bytes')
  const machine = findImageBuild(facts)
  return {
    line: uses[0]!.step.line,
    endLine: uses.at(-1)!.step.instruction.endLine,
    title: isInLayers
      ? `keep the downloads of ${programs.join(', ')} in a cache mount, not in the image`
      : `keep the build cache of ${programs.join(', ')} in a cache mount`,
    proof: programs.map((program) => claim(facts, uses, program)),
    questions: [
      ...new Set(uses.flatMap(({questions, step, cache}) => [...questions, ...askAboutHome(step, cache)])),
      `Does the next build run on the same machine? On a machine that is new for each build${machine === null ? '' : `, as in ${machine.path}:${machine.line}`}, the mount is empty`,
    ],
    edits: uses.flatMap(write),
    changes: ['commands'],
  }
}

function claim(facts: RewriteFacts, uses: readonly CacheUse[], program: string) {
  const own = uses.filter(({cache}) => cache.program === program)
  const {stake, targets} = own[0]!.cache
  const lines = own.map(({step}) => `${facts.file}:${step.line}`).join(', ')
  return stake === 'bytes'
    ? {
        claim: `${program} leaves ${program === 'apt' ? 'its lists, some 20 MB below /var/lib/apt,' : targets.join(' and ')} in the image`,
        evidence: `${lines}: no option, variable or later command removes it`,
      }
    : {
        claim: `after each edit ${program} starts from zero`,
        evidence: `${lines} is after the copy of the source, and ${targets.join(', ')} is as it was before the first build`,
      }
}

/** The home directory of root is known in the official images. */
function askAboutHome({base, instruction}: Step, {targets}: CacheUse['cache']): string[] {
  const root = rootOf(base)
  if (!targets.some((target) => target.startsWith('/root/'))) return []
  if (root.kind !== 'image' || splitImage(root.image).isOfficial || instruction.state.user !== null) return []
  return [`Does ${root.image} run as root, with /root as its home?`]
}

/** Mounts stand first among the flags. */
function write({step, cache, edits}: CacheUse): TextEdit[] {
  const {end} = step.instruction.written.keywordRange
  const mounts = cache.targets.map(
    (target) =>
      ` --mount=type=cache,target=${target}${cache.sharing === undefined ? '' : `,sharing=${cache.sharing}`}`,
  )
  return [{range: {start: end, end}, text: mounts.join('')}, ...edits]
}
