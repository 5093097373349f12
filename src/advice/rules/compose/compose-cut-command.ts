import {sentence} from '../../../languages/text/sentence.js'
import type {ComposeService, ServiceCommand} from '../../../plan/compose/service/compose-service.js'
import type {ComposeFacts, ComposeText} from '../../facts/compose/compose-facts.js'
import {findPair, isBlock, replacePair} from '../../facts/compose/edit-compose.js'
import type {ComposeChange, ComposeHit, ComposeRule} from '../define-compose-rule.js'

/** Finds commands of which Compose drops a part. */
const rule: ComposeRule = {
  id: 'compose-cut-command',
  severity: 'error',
  summary: 'Start a shell if a command needs one',
  reason:
    'Compose splits a command into words without a shell, and silently drops everything from the first operator on (&&, ;, |, >, &): what follows it never runs.',
  remedy: 'Write ["sh", "-c", "…"], or quote an argument that contains such a character.',
  examples: {
    bad: [
      {
        compose:
          'services:\n  web:\n    image: example/web\n    command: npm run migrate && npm start # both\n',
        expected:
          'services:\n  web:\n    image: example/web\n    command: ["sh", "-c", "npm run migrate && npm start"] # both\n',
      },
      {compose: 'services: {web: {image: example/web, command: "a --url=http://b?c=1&d=2"}}\n'},
    ],
    good: [
      {compose: 'services:\n  a: {image: example/web, command: "sh -c \'a && b\'"}\n'},
      {compose: 'services:\n  a: {image: example/web, command: [sh, -c, a && b]}\n'},
      {compose: 'services:\n  a: {image: example/web, command: sh -c "a && b";}\n'},
    ],
  },
  check: (facts) =>
    facts.services.flatMap(({service}) => [
      ...checkCommand(facts, service, 'entrypoint', service.entrypoint),
      ...checkCommand(facts, service, 'command', service.command),
    ]),
}
export default rule

/** An operator with nothing behind it. */
const LOSES_NOTHING = /^[;&\s]*$/

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
