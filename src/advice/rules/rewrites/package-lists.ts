import type {Step} from '../../../build/graph/build-graph.js'
import {scriptOf} from '../../../languages/dockerfile/syntax/inner-text.js'
import {describeFinalImage} from '../../rewrites/final-image.js'
import {hasPosixShell} from '../../rewrites/moves/aside.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Joins apt-get update to the install behind it, which then removes the lists. */
const rule: RewriteRule = {
  id: 'package-lists',
  summary: 'Update, install and remove the package lists in one RUN',
  reason:
    'A separate RUN for apt-get update leaves some 20 MB of lists in its layer, even if a later RUN removes them. And when only the install changes, it uses old lists from the cache, until the packages in them no longer exist and the build fails. Proved: the steps follow each other with the same user, variables and shell, and no later RUN installs without an update. Not proved: that no program reads the lists.',
  examples: [
    {
      title: 'an update, then installs',
      dockerfile:
        'FROM debian\nRUN apt-get update\nRUN apt-get install -y curl\nRUN apt-get install -y gcc git\nCOPY a /\n',
      tree: ['a'],
      expected: {
        confidence: 'review',
        says: /lists/,
        dockerfile:
          'FROM debian\nRUN apt-get update \\\n && apt-get install -y curl \\\n && apt-get install -y gcc git \\\n && rm -rf /var/lib/apt/lists/*\nCOPY a /\n',
      },
    },
    {
      title: 'an install behind another instruction',
      dockerfile: 'FROM debian\nRUN apt-get update\nCOPY a /etc/\nRUN apt-get install -y curl\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'an install that needs the lists later',
      dockerfile:
        'FROM debian\nRUN apt-get update\nRUN apt-get install -y curl\nCOPY a /\nRUN apt-get install -y git\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a cache mount for the lists',
      dockerfile:
        'FROM debian\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get update\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get install -y curl\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'one RUN',
      dockerfile: 'FROM debian\nRUN apt-get update && apt-get install -y curl\n',
      tree: ['a'],
      expected: null,
    },
  ],
  find: (facts) => {
    const {steps} = describeFinalImage(facts.graph)
    return steps.flatMap((step) => propose(facts, step) ?? [])
  },
}
export default rule

function propose(facts: RewriteFacts, update: Step): ProposedRewrite | null {
  if (!isPlain(facts, update, /^apt(?:-get)? (?:-\S+ )*update(?: -\S+)*$/)) return null
  const {instructions, steps} = update.stage
  const at = instructions.indexOf(update.instruction)
  const installs: Step[] = []
  for (const instruction of instructions.slice(at + 1)) {
    const step = steps.find((one) => one.instruction === instruction)
    if (step === undefined || !isPlain(facts, step, /^apt(?:-get)? (?:-\S+ )*install\b/)) break
    installs.push(step)
  }
  const last = installs.at(-1)
  if (last === undefined || needsLists(facts, last)) return null
  const {escapeCharacter} = facts.dockerfile
  const next = ` ${escapeCharacter}${facts.lineEnd} && `
  const end = update.instruction.written.range.end
  const text = [
    ...installs.map(({instruction}) => facts.textAt(scriptOf(instruction.written).origin)),
    'rm -rf /var/lib/apt/lists/*',
  ]
  return {
    line: update.line,
    endLine: last.instruction.endLine,
    title: 'update, install and remove the package lists in one RUN',
    proof: [
      {
        claim: 'the steps follow each other',
        evidence: 'nothing is in between: user, variables and shell are the same',
      },
      {
        claim: 'no step needs the lists later',
        evidence: 'no later RUN of the image installs with apt without an update',
      },
    ],
    questions: ['Does anything read /var/lib/apt/lists when a container runs?'],
    edits: [
      {range: {start: end, end}, text: text.map((one) => next + one).join('')},
      ...installs.map(({instruction}) => ({range: facts.linesOf(instruction.written), text: ''})),
    ],
    changes: ['commands'],
  }
}

/** A RUN of one command, in a shell, without flags. */
function isPlain(facts: RewriteFacts, step: Step, call: RegExp): boolean {
  const {instruction} = step
  if (instruction.keyword !== 'RUN' || instruction.isInherited || instruction.isJson || !hasPosixShell(step))
    return false
  const {written} = instruction
  if (written.flags.length > 0 || written.heredocs.length > 0) return false
  const commands = facts.commandsOf(step)
  const script = scriptOf(written)
  const isWhole =
    commands[0]?.range.start === script.origin.start && commands.at(-1)?.range.end === script.origin.end
  return (
    commands.length === 1 && isWhole && !/[#\n]/.test(script.text) && call.test(commands[0]!.words.join(' '))
  )
}

function needsLists(facts: RewriteFacts, last: Step): boolean {
  return facts.graph.steps.some((step) => {
    const text = facts
      .commandsOf(step)
      .map(({words}) => words.join(' '))
      .join('\n')
    return (
      step.index > last.index &&
      /\bapt(?:-get)? (?:-\S+ )*install\b/.test(text) &&
      !/\bapt(?:-get)? (?:-\S+ )*update\b/.test(text)
    )
  })
}
