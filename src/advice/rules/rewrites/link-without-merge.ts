import type {BuildGraph, Read, Step} from '../../../build/graph/build-graph.js'
import {chainOf} from '../../../build/graph/query-graph.js'
import type {TextEdit} from '../../../languages/dockerfile/edit/apply-edits.js'
import {isWithin} from '../../../languages/text/container-path.js'
import {type CopyStep, listLinkedCopies} from '../../rewrites/linked-copy.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds a linked copy behind a step that changes more often than it. */
const rule: RewriteRule = {
  id: 'link-without-merge',
  summary: 'Put COPY --link before steps that change more often',
  reason:
    'COPY --link does not depend on earlier layers, so it stays in the cache when one changes; but only if the image store can merge layers. With the classic store --link has no effect: after a copy of the source the linked copy runs again with every change, and is a new layer that each deploy pulls. Before the copy of the source it stays in the cache with every store. Proved: what changes before it, and that the copies in between write to other places. Not known: what the RUNs in between do there.',
  examples: [
    {
      title: 'packages behind the source',
      dockerfile:
        'FROM node:22 AS deps\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nFROM node:22-slim\nWORKDIR /app\nCOPY . .\n# what npm has installed\nCOPY --link --from=deps /app/node_modules ./node_modules\nCMD ["node", "a.js"]\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      expected: {
        confidence: 'review',
        says: /before line 7/,
        dockerfile:
          'FROM node:22 AS deps\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nFROM node:22-slim\nWORKDIR /app\n# what npm has installed\nCOPY --link --from=deps /app/node_modules ./node_modules\nCOPY . .\nCMD ["node", "a.js"]\n',
      },
    },
    {
      title: 'the source behind packages',
      dockerfile:
        'FROM node:22 AS deps\nWORKDIR /app\nCOPY package.json ./\nRUN npm i\nFROM node:22-slim\nCOPY --link --from=deps /app/node_modules /app/node_modules\nCOPY --link . /app\n',
      tree: ['package.json', 'a.js'],
      expected: null,
    },
    {
      title: 'a copy that the source lays something over',
      dockerfile:
        'FROM node:22 AS deps\nRUN npm i -g x\nFROM node:22-slim\nCOPY . /app\nCOPY --link --from=deps /x /app/node_modules\n',
      tree: ['node_modules/x/a.js', 'a.js'],
      expected: null,
    },
    {
      title: 'a directory of another step between',
      dockerfile:
        'FROM debian\nCOPY . /src\nRUN make -C /src\nCOPY --link --from=busybox /bin/busybox /x/busybox\n',
      tree: ['Makefile', 'a.c'],
      expected: {
        confidence: 'review',
        says: /line 3/,
        dockerfile:
          'FROM debian\nCOPY --link --from=busybox /bin/busybox /x/busybox\nCOPY . /src\nRUN make -C /src\n',
      },
    },
    {
      title: 'a variable between',
      dockerfile: 'FROM debian\nCOPY . /src\nENV A=/x\nCOPY --link --from=busybox /bin/busybox $A/busybox\n',
      tree: ['a.c'],
      expected: {confidence: 'review', says: /ENV/},
    },
  ],
  find: (facts) => listLinkedCopies(facts.graph).flatMap((step) => propose(facts, step) ?? []),
}
export default rule

function propose(facts: RewriteFacts, step: CopyStep): ProposedRewrite | null {
  if (step.reads.length === 0 || changesOften(facts, step)) return null
  const before = step.stage.steps.slice(0, step.stage.steps.indexOf(step))
  const first = before.find((one) => changesOften(facts, one))
  if (first === undefined || first.instruction.isInherited) return null
  const between = before.slice(before.indexOf(first))
  if (step.reads.some((read) => between.some((one) => meets(facts, one, read)))) return null
  const {instructions} = step.stage
  const passed = instructions.slice(
    instructions.indexOf(first.instruction),
    instructions.indexOf(step.instruction),
  )
  const setting = passed.find(({keyword}) => /^(?:WORKDIR|ENV|ARG)$/.test(keyword))
  const runs = between.filter(({instruction}) => instruction.keyword === 'RUN')
  const places = step.reads.map(({landing}) => landing.path).join(', ')
  const questions = [
    `May it be before line ${first.line}? With the containerd image store --link already has the same effect`,
    ...runs.map(({line}) => `Does the RUN of line ${line} read or change ${places}?`),
    ...(setting === undefined
      ? []
      : [
          `Does the copy use what ${setting.keyword} of line ${setting.line} sets? If so, move that line, too`,
        ]),
  ]
  return {
    line: first.line,
    endLine: step.instruction.endLine,
    title: `copy to ${places} before line ${first.line}, which changes more often`,
    proof: [
      {claim: `line ${first.line} changes with the source`, evidence: `${facts.file}:${first.line}`},
      {claim: 'the copy does not', evidence: `${facts.file}:${step.line} takes ${describe(step.reads[0]!)}`},
    ],
    questions,
    edits: setting === undefined ? moveBefore(facts, step, first) : [],
  }
}

function describe({from, source}: Read): string {
  if (from.kind === 'stage') return `${source} of ${from.stage.name ?? `stage ${from.stage.index}`}`
  return from.kind === 'image' ? `${source} of ${from.image}` : source
}

/** Whether a step reads, or stands on a stage that reads, whole directories of the context. */
function changesOften({graph, tree}: RewriteFacts, step: Step): boolean {
  const seen = new Set<Step>()
  const visit = (one: Step): boolean => {
    if (seen.has(one)) return false
    seen.add(one)
    return one.reads.some(({from, path}) => {
      if (from.kind === 'stage') return chainOf(stageEnd(graph, from.stage.index)).some(visit)
      if (from.kind !== 'context') return false
      const entry = path === '/' ? 0 : tree.find(path.slice(1))
      return path === '/' || /\*$/.test(path) || (entry >= 0 && tree.isDirectory(entry))
    })
  }
  return visit(step)
}

function stageEnd({stages}: BuildGraph, index: number) {
  return stages[index]!.end
}

/** Whether a step puts something to a place where a read lands, or around it. */
function meets(facts: RewriteFacts, step: Step, {landing}: Read): boolean {
  if (step.instruction.keyword === 'RUN') return false
  return step.reads.some((read) => {
    const isBelow = isWithin(read.landing.path, landing.path) || read.landing.path === landing.path
    if (isBelow || !isWithin(landing.path, read.landing.path)) return isBelow
    if (read.from.kind !== 'context' || read.from.name !== null) return true
    const source = facts.sourceOf(step, landing.path)
    return source === null || facts.sendsAnyOf(source)
  })
}

/** With the comments that stand right above it. */
function moveBefore(facts: RewriteFacts, {instruction}: CopyStep, first: Step): TextEdit[] {
  const {text} = facts.dockerfile
  const own = facts.linesOf(instruction.written)
  let {start} = own
  for (;;) {
    const lineStart = text.lastIndexOf('\n', start - 2) + 1
    if (start === 0 || !/^[ \t]*#/.test(text.slice(lineStart, start))) break
    start = lineStart
  }
  const moved = text.slice(start, own.end)
  const target = facts.linesOf(first.instruction.written).start
  return [
    {range: {start, end: own.end}, text: ''},
    {range: {start: target, end: target}, text: moved.endsWith('\n') ? moved : moved + facts.lineEnd},
  ]
}
