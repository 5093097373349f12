import type {Step} from '../../../build/graph/build-graph.js'
import {stepsBehind} from '../../../build/graph/query-graph.js'
import {readManifest} from '../../../build/graph/read-manifest.js'
import {listActions} from '../../../languages/scripts/list-actions.js'
import {readShell} from '../../../languages/scripts/read-shell.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {joinPath} from '../../../languages/text/container-path.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {findStart, type StartCommand} from '../../rewrites/start-command.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds an install that runs whenever a container starts. */
const rule: RewriteRule = {
  id: 'start-installs',
  summary: 'Install while the image is built, not when a container starts',
  reason:
    'Each start waits for the network and downloads again, two containers of one image may differ, and the packages are in no layer. Proved: the start command calls the install. Whether a volume hides the installed packages only a person can tell.',
  examples: [
    {
      title: 'an install that the build has done already',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD npm install && npm start\n',
      tree: ['package.json'],
      expected: {
        confidence: 'review',
        says: /mounted/,
        dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD npm start\n',
      },
    },
    {
      title: 'an install that the build does not do',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["sh", "-c", "pip install -r requirements.txt && python a.py"]\n',
      tree: ['requirements.txt', 'a.py'],
      expected: {confidence: 'review', says: /RUN/},
    },
    {
      title: 'a script of package.json that installs',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["npm", "start"]\n',
      tree: ['package.json'],
      contents: {'package.json': '{"scripts": {"prestart": "npm ci", "start": "node a.js"}}'},
      expected: {confidence: 'review', says: /prestart/},
    },
    {title: 'a plain start', dockerfile: 'FROM node:22\nCMD ["npm", "start"]\n', tree: ['a'], expected: null},
  ],
  find: (facts) => {
    const start = findStart(facts.graph)
    if (start === null) return []
    return start.commands.flatMap((command, index) => propose(facts, start, command, index) ?? [])
  },
}
export default rule

function propose(
  facts: RewriteFacts,
  start: StartCommand,
  command: ShellCommand,
  index: number,
): ProposedRewrite | null {
  const {instruction, commands} = start
  const text = command.words.join(' ')
  const base = {line: instruction.line, endLine: instruction.endLine, changes: ['start'] as const}
  if (!installs(command)) {
    const script = findInstallingScript(facts, command)
    if (script === null) return null
    return {
      ...base,
      title: `let ${text} install nothing`,
      proof: [
        {
          claim: `${text} installs at each start`,
          evidence: `${script.path} has the script ${script.name}: ${script.text}`,
        },
      ],
      questions: [`Can a RUN do what ${script.name} does?`],
      edits: [],
    }
  }
  const earlier = findSameInstall(facts, command)
  const next = commands[index + 1]
  const gap = next && facts.textAt({start: command.range.end, end: next.range.start})
  const isFirst = next !== undefined && /^[\s\\`]*&&[\s\\`]*$/.test(gap ?? '')
  return {
    ...base,
    title: earlier === null ? `call ${text} in a RUN` : `leave ${text} out of ${instruction.keyword}`,
    proof: [
      {claim: `${text} runs at each start`, evidence: `${instruction.keyword} calls it`},
      ...(earlier === null
        ? []
        : [
            {
              claim: 'the image has what it installs',
              evidence: `${facts.file}:${earlier.instruction.line} calls the same in the same directory`,
            },
          ]),
    ],
    questions: [
      earlier === null
        ? `Which RUN can call ${text}, and is anything mounted over its directory when the container runs?`
        : 'Is anything mounted over the directory when the container runs, so that the packages must be installed there?',
    ],
    edits:
      earlier !== null && isFirst
        ? [{range: {start: command.range.start, end: next.range.start}, text: ''}]
        : [],
  }
}

function installs(command: ShellCommand): boolean {
  return listActions([command]).some(({makes}) =>
    makes?.some((step) => /^(?:npm|pip|bundle|composer|bower)-install$|^mix-deps$/.test(step)),
  )
}

/** The last RUN behind the image that calls the same in the same directory. */
function findSameInstall(facts: RewriteFacts, {words, directory}: ShellCommand): Step | null {
  const text = words.join(' ')
  const steps = stepsBehind(facts.graph.target)
  return (
    steps.findLast((step) =>
      facts
        .commandsOf(step)
        .some((other) => other.directory === directory && other.isCertain && other.words.join(' ') === text),
    ) ?? null
  )
}

/** A script of package.json that a command runs, and that installs. */
function findInstallingScript(
  facts: RewriteFacts,
  command: ShellCommand,
): {path: string; name: string; text: string} | null {
  const [action] = listActions([command])
  if (action?.packageScript === undefined && !/^(?:npm|yarn|pnpm) start$/.test(command.words.join(' ')))
    return null
  const called = action?.packageScript ?? 'start'
  const project = stepsBehind(facts.graph.target)
    .map((step) => facts.sourceOf(step, command.directory))
    .findLast((path) => path !== null)
  if (project === undefined || project === null) return null
  const path = joinPath(project, 'package.json')
  const manifest = facts.evidence.get(path)
  if (manifest === undefined) return null
  const {scripts} = readManifest(manifest)
  for (const name of [`pre${called}`, called]) {
    const text = scripts.get(name)
    if (text !== undefined && readShell(text, {directory: command.directory}).some(installs))
      return {path, name, text}
  }
  return null
}
