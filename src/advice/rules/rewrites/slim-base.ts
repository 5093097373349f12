import {describeFinalImage, isForDevelopment, listCommands} from '../../rewrites/final-image.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {slimOf, splitStage} from '../../rewrites/stages/split-stage.js'
import {listSystemPackages} from '../../rewrites/stages/system-packages.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds an image that stands on one with compilers. */
const rule: RewriteRule = {
  id: 'slim-base',
  summary: 'Use a base image without compilers for the final image',
  reason:
    'The images node, python and ruby without a suffix have compilers, headers, Git and more: some 900 MB. Their slim variants have the same Debian release and the same C library. Proved: which programs the RUNs of the stage call. Not proved: what packages compile when they are installed, and which libraries they load; build with --verify to see.',
  examples: [
    {
      title: 'Node with plain packages',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\nCOPY . .\nCMD ["node", "a.js"]\n',
      tree: ['package.json', 'package-lock.json', 'a.js'],
      expected: {
        confidence: 'review',
        says: /compile/,
        dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\nCOPY . .\nCMD ["node", "a.js"]\n',
      },
    },
    {
      title: 'the last stage of several, with a release',
      dockerfile:
        'FROM node:22-bookworm AS build\nRUN make\nFROM python:3.13-bookworm AS run\nCOPY --from=build /a /a\nCMD ["python", "/a"]\n',
      tree: ['a'],
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM node:22-bookworm AS build\nRUN make\nFROM python:3.13-slim-bookworm AS run\nCOPY --from=build /a /a\nCMD ["python", "/a"]\n',
      },
    },
    {
      title: 'a RUN that calls a compiler',
      dockerfile: 'FROM python:3.13\nRUN make\nCMD ["python", "/a"]\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a slim one',
      dockerfile: 'FROM node:22-alpine\nCOPY a.js /\nCMD ["node", "/a.js"]\n',
      tree: ['a.js'],
      expected: null,
    },
    {
      title: 'a digest',
      dockerfile: `FROM node:22@sha256:${'a'.repeat(64)}\nCOPY a.js /\nCMD ["node", "/a.js"]\n`,
      tree: ['a.js'],
      expected: null,
    },
  ],
  find: (facts) => {
    const found = propose(facts)
    return found === null ? [] : [found]
  },
}
export default rule

/** Programs that the full image has and its slim one has not. */
const LOST =
  /^(?:make|gcc|g\+\+|cc|c\+\+|cmake|autoconf|git|curl|wget|svn|hg|unzip|bzip2|xz|patch|file|gpg|ssh|ssh-keygen|convert|identify|mysql_config|pg_config|python3?)$/

function propose(facts: RewriteFacts): ProposedRewrite | null {
  const {base, instructions, steps} = describeFinalImage(facts.graph)
  const starts = instructions.some(({keyword}) => keyword === 'CMD' || keyword === 'ENTRYPOINT')
  if (
    isForDevelopment(facts) ||
    !starts ||
    base === null ||
    base.hasDigest ||
    !/^(?:node|python|ruby)$/.test(base.name)
  )
    return null
  if (
    !/^(?:latest|lts|current|\d+(?:\.\d+)*)(?:-(?:buster|bullseye|bookworm|trixie))?$/.test(base.tag) ||
    splitStage(facts) !== null
  )
    return null
  const from = findFrom(facts, base)
  if (from === null) return null
  const installed = new Set(listSystemPackages(facts, steps).map(({name}) => name))
  const called = listCommands(facts, steps).map(({command}) => command.words[0] ?? '')
  const isLost = (program: string) => LOST.test(program) && !installed.has(program) && program !== base.name
  if (called.some((program) => isLost(program) && !(base.name === 'python' && program.startsWith('python'))))
    return null
  const slim = slimOf(base).slice(base.name.length + 1)
  return {
    line: from.line,
    endLine: from.endLine,
    title: `start from ${base.name}:${slim}`,
    proof: [
      {
        claim: `no RUN calls a program that ${base.name}:${slim} does not have`,
        evidence: called.length === 0 ? 'there is none' : [...new Set(called)].slice(0, 8).join(', '),
      },
    ],
    questions: [
      `Does any package compile when it is installed, load a system library, or call Git or curl when it runs? Only ${base.name}:${base.tag} has them`,
    ],
    edits: [{range: from.range, text: `${base.name}:${slim}`}],
  }
}

/** The FROM of the stage at the bottom of the image, if it names the image in plain words. */
function findFrom(facts: RewriteFacts, {name, tag}: {name: string; tag: string}) {
  const froms = facts.dockerfile.instructions.filter(({keyword}) => keyword === 'FROM')
  let {target} = facts.graph
  while (target.baseStage !== null) target = target.baseStage
  const from = froms[target.index]
  const written = from?.args[0] ?? ''
  const isPlain = written === `${name}:${tag}` || (written === name && tag === 'latest')
  if (from === undefined || !isPlain || from.argRanges[0] === undefined) return null
  // another stage that stands on this one may need the compilers
  const isShared = facts.graph.stages.some(
    (stage) => stage.baseStage === target && stage !== facts.graph.target,
  )
  return isShared ? null : {line: from.line, endLine: from.endLine, range: from.argRanges[0]}
}
