import type {Step} from '../../../build/graph/build-graph.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {isWithin, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds a recursive chown of what was copied: it stores every file a second time. */
const rule: RewriteRule = {
  id: 'ownership-copy',
  summary: 'Give copied files their owner with COPY --chown',
  reason:
    'A chown -R in a step of its own writes every file below the directory into a second layer, as large as the first. COPY --chown writes them once. Proved: which copies bring files there. What the base image or other steps have put there only a person can tell.',
  examples: [
    {
      title: 'chown -R behind a copy',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN chown -R 1000:1000 /app\nUSER 1000\n',
      tree: ['a.js'],
      expected: {
        confidence: 'review',
        says: /\/app/,
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY --chown=1000:1000 . .\nRUN chown 1000:1000 /app\nUSER 1000\n',
      },
    },
    {
      title: 'several copies, and a user that exists in time',
      dockerfile:
        'FROM debian\nRUN useradd app\nCOPY a /srv/a\nCOPY --link=false b /srv/b\nRUN chown --recursive app /srv\n',
      tree: ['a', 'b'],
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM debian\nRUN useradd app\nCOPY --chown=app a /srv/a\nCOPY --chown=app --link=false b /srv/b\nRUN chown app /srv\n',
      },
    },
    {
      title: 'a user that is made behind the copy',
      dockerfile: 'FROM debian\nCOPY a /srv/a\nRUN useradd app\nRUN chown -R app /srv\n',
      tree: ['a'],
      expected: {confidence: 'review', says: /useradd/},
    },
    {
      title: 'a directory that nothing is copied to',
      dockerfile: 'FROM debian\nCOPY a /srv/a\nRUN chown -R 1000 /var/lib/x\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'not recursive',
      dockerfile: 'FROM debian\nCOPY a /srv/\nRUN chown 1000 /srv\n',
      tree: ['a'],
      expected: null,
    },
  ],
  find: (facts) =>
    facts.graph.steps.flatMap((step) => {
      const found = step.instruction.isInherited ? null : propose(facts, step)
      return found === null ? [] : [found]
    }),
}
export default rule

const OWNER = /^[\w.-]*(?::[\w.-]*)?$/
const RECURSIVE = /^(?:-R|--recursive)$/

function propose(facts: RewriteFacts, step: Step): ProposedRewrite | null {
  const commands = facts.commandsOf(step)
  const [command] = commands
  if (commands.length !== 1 || command === undefined) return null
  const [program, option = '', owner = '', target, ...more] = command.words
  if (program !== 'chown' || !RECURSIVE.test(option) || !OWNER.test(owner) || more.length > 0) return null
  if (target === undefined || /[*?[$]/.test(target)) return null
  const directory = resolveContainerPath(command.directory, target)
  const copies = findCopies(step, directory)
  if (copies.length === 0) return null
  const late = findLateUser(facts, copies[0]!, step, owner)
  return {
    line: copies[0]!.instruction.line,
    endLine: step.instruction.endLine,
    title: `copy with --chown=${owner}, and chown ${directory} itself only`,
    proof: [
      {
        claim: `files come to ${directory} by ${copies.length === 1 ? 'one copy' : `${copies.length} copies`}`,
        evidence: copies.map(({instruction}) => `${facts.file}:${instruction.line}`).join(', '),
      },
    ],
    questions: [
      late === null
        ? `Is there anything else in ${directory} that needs the owner, from the base image or another step?`
        : `${facts.file}:${late.instruction.line} makes the user with useradd or adduser behind the copy: can it come first?`,
    ],
    edits: late === null ? writeEdits(command, copies, owner) : [],
    changes: ['commands', 'owners'],
  }
}

/** The copies before a step of its stage that put something into a directory, and give it no owner. */
function findCopies(step: Step, directory: string): Step[] {
  const before = step.stage.steps.slice(0, step.stage.steps.indexOf(step))
  return before.filter(({instruction, reads}) => {
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return false
    const {flags, isInherited} = instruction
    const isThere = reads.some(({landing}) => isWithin(landing.path, directory))
    return isThere && flags.chown === '' && !flags.link && !isInherited
  })
}

/** A step between the first copy and the chown that makes the user. */
function findLateUser(facts: RewriteFacts, first: Step, last: Step, owner: string): Step | null {
  const name = owner.split(':')[0] ?? ''
  if (/^\d*$/.test(name)) return null
  const {steps} = first.stage
  const between = steps.slice(steps.indexOf(first), steps.indexOf(last))
  return (
    between.find((step) =>
      facts
        .commandsOf(step)
        .some(
          ({words}) => /^(?:user|group)?add(?:user|group)?$/.test(words[0] ?? '') && words.includes(name),
        ),
    ) ?? null
  )
}

function writeEdits({wordRanges}: ShellCommand, copies: readonly Step[], owner: string) {
  const [, option, next] = wordRanges
  if (option === undefined || next === undefined) return []
  const flags = copies.map(({instruction}) => {
    const at = instruction.written.keywordRange.end
    return {range: {start: at, end: at}, text: ` --chown=${owner}`}
  })
  return [...flags, {range: {start: option.start, end: next.start}, text: ''}]
}
