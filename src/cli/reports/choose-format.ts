import {SlimCheckError} from '../../errors.js'

/** The forms that a report takes. */
export const FORMATS = ['text', 'json', 'markdown', 'sarif', 'github', 'html'] as const

export type Format = (typeof FORMATS)[number]

/** What says which form is wanted. */
export interface WantedFormat {
  format?: string | undefined
  json?: boolean
  /** The file that the report goes to. */
  output?: string | undefined
}

const FORMAT_OF_NAME: readonly (readonly [name: RegExp, format: Format])[] = [
  [/\.html?$/i, 'html'],
  [/\.(?:md|markdown)$/i, 'markdown'],
  [/\.sarif(?:\.json)?$/i, 'sarif'],
  [/\.json$/i, 'json'],
  // A name without an ending, and what is plain text by its ending.
  [/(?:^|\/)[^./]*$|(?:^|\/)\.?[^/]*\.(?:txt|text|log|out)$/i, 'text'],
]

/** What was asked for; else what the name of the file says. @throws SlimCheckError for an ending that says nothing */
export function chooseFormat({json, format, output = ''}: WantedFormat): Format {
  if (json) return 'json'
  if (format !== undefined) return format as Format
  const known = FORMAT_OF_NAME.find(([name]) => name.test(output))
  if (known !== undefined || output === '-' || output.startsWith('/dev/')) return known?.[1] ?? 'text'
  throw new SlimCheckError('bad-flag', {
    message: `--output: the ending of ${JSON.stringify(output)} is not that of a format`,
    nextStep: 'End it with .html, .md, .sarif, .json or .txt, or add --format',
  })
}
