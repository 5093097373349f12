import {rootOf} from '../../../build/graph/query-graph.js'
import {mayKeepShell} from '../../facts/image-shell.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {findStart, installsPackages, type StartCommand} from '../../rewrites/start-command.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds a start command of several parts, behind which the shell stays process 1. */
const rule: RewriteRule = {
  id: 'shell-is-pid-1',
  summary: 'Start the last command of a start script with exec',
  reason:
    'A shell that waits for its command does not pass signals on: docker stop waits for its time-out, then kills the container. With a single plain command dash, bash and BusyBox replace themselves by it; after && or ; only bash -c and the sh of Alpine do, that of Debian and Ubuntu does not. Proved: the command is the last one of the script. Not proved: that the program stops on SIGTERM as process 1.',
  examples: [
    {
      title: 'a migration, then the server',
      dockerfile: 'FROM node:22\nCMD npm run migrate && PORT=80 node server.js\n',
      tree: ['server.js'],
      expected: {
        confidence: 'review',
        says: /SIGTERM/,
        dockerfile: 'FROM node:22\nCMD npm run migrate && PORT=80 exec node server.js\n',
      },
    },
    {
      title: 'in a JSON array with a shell',
      dockerfile: 'FROM python:3.13\nENTRYPOINT ["sh", "-c", "./wait.sh; gunicorn app"]\n',
      tree: ['wait.sh'],
      expected: {
        confidence: 'review',
        dockerfile: 'FROM python:3.13\nENTRYPOINT ["sh", "-c", "./wait.sh; exec gunicorn app"]\n',
      },
    },
    {
      title: 'a pipe',
      dockerfile: 'FROM node:22\nCMD node server.js | tee /log\n',
      tree: ['server.js'],
      expected: {confidence: 'review', says: /pipe/},
    },
    {
      title: 'a single command',
      dockerfile: 'FROM node:22\nCMD node server.js --port $PORT\n',
      tree: ['a'],
      expected: null,
    },
    {title: 'exec', dockerfile: 'FROM node:22\nCMD a && exec node server.js\n', tree: ['a'], expected: null},
    {
      title: 'a JSON array',
      dockerfile: 'FROM node:22\nCMD ["node", "server.js"]\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a script that handles signals',
      dockerfile: 'FROM node:22\nCMD trap "kill 0" TERM; a & wait\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a CMD that an ENTRYPOINT is given',
      dockerfile: 'FROM node:22\nENTRYPOINT ["tini", "--"]\nCMD a && b\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'bash, which starts the last command in its place',
      dockerfile: 'FROM debian\nSHELL ["/bin/bash", "-c"]\nCMD ./migrate && ./api\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'the shell of Alpine, which does so, too',
      dockerfile: 'FROM node:22-alpine\nCMD ./migrate && ./api\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a stage that is not the image',
      dockerfile: 'FROM node:22 AS a\nCMD a && b\nFROM scratch\nCOPY --from=a /x /x\n',
      tree: ['a'],
      expected: null,
    },
  ],
  find: (facts) => {
    const start = findStart(facts.graph)
    const found = start === null ? null : propose(start, facts)
    return found === null ? [] : [found]
  },
}
export default rule

/** Some shells start the last command of a list in their own place: then it is process 1 already. */
function execsLast({graph}: RewriteFacts, shell: string): boolean {
  if (/(?:^|\/)(?:bash|zsh|ash)$/.test(shell)) return true
  const root = rootOf(graph.target.end)
  return /(?:^|\/)sh$/.test(shell) && root.kind === 'image' && !mayKeepShell(root.image)
}

function shellOf({state, args}: StartCommand['instruction'], isShell: boolean): string {
  return (isShell ? state.shell?.[0] : args[0]) ?? '/bin/sh'
}

const BUILDS = /^(?:npm run|yarn(?: run)?|pnpm(?: run)?|bun run) build\b/

/** They run in the shell itself, or wait for others. */
const BUILT_IN =
  /^(?:exec|trap|wait|\.|source|eval|cd|set|export|unset|umask|ulimit|exit|return|read|true|false|:|test|\[|echo|printf|alias|shift|local)$/

function propose(
  {instruction, isShell, script, commands}: StartCommand,
  facts: RewriteFacts,
): ProposedRewrite | null {
  const last = commands.at(-1)
  if (commands.length < 2 || last === undefined || execsLast(facts, shellOf(instruction, isShell)))
    return null
  if (commands.some(({words}) => /^(?:trap|wait|exec)$/.test(words[0] ?? ''))) return null
  // what installs at each start is for a RUN: what is left may be one command
  if (
    commands
      .slice(0, -1)
      .every((command) => installsPackages(command) || BUILDS.test(command.words.join(' ')))
  )
    return null
  const text = isShell ? script.text : facts.textAt(script.origin)
  const program = last.words[0] ?? ''
  if (BUILT_IN.test(program)) return null
  const isPiped = /(?<!\|)\|(?!\|)/.test(text)
  const between = facts.textAt({start: commands.at(-2)!.range.end, end: last.range.start})
  const isLast = isShell
    ? last.range.end === script.origin.end
    : /^"\s*\]?$/.test(facts.textAt({start: last.range.end, end: script.origin.end + 1}))
  const canExec = !isPiped && isLast && last.isCertain && /^[\s\\`]*(?:&&|;)[\s\\`]*$/.test(between)
  const at = last.wordRanges[0]?.start ?? last.range.start
  return {
    line: instruction.line,
    endLine: instruction.endLine,
    title: canExec ? `start ${program} with exec` : `start ${program} without a shell that waits for it`,
    proof: [
      {
        claim: 'a shell stays process 1',
        evidence: `${instruction.keyword} has ${commands.length} commands, and none of them is started with exec`,
      },
    ],
    questions: [
      isPiped
        ? `Both sides of a pipe are child processes of the shell: does ${program} need the pipe?`
        : `Does ${program} stop on SIGTERM as process 1? If not, start the container with --init`,
    ],
    edits: canExec ? [{range: {start: at, end: at}, text: 'exec '}] : [],
    changes: ['start'],
  }
}
