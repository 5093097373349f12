import type {EvaluatedInstruction} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {insertLines} from '../../rewrites/final-image.js'
import {isAsideStep} from '../../rewrites/moves/aside.js'
import {findInstall} from '../../rewrites/moves/find-install.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds an argument that is another one for each build, above steps that do not use it. */
const rule: RewriteRule = {
  id: 'changing-arg-early',
  summary: 'Declare an ARG that changes with every build just before its use',
  reason:
    'An argument is in the environment of every RUN after it, used or not: a new commit or date runs all of them again. Proved: no instruction in between names it, and those instructions are installs that read no variable of that name.',
  examples: [
    {
      title: 'a commit above an install',
      dockerfile:
        'FROM node:22\nARG GIT_SHA\nRUN apt-get update && apt-get install -y gcc\nCOPY a.js /\nENV VERSION=$GIT_SHA\n',
      tree: ['a.js'],
      expected: {
        confidence: 'review',
        says: /GIT_SHA/,
        dockerfile:
          'FROM node:22\nRUN apt-get update && apt-get install -y gcc\nCOPY a.js /\nARG GIT_SHA\nENV VERSION=$GIT_SHA\n',
      },
    },
    {
      title: 'used at once',
      dockerfile: 'FROM node:22\nARG GIT_SHA\nRUN echo $GIT_SHA > /version\nRUN apt-get install -y gcc\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a step that may look at it',
      dockerfile: 'FROM node:22\nARG GIT_SHA\nRUN make\nLABEL a=$GIT_SHA\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'an argument that stays',
      dockerfile: 'FROM node:22\nARG NODE_MAJOR=22\nRUN apt-get install -y gcc\nLABEL a=$NODE_MAJOR\n',
      tree: ['a'],
      expected: null,
    },
  ],
  find: (facts) =>
    facts.graph.stages.flatMap(({instructions}) =>
      instructions.flatMap((one) => propose(facts, instructions, one) ?? []),
    ),
}
export default rule

const CHANGES =
  /(?:^|_)(?:SHA\d*|COMMIT|REVISION|REV|DATE|TIME|TIMESTAMP|BUILD_(?:ID|NUMBER|NUM|NO|DATE|TIME)|GIT_\w+|VCS_REF|CACHE_?BUST)(?:_|$)/i

function propose(
  facts: RewriteFacts,
  instructions: readonly EvaluatedInstruction[],
  argument: EvaluatedInstruction,
): ProposedRewrite | null {
  if (argument.keyword !== 'ARG' || argument.isInherited || argument.args.length !== 1) return null
  const name = argument.args[0]!.split('=')[0]!
  if (!CHANGES.test(name)) return null
  const names = new RegExp(`\\b${name}\\b`)
  const behind = instructions.slice(instructions.indexOf(argument) + 1)
  const at = behind.findIndex((one) => names.test(facts.textAt(one.written.range)))
  const user = behind[at]
  const passed = behind.slice(0, Math.max(at, 0))
  const steps = facts.graph.steps.filter(({instruction}) => passed.includes(instruction))
  const runs = steps.filter(({instruction}) => instruction.keyword === 'RUN')
  const isKnown = runs.every(
    (step) => isAsideStep(facts, step, []) || findInstall(facts, step, [])?.tail === null,
  )
  if (user === undefined || user.isInherited || runs.length === 0 || !isKnown) return null
  const text = facts.textAt(argument.written.range)
  return {
    line: argument.line,
    endLine: user.endLine,
    title: `declare ${name} just before line ${user.line}, which uses it`,
    proof: [
      {
        claim: `no instruction in between names ${name}`,
        evidence: `lines ${argument.endLine + 1}–${user.line - 1}`,
      },
      {claim: 'they are installs', evidence: runs.map(({line}) => `${facts.file}:${line}`).join(', ')},
    ],
    questions: [`Does any program in these installs read a variable ${name}?`],
    edits: [{range: facts.linesOf(argument.written), text: ''}, insertLines(facts, user, [text])],
    changes: ['commands', 'settings'],
  }
}
