import {SlimCheckError} from '../errors.js'
import type {Screen} from '../render/terminal/style.js'
import type {ContextReport} from '../report/context-report.js'
import type {Analysis} from '../services/analysis/analyze-builds.js'

/** The forms that a report takes. */
export const FORMATS = ['text', 'json', 'markdown', 'sarif', 'github', 'html'] as const

export type Format = (typeof FORMATS)[number]

/** What the renderers want besides the report; each takes its part. */
export interface FormatOptions extends Screen {
  top: number
  isExact: boolean
  /** `text`: the largest paths as a tree. */
  isTree: boolean
  all: boolean
  /** Of this program. */
  version: string
  /** The context, relative to the root of its repository. */
  contextPath: string
}

/** Renders a report in a form; only the code of that form is loaded. */
export async function renderReport(
  format: Format,
  report: ContextReport,
  analysis: Analysis | null,
  options: FormatOptions,
): Promise<string> {
  switch (format) {
    case 'text':
      return renderTextWith(report, analysis, options)
    case 'json':
      return (await import('../render/json/render-json.js')).renderJson(report)
    case 'markdown':
      return (await import('../render/markdown/render-markdown.js')).renderMarkdown(report)
    case 'sarif':
      return renderSarifWith(report, options)
    case 'github':
      return (await import('../render/github/render-annotations.js')).renderAnnotations(report, options)
    case 'html':
      return renderHtmlWith(report, analysis, options)
  }
}

async function renderTextWith(
  report: ContextReport,
  analysis: Analysis | null,
  options: FormatOptions,
): Promise<string> {
  const {renderText} = await import('../render/text/render-text.js')
  if (!options.isTree || analysis === null) return renderText(report, options)
  const {reportSizeTree} = await import('../services/analysis/report-size-tree.js')
  const {renderTree} = await import('../render/text/render-tree.js')
  const tree = renderTree(reportSizeTree(analysis), options)
  return renderText(report, {...options, tree})
}

async function renderSarifWith(report: ContextReport, options: FormatOptions): Promise<string> {
  const {renderSarif} = await import('../render/sarif/render-sarif.js')
  const {DESCRIPTIONS} = await import('../advice/descriptions.js')
  return renderSarif(report, {...options, toolVersion: options.version, rules: DESCRIPTIONS})
}

async function renderHtmlWith(
  report: ContextReport,
  analysis: Analysis | null,
  options: FormatOptions,
): Promise<string> {
  if (analysis === null) {
    throw new SlimCheckError('bad-flag', {
      message: '--format html draws a directory, not a tar',
      nextStep: 'Pass the directory, or choose another format',
    })
  }
  const {renderHtml} = await import('../render/html/render-html.js')
  const {reportSizeTree} = await import('../services/analysis/report-size-tree.js')
  const date = new Date().toISOString().slice(0, 10)
  return renderHtml(report, reportSizeTree(analysis), {
    ...options,
    date,
    ...(report.rates && {rates: report.rates}),
  })
}

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
    message: `--output: the ending of ${JSON.stringify(output)} chooses no format`,
    nextStep: 'End it with .html, .md, .sarif, .json or .txt, or add --format',
  })
}
