import {sentence} from '../../../languages/text/sentence.js'
import type {ComposeService, ServiceCommand} from '../../../plan/compose/service/compose-service.js'
import type {ComposeFacts, ComposeText} from '../../facts/compose/compose-facts.js'
import {findPair, isBlock, replacePair} from '../../facts/compose/edit-compose.js'
import type {ServiceStart} from '../../facts/compose/service-start.js'
import type {ComposeChange, ComposeHit, ComposeRule} from '../define-compose-rule.js'

/** Finds commands of which Compose drops a part. */
const rule: ComposeRule = {
  id: 'compose-cut-command',
  severity: 'error',
  summary: 'Start a shell if a command needs one',
  reason:
    'Compose splits a command into words without a shell, and silently drops everything from the first operator on (&&, ;, |, >, &): what follows it never runs. A shell that is started with -c runs the one argument behind it: of a command that is not quoted, the first word.',
  remedy: 'Write ["sh", "-c", "…"], or quote an argument that contains such a character.',
  examples: {
    bad: [
      {
        compose:
          'services:\n  web:\n    image: example/web\n    command: npm run migrate && npm start # both\n',
        expected:
          'services:\n  web:\n    image: example/web\n    command: ["sh", "-c", "npm run migrate && npm start"] # both\n',
      },
      {
        compose:
          'services:\n  web:\n    image: example/web\n    entrypoint: [sh, -c]\n    command: npm start\n',
        expected:
          'services:\n  web:\n    image: example/web\n    entrypoint: [sh, -c]\n    command: ["npm start"]\n',
      },
      {compose: 'services: {web: {image: example/web, command: "a --url=http://b?c=1&d=2"}}\n'},
    ],
    good: [
      {compose: 'services:\n  a: {image: example/web, entrypoint: [sh, -c], command: ["npm start"]}\n'},
      {compose: 'services:\n  a: {image: example/web, command: [sh, -c, "npm start", --]}\n'},
      {compose: 'services:\n  a: {image: example/web, command: "sh -c \'a && b\'"}\n'},
      {compose: 'services:\n  a: {image: example/web, command: [sh, -c, a && b]}\n'},
      {compose: 'services:\n  a: {image: example/web, command: sh -c "a && b";}\n'},
      {compose: 'services:\n  a: {image: example/web, command: node a.mjs 8090 2>&1}\n'},
      {compose: 'services:\n  a: {image: example/web, command: node a.mjs >/dev/stdout 2>&1}\n'},
    ],
  },
  check: (facts) =>
    facts.services.flatMap(({service, start}) => [
      ...checkScript(facts, service, start),
      ...checkCommand(facts, service, 'entrypoint', service.entrypoint),
      ...checkCommand(facts, service, 'command', service.command),
    ]),
}
export default rule

/** A shell, `-c`, and the script that it runs, as a list. */
const SHELL = /^(?:\/(?:usr\/)?bin\/)?(?:sh|bash|ash|dash|zsh)$/

/** Words behind a script are its arguments; a script of one word has no use for them. */
function checkScript(
  facts: ComposeFacts,
  {name, command}: ComposeService,
  start: ServiceStart | null,
): ComposeHit[] {
  const [shell = '', flag = '', script = '', ...lost] = start?.words ?? []
  const isScript = SHELL.test(shell) && /^-[a-z]*c$/.test(flag) && /^[\w./-]+$/.test(script)
  const [first] = lost
  // A single word may be what the shell calls itself.
  if (command === null || !isScript || first === undefined || command.words.at(-1) !== lost.at(-1)) return []
  if (lost.length === 1 && /^(?:-|--|_|.*sh)$/.test(first)) return []
  const change = quoteScript(facts, name, command)
  return [
    {
      message: sentence`"${shell} ${flag}" runs only "${script}" in "${name}": "${shorten(lost.join(' '))}" is no part of its script`,
      place: command.node.place,
      service: name,
      fix: 'Write the whole command as one item of a list',
      ...(change && {change}),
    },
  ]
}

function quoteScript(
  facts: ComposeFacts,
  service: string,
  {node, dropped}: ServiceCommand,
): ComposeChange | null {
  const text = facts.input.files.get(node.place.file)
  const pair = text === undefined ? null : findPair(text, node.source)
  if (text === undefined || pair === null || dropped !== null) return null
  if (!isBlock(text, pair.pair) || pair.pair.value.kind !== 'scalar') return null
  const script = pair.pair.value.text.trim().replace(/\s*\n\s*/g, ' ')
  return {
    title: `give the shell of ${service} its whole command`,
    proof: [{claim: 'a part of it never runs', evidence: 'a shell runs the one argument behind -c'}],
    questions: [`Does ${service} work today by what the first word alone does?`],
    file: node.place.file,
    edits: [replacePair(text, pair, [`command: [${JSON.stringify(script)}]`])],
    changes: {[service]: ['command']},
  }
}

/** An operator with nothing behind it, and streams that Docker's log gets either way. */
const LOSES_NOTHING = /^(?:\d?>\s*(?:&\s*\d|\/dev\/std(?:out|err)|\/proc\/1\/fd\/[12])|[;&\s])*$/

function checkCommand(
  facts: ComposeFacts,
  {name}: ComposeService,
  key: 'entrypoint' | 'command',
  command: ServiceCommand | null,
): ComposeHit[] {
  if (command === null || command.dropped === null || LOSES_NOTHING.test(command.dropped)) return []
  const {node, dropped} = command
  const text = facts.input.files.get(node.place.file)
  const change = text === undefined ? null : callShell(text, name, key, command)
  return [
    {
      message: sentence`Compose drops "${shorten(dropped)}" from the ${key} of "${name}": without a shell the command ends at the first operator`,
      place: node.place,
      service: name,
      fix: `Write it as ["sh", "-c", "…"], or quote the argument`,
      ...(change && {change}),
    },
  ]
}

function callShell(
  text: ComposeText,
  service: string,
  key: string,
  {node, dropped}: ServiceCommand,
): ComposeChange | null {
  const pair = findPair(text, node.source)
  if (pair === null || !isBlock(text, pair.pair) || pair.pair.value.kind !== 'scalar') return null
  if (!/^(?:&&|;|\|\|)/.test(dropped!)) return null
  const script = pair.pair.value.text.trim().replace(/\s*\n\s*/g, ' ')
  const line = `${key}: ["sh", "-c", ${JSON.stringify(script)}]`
  return {
    title: `start a shell for the ${key} of ${service}`,
    proof: [{claim: 'a part of it never runs', evidence: `Compose drops ${shorten(dropped!)}`}],
    questions: [
      `Does the image of ${service} have sh, and no ENTRYPOINT that uses the ${key} as its arguments?`,
    ],
    file: node.place.file,
    edits: [replacePair(text, pair, [line])],
    changes: {[service]: [key]},
  }
}

const MAX_SHOWN = 60

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length <= MAX_SHOWN ? line : `${line.slice(0, MAX_SHOWN - 1)}…`
}
