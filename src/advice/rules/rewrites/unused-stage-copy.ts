import type {GraphStage, Read, Step} from '../../../build/graph/build-graph.js'
import {stagesBehind} from '../../../build/graph/query-graph.js'
import {findWord} from '../../../languages/sources/find-word.js'
import {baseName, isWithin} from '../../../languages/text/container-path.js'
import {describeFinalImage, isForDevelopment} from '../../rewrites/final-image.js'
import type {CopyStep} from '../../rewrites/linked-copy.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {findStart} from '../../rewrites/start-command.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds a copy from another stage or image that nothing uses. */
const rule: RewriteRule = {
  id: 'unused-stage-copy',
  summary: 'Copy from another stage only what the image uses',
  reason:
    'A program or a cache that is copied from another stage and never used makes the image larger, and the build waits for that stage. Proved for a stage that others only copy from: no step after the copy can read it, and no stage copies it. Proved for the image: no instruction, no script and no source that was read names it. Not proved: that nothing else uses it.',
  examples: [
    {
      title: 'a package manager in the image that runs',
      dockerfile:
        'FROM python:3.13 AS build\nWORKDIR /app\nCOPY . .\nRUN pip install --target /site .\nFROM python:3.13-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/uv\nCOPY --from=build /site /site\nCMD ["python", "-m", "app"]\n',
      tree: ['pyproject.toml', 'app.py'],
      contents: {'app.py': 'print(1)\n'},
      expected: {
        confidence: 'review',
        says: /calls uv/,
        dockerfile:
          'FROM python:3.13 AS build\nWORKDIR /app\nCOPY . .\nRUN pip install --target /site .\nFROM python:3.13-slim\nCOPY --from=build /site /site\nCMD ["python", "-m", "app"]\n',
      },
    },
    {
      title: 'one that a later RUN calls',
      dockerfile:
        'FROM python:3.13-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/uv\nCOPY . /app\nRUN uv pip install /app\nCMD ["python", "-m", "app"]\n',
      tree: ['pyproject.toml', 'app.py'],
      expected: null,
    },
    {
      title: 'one that a start script calls',
      dockerfile:
        'FROM debian\nCOPY --from=x/gosu /gosu /usr/local/bin/gosu\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
      tree: ['start.sh'],
      contents: {'start.sh': '#!/bin/sh\nexec gosu app "$@"\n'},
      expected: null,
    },
    {
      title: 'a script that was not read',
      dockerfile:
        'FROM debian\nCOPY --from=x/gosu /gosu /usr/local/bin/gosu\nCOPY bin/ /\nENTRYPOINT ["/start"]\n',
      tree: ['bin/start'],
      expected: null,
    },
    {
      title: 'a cache of a compiler',
      dockerfile:
        'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nFROM debian:13\nCOPY --from=build /go/pkg /go/pkg\nCOPY --from=build /app /app\nCMD ["/app"]\n',
      tree: ['main.go', 'go.mod'],
      expected: {confidence: 'review', says: /\/go\/pkg/},
    },
    {
      title: 'files of a stage that nobody takes',
      dockerfile:
        'FROM node:22 AS assets\nRUN mkdir /out\nFROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCOPY --from=assets /out /src/out\nFROM scratch\nCOPY --from=build /app /app\nCMD ["/app"]\n',
      tree: ['main.go'],
      expected: {
        confidence: 'review',
        says: /build/,
        dockerfile:
          'FROM node:22 AS assets\nRUN mkdir /out\nFROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\nCMD ["/app"]\n',
      },
    },
    {
      title: 'files of a stage that a RUN may use',
      dockerfile:
        'FROM node:22 AS assets\nRUN mkdir /out\nFROM golang:1.25 AS build\nWORKDIR /src\nCOPY --from=assets /out /src/out\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\nCMD ["/app"]\n',
      tree: ['main.go'],
      expected: null,
    },
    {
      title: 'what the image is made of',
      dockerfile:
        'FROM node:22 AS build\nRUN npm run build\nFROM nginx:1.29\nCOPY --from=build /dist /usr/share/nginx/html\nCMD ["nginx"]\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'an image for other ones',
      dockerfile: 'FROM debian\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/uv\n',
      tree: ['a'],
      expected: null,
    },
  ],
  find: (facts) => {
    const own = new Set(stagesBehind(facts.graph.target))
    return facts.graph.steps.flatMap((step) => {
      if (!isPlainCopy(step)) return []
      const found = own.has(step.stage) ? proposeInImage(facts, step) : proposeInStage(facts, step)
      return found ?? []
    })
  },
}
export default rule

/** One that takes files from a stage or an image alone. */
function isPlainCopy(step: Step): step is CopyStep {
  const {instruction, reads} = step
  if (instruction.keyword !== 'COPY' || instruction.isInherited || reads.length === 0) return false
  return reads.every(({from, how}) => how === 'copy' && (from.kind === 'stage' || from.kind === 'image'))
}

function propose(facts: RewriteFacts, step: CopyStep, rest: Pick<ProposedRewrite, 'proof' | 'questions'>) {
  const {line, endLine, written} = step.instruction
  const places = step.reads.map(({landing}) => landing.path).join(', ')
  return {
    line,
    endLine,
    title: `remove the copy to ${places}`,
    ...rest,
    edits: [{range: facts.linesOf(written), text: ''}],
    changes: ['commands' as const, 'copies' as const],
  }
}

/** In a stage that others only copy from. */
function proposeInStage(facts: RewriteFacts, step: CopyStep): ProposedRewrite | null {
  const {stage} = step
  const {stages, steps} = facts.graph
  // a stage with a name may be built alone, for what is in it
  const isBase = stages.some(({baseStage}) => baseStage === stage)
  const behind = stage.steps.slice(stage.steps.indexOf(step) + 1)
  const isSeen = behind.some(({instruction}) => instruction.keyword === 'RUN')
  const takers = steps.flatMap((one) => one.reads.filter(({from}) => takesFrom(from, stage)))
  const isTaken = takers.some((read) => step.reads.some(({landing}) => mayTake(read, landing.path)))
  if (isBase || isSeen || isTaken || takers.length === 0) return null
  const name = stage.name ?? `stage ${stage.index}`
  return propose(facts, step, {
    proof: [
      {claim: 'no RUN after the copy can read it', evidence: `${facts.file}:${stage.line}`},
      {
        claim: `no stage copies it from ${name}`,
        evidence: `other stages copy ${[...new Set(takers.map(({path}) => path))].join(', ')}`,
      },
    ],
    questions: [`Is ${name} built by itself anywhere, with --target, because of this?`],
  })
}

function takesFrom(from: Read['from'], stage: GraphStage): boolean {
  if (from.kind === 'stage') return from.stage === stage
  return from.kind === 'context' && from.replacedStage === stage.index
}

function mayTake({path, hasWildcards}: Read, place: string): boolean {
  const start = hasWildcards ? path.slice(0, path.search(/[*?[\\]/)).replace(/[^/]*$/, '') : path
  const from = start.length > 1 ? start.replace(/\/$/, '') : '/'
  return from === '/' || from === place || isWithin(place, from) || isWithin(from, place)
}

const PROGRAMS = /^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]+$/
/** Where compilers and package managers keep what they need, and what they have downloaded. */
const CACHES =
  /^(?:\/root\/\.(?:cache|npm|yarn|m2|gradle|cargo|rustup|nuget|ivy2)|\/go(?:\/pkg)?|\/usr\/local\/(?:cargo|rustup|go)|\/var\/cache|\/tmp)(?:\/|$)/

/** In the image that is built. */
function proposeInImage(facts: RewriteFacts, step: CopyStep): ProposedRewrite | null {
  if (isForDevelopment(facts) || !readsItsStart(facts)) return null
  const names = step.reads.map((read) => nameOf(read))
  if (names.includes(null)) return null
  const known = names.filter((name) => name !== null)
  if (known.some((name) => isNamed(facts, step, name))) return null
  const called = [...new Set(known)].join(', ')
  return propose(facts, step, {
    proof: [
      {
        claim: `nothing names ${called}`,
        evidence: 'no other instruction, and no script or source that was read',
      },
    ],
    questions: [
      `Does anything in the container use ${called}, or do you, in a shell? Nothing that was read calls ${called}`,
    ],
  })
}

/** What a use of a copied program, or of a cache, would have to name; null for all else: libraries and pages need no name. */
function nameOf({path, landing, hasWildcards}: Read): string | null {
  if (hasWildcards) return null
  const place = landing.isDirectory ? `${landing.path.replace(/\/$/, '')}/${baseName(path)}` : landing.path
  if (PROGRAMS.test(place)) return baseName(place)
  return CACHES.test(place) ? place : null
}

/** Whether all that the image starts is known: a script that was not read may call anything. */
function readsItsStart(facts: RewriteFacts): boolean {
  const start = findStart(facts.graph)
  if (start === null) return false
  const {steps} = describeFinalImage(facts.graph)
  const [program = ''] = start.commands[0]?.words ?? []
  if (/(?:^|\/)(?:ba|z|da|a)?sh$/.test(program) && start.commands[0]?.words.length === 1) return false
  const scripts = start.commands.flatMap(({words}) => words.filter((word) => word.includes('/')))
  return scripts.every((place) => {
    const source = steps.map((step) => facts.sourceOf(step, place)).find((one) => one !== null)
    return source === undefined || source === null || facts.evidence.has(source)
  })
}

/** Whether another instruction, a script or a source names something. */
function isNamed(facts: RewriteFacts, {instruction}: CopyStep, name: string): boolean {
  const isIn = findWord(name)
  const others = facts.dockerfile.instructions.filter(({line}) => line !== instruction.line)
  return (
    others.some(({source}) => isIn(source)) ||
    [...facts.evidence].some(([path, text]) => !/\.(?:lock|md)$/.test(path) && isIn(text))
  )
}
