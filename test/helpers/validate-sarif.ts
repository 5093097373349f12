import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {Ajv, type ValidateFunction} from 'ajv'

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i
const REFERENCE = /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9a-f]{2})*$/i

let validate: ValidateFunction | null = null

/** Checks a log against the official schema of SARIF 2.1.0. @returns what is wrong; empty when nothing is */
export function validateSarif(log: unknown): string[] {
  validate ??= compile()
  if (validate(log)) return []
  return (validate.errors ?? []).map(({instancePath, message}) => `${instancePath} ${message}`)
}

/** The schema is written in draft 4, of which it uses nothing that later drafts changed but `id`. */
function compile(): ValidateFunction {
  const {resolve} = createRequire(import.meta.url)
  const file = resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
  const {
    $schema: _draft,
    id: _id,
    ...schema
  } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    // One of its patterns has a bracket too many.
    unicodeRegExp: false,
    formats: {uri: ABSOLUTE, 'uri-reference': REFERENCE, 'date-time': true},
  })
  return ajv.compile(schema)
}
