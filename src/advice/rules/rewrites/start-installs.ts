import type {Step} from '../../../build/graph/build-graph.js'
import {stepsBehind} from '../../../build/graph/query-graph.js'
import {readManifest} from '../../../build/graph/read-manifest.js'
import type {EvaluatedInstruction} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {listActions} from '../../../languages/scripts/list-actions.js'
import {readShell} from '../../../languages/scripts/read-shell.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {joinPath, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import {insertLines} from '../../rewrites/final-image.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {findStart, installsPackages, type StartCommand} from '../../rewrites/start-command.js'
import {findStartScript, lineOf} from '../../rewrites/start-script.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds an install that runs whenever a container starts. */
const rule: RewriteRule = {
  id: 'start-installs',
  summary: 'Install while the image is built, not when a container starts',
  reason:
    'Each start waits for the network and downloads again, two containers of one image may differ, and the packages are in no layer. Proved: the start command runs the install. Not proved: that no volume hides the installed packages.',
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
      title: 'an install and a build, which a RUN can do',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nWORKDIR /app/web\nEXPOSE 3000\nCMD npm install && npm run build && npm start\n',
      tree: ['web/package.json', 'web/package-lock.json', 'web/a.js'],
      contents: {'web/package.json': '{"name": "a"}'},
      expected: {
        confidence: 'review',
        says: /mounted/,
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY . .\nWORKDIR /app/web\nEXPOSE 3000\nRUN npm ci\nRUN npm run build\nCMD npm start\n',
      },
    },
    {
      title: 'a script that the container starts',
      dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["/app/start.sh"]\n',
      tree: ['start.sh', 'requirements.txt'],
      contents: {'start.sh': '#!/bin/sh\npip install -r requirements.txt\nexec python a.py\n'},
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
    const moved = proposeRuns(facts, start)
    if (moved !== null) return [moved]
    const found = start.commands.flatMap((command, index) => propose(facts, start, command, index) ?? [])
    return found.length > 0 ? found.slice(0, 1) : proposeScript(facts, start)
  },
}
export default rule

/** Builds that a RUN can do as well. */
const BUILDS = /^(?:npm run|yarn(?: run)?|pnpm(?: run)?|bun run) build\b/

/** Installs and builds at the head of a start command, each of which becomes a RUN. */
function proposeRuns(
  facts: RewriteFacts,
  {instruction, isShell, script, commands}: StartCommand,
): ProposedRewrite | null {
  const count = commands.findIndex(
    (command) => !installsPackages(command) && !BUILDS.test(command.words.join(' ')),
  )
  const head = commands.slice(0, count)
  const [first] = head
  const next = commands[count]
  const isChain = isShell && !/\|\||[;\n]|(?<!&)&(?!&)/.test(script.text)
  if (first === undefined || next === undefined || !isChain || !installsPackages(first)) return null
  if (first.range.start !== script.origin.start || head.some((one) => findSameInstall(facts, one) !== null))
    return null
  const manifest = stepsBehind(facts.graph.target)
    .map((step) => facts.sourceOf(step, resolveContainerPath(first.directory, 'package.json')))
    .findLast((path) => path !== null && facts.isSent(path))
  if (manifest === undefined || manifest === null || !facts.graph.target.instructions.includes(instruction))
    return null
  const lock = joinPath(parentPath(manifest), 'package-lock.json')
  const calls = head.map(({range}) =>
    facts.textAt(range).replace(/^npm (?:install|i)$/, facts.isSent(lock) ? 'npm ci' : '$&'),
  )
  return {
    line: instruction.line,
    endLine: instruction.endLine,
    title: `call ${calls.join(', ')} in ${calls.length === 1 ? 'a RUN' : 'RUNs'}`,
    proof: [
      {claim: `${first.words.join(' ')} runs at each start`, evidence: `${instruction.keyword} calls it`},
      {claim: 'a RUN has the files that it needs', evidence: `a step of the image copies ${manifest}`},
    ],
    questions: [
      'Is anything mounted over the directory when the container runs, so that the packages must be installed there?',
      ...(head.length > 1
        ? ['Does the build need a variable or a service that only a running container has?']
        : []),
    ],
    edits: [
      insertLines(
        facts,
        findPlace(facts, instruction),
        calls.map((call) => `RUN ${call}`),
      ),
      {range: {start: first.range.start, end: next.range.start}, text: ''},
    ],
    changes: ['start', 'commands'],
  }
}

/** A USER directly before the start is of the container: who installs is who did so far. */
function findPlace({graph}: RewriteFacts, start: StartCommand['instruction']): EvaluatedInstruction {
  const {instructions, steps} = graph.target
  const last = steps.at(-1)?.instruction
  const behind = instructions.slice(last === undefined ? 0 : instructions.indexOf(last) + 1)
  return behind.find(({keyword}) => keyword === 'USER') ?? start
}

/** A script of the context that installs, and that the container starts. */
function proposeScript(facts: RewriteFacts, {instruction}: StartCommand): ProposedRewrite[] {
  const script = findStartScript(facts)
  const call = script?.commands.find((command) => command.isCertain && installsPackages(command))
  if (script === null || call === undefined) return []
  const text = call.words.join(' ')
  return [
    {
      line: instruction.line,
      endLine: instruction.endLine,
      title: `move the install out of ${script.path}`,
      proof: [
        {
          claim: `${text} runs at each start`,
          evidence: `${script.path}:${lineOf(script.text, call.range.start)} calls it`,
        },
      ],
      questions: [
        `Which RUN can call ${text}, and is anything mounted over its directory when the container runs?`,
      ],
      edits: [],
    },
  ]
}

function propose(
  facts: RewriteFacts,
  start: StartCommand,
  command: ShellCommand,
  index: number,
): ProposedRewrite | null {
  const {instruction, commands} = start
  const text = command.words.join(' ')
  const base = {line: instruction.line, endLine: instruction.endLine, changes: ['start'] as const}
  if (!installsPackages(command)) {
    const script = findInstallingScript(facts, command)
    if (script === null) return null
    return {
      ...base,
      title: `move the install out of ${text}`,
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
    title: earlier === null ? `run ${text} in a RUN` : `remove ${text} from ${instruction.keyword}`,
    proof: [
      {claim: `${text} runs at each start`, evidence: `${instruction.keyword} calls it`},
      ...(earlier === null
        ? []
        : [
            {
              claim: 'the image has what it installs',
              evidence: `${facts.file}:${earlier.instruction.line} runs the same in the same directory`,
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
    if (text !== undefined && readShell(text, {directory: command.directory}).some(installsPackages))
      return {path, name, text}
  }
  return null
}
