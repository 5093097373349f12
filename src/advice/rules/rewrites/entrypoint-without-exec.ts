import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {findStart} from '../../rewrites/start-command.js'
import {findStartScript, lineOf} from '../../rewrites/start-script.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds a start script that waits for its last command, and so keeps signals from it. */
const rule: RewriteRule = {
  id: 'entrypoint-without-exec',
  summary: 'Start the last command of an entrypoint script with exec',
  reason:
    'A shell that runs a script file waits for its last command and does not pass signals on: docker stop waits for its time-out, then kills the container. Proved: the container starts this script, and its last command is a plain one. Not proved: that the program stops on SIGTERM as process 1. The script is not edited.',
  examples: [
    {
      title: 'a script of one command',
      dockerfile: 'FROM python:3.13\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
      tree: ['start.sh'],
      contents: {'start.sh': '#!/bin/sh\nset -e\n./wait.sh\npython -m app\n'},
      expected: {confidence: 'review', says: /python/},
    },
    {
      title: 'behind tini, in the working directory',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["sh", "bin/start.sh"]\n',
      tree: ['bin/start.sh'],
      contents: {'bin/start.sh': '#!/usr/bin/env bash\nnode server.js'},
      expected: {confidence: 'review', says: /node/},
    },
    {
      title: 'exec',
      dockerfile: 'FROM node:22\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
      tree: ['start.sh'],
      contents: {'start.sh': '#!/bin/sh\n./migrate\nexec "$@"\n'},
      expected: null,
    },
    {
      title: 'a script that handles signals',
      dockerfile: 'FROM node:22\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
      tree: ['start.sh'],
      contents: {'start.sh': '#!/bin/sh\ntrap "kill 0" TERM\nnode a.js\n'},
      expected: null,
    },
    {
      title: 'a script that ends with a function of its own',
      dockerfile: 'FROM node:22\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
      tree: ['start.sh'],
      contents: {'start.sh': '#!/bin/sh\nserve() {\n  while true; do node a.js; done\n}\nserve\n'},
      expected: null,
    },
    {
      title: 'a script that ends with work of its own',
      dockerfile: 'FROM node:22\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
      tree: ['start.sh'],
      contents: {'start.sh': '#!/bin/sh\nnode a.js\necho done\n'},
      expected: null,
    },
  ],
  find: (facts) => {
    const found = propose(facts)
    return found === null ? [] : [found]
  },
}
export default rule

/** They end at once, or run in the shell itself. */
const NO_SERVER =
  /^(?:exec|trap|wait|\.|source|eval|cd|set|export|unset|umask|exit|return|read|true|false|:|test|\[|\[\[|echo|printf|cat|sleep|chmod|chown|mkdir|cp|mv|rm|ln|touch|sed|grep|awk|curl|wget|kill|gosu|su-exec|su|if|fi|done|esac)$/

function propose(facts: RewriteFacts): ProposedRewrite | null {
  const start = findStart(facts.graph)
  const script = findStartScript(facts)
  const last = script?.commands.at(-1)
  if (start === null || script === null || last === undefined) return null
  const program = last.words[0] ?? ''
  if (script.commands.some(({words}) => /^(?:trap|wait|exec)$/.test(words[0] ?? ''))) return null
  const rest = script.text.slice(last.range.end).trim()
  const before = script.text.slice(0, last.range.start).split('\n').at(-1) ?? ''
  if (
    NO_SERVER.test(program) ||
    /[$]/.test(program) ||
    isFunction(script.text, program) ||
    rest !== '' ||
    before.trim() !== '' ||
    !last.isCertain
  )
    return null
  const line = lineOf(script.text, last.range.start)
  return {
    line: start.instruction.line,
    endLine: start.instruction.endLine,
    title: `write exec before ${program} in ${script.path}:${line}`,
    proof: [
      {
        claim: `${start.instruction.keyword} starts ${script.path}`,
        evidence: `${facts.file}:${start.instruction.line}, and a COPY copies it`,
      },
      {
        claim: 'its shell stays process 1',
        evidence: `line ${line} is its last command, and no line has exec, trap or wait`,
      },
    ],
    questions: [`Does ${program} stop on SIGTERM as process 1? If not, start the container with --init`],
    edits: [],
  }
}

/** \`exec\` looks for a program: a function of the script is none. */
function isFunction(script: string, name: string): boolean {
  const written = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?:^|[\\n;&|])[^\\S\\n]*(?:function\\s+${written}\\b|${written}\\s*\\(\\s*\\))`).test(
    script,
  )
}
