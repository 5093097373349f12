import type {ContextRequest} from '../../../build/graph/requests/list-requests.js'
import {parseDockerfile} from '../../../languages/dockerfile/syntax/parse-dockerfile.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'

interface Data {
  source: string
  text: string
  /** What it takes; null for the whole context. */
  directory: string | null
  /** An empty part before the last leads to another path. */
  isElsewhere: boolean
  /** A variable of the source that is declared before the first FROM alone, and the line of the stage's FROM. */
  global: {name: string; fromLine: number} | null
}

/** Finds sources that ask for more than they name because a variable is empty. */
export default defineRule<Data>({
  id: 'empty-expansion',
  severity: 'warning',
  summary: 'Do not copy from a variable that is empty',
  reason:
    'A source that is empty after its variables are replaced means the whole context: everything is sent and copied. If only its last part is empty, it means the whole directory before it. An ARG before the first FROM, or a platform argument, is empty in a stage that does not declare it again.',
  remedy: 'Declare the ARG in the stage, give it a default, or pass it with --build-arg.',
  examples: {
    good: [
      {dockerfile: 'FROM scratch\nARG APP=web\nCOPY $APP /', ignore: '', tree: ['web/a.js', 'api/b.js']},
      {dockerfile: 'FROM scratch\nARG APP=web\nCOPY apps/$APP /', ignore: '', tree: ['apps/web/a.js']},
      {
        dockerfile:
          'FROM scratch\nARG TARGETARCH=amd64\nARG TARGETVARIANT\nCOPY $TARGETARCH/$TARGETVARIANT/a /',
        ignore: '',
        tree: ['amd64/a'],
      },
      {dockerfile: 'FROM scratch\nCOPY "." /', ignore: '', tree: ['web/a.js']},
    ],
    bad: [
      {
        dockerfile: 'ARG APP=web\nFROM scratch\nCOPY $APP/dist /',
        ignore: '',
        tree: ['web/dist/a.js', 'dist/b.js'],
      },
      {dockerfile: 'ARG APP=web\nFROM scratch\nCOPY $APP /', ignore: '', tree: ['web/a.js', 'api/b.js']},
      {
        dockerfile: 'ARG APP=web\nFROM scratch\nCOPY apps/$APP /',
        ignore: '',
        tree: ['apps/web/a.js', 'apps/api/b.js'],
      },
    ],
  },
  message: ({source, text, directory, isElsewhere}) =>
    directory === null
      ? `"${source}" is empty, so "${text}" copies the whole context`
      : isElsewhere
        ? `"${source}" becomes "${directory}", as a variable in it is empty, so "${text}" copies another path`
        : `"${source}" becomes "${directory}/", so "${text}" copies every file in it`,
  fix: ({global}) =>
    global === null ? undefined : `Declare "ARG ${global.name}" after FROM (line ${global.fromLine})`,
  check: (facts) =>
    facts.requests
      .filter((request) => request.implicitReason === 'empty-expansion' || isShortened(request))
      .map((request) => ({
        data: {
          source: request.source,
          text: request.text,
          directory: request.implicitReason === 'empty-expansion' ? null : request.path,
          isElsewhere: !endsInVariable(request),
          global: findGlobal(facts, request),
        },
        place: facts.atRequest(request),
      })),
})

const VARIABLE = /\$(?:(\w+)|\{(\w+)\})/g

/** A part that is a variable alone has gone; most platforms have no variant, and a path without is meant. */
function isShortened({source, path, implicitReason}: ContextRequest): boolean {
  if (implicitReason !== null) return false
  const parts = listParts(source).filter((part) => !/^\$\{?(?:TARGET|BUILD)VARIANT\}?$/.test(part))
  return parts.some(isVariable) && !parts.includes('..') && path.split('/').length < parts.length
}

function endsInVariable({source}: ContextRequest): boolean {
  return isVariable(listParts(source).at(-1) ?? '')
}

function listParts(source: string): string[] {
  return source.split('/').filter((part) => part !== '' && part !== '.')
}

function isVariable(part: string): boolean {
  return part.includes('$') && part.replace(VARIABLE, '') === ''
}

function findGlobal({plan}: RuleFacts, {source, stage}: ContextRequest): Data['global'] {
  if (plan.dockerfile === null) return null
  const {instructions} = parseDockerfile(plan.dockerfile.content)
  const first = instructions.findIndex(({keyword}) => keyword === 'FROM')
  const globals = instructions
    .slice(0, Math.max(first, 0))
    .flatMap(({args}) => args.map((argument) => argument.split('=')[0]!))
  const names = [...source.matchAll(VARIABLE)].map((match) => match[1] ?? match[2]!)
  const name = names.find((one) => globals.includes(one))
  return name === undefined ? null : {name, fromLine: stage.line}
}
