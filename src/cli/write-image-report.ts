import type {Screen} from '../render/terminal/style.js'
import type {ImageAnswer} from '../services/image/image-command.js'
import {deliver} from './deliver.js'
import {chooseFormat, type Format} from './formats.js'

/** How the report of an image is wanted. */
export interface ImageLook {
  format?: string | undefined
  json?: boolean
  output?: string | undefined
  top?: number | undefined
  bytes?: boolean
  duplicates: boolean
  version: string
  screen: Screen
}

const DEFAULT_TOP = 10

/** Writes the report to standard output, or to a file. */
export async function writeImageReport(answer: ImageAnswer, look: ImageLook): Promise<void> {
  deliver(await renderAnswer(chooseFormat(look), answer, look), look.output, null)
}

async function renderAnswer(format: Format, answer: ImageAnswer, look: ImageLook): Promise<string> {
  const {analysis, pictures} = answer
  switch (format) {
    case 'text':
      return renderTextWith(answer, look)
    case 'json':
      return (await import('../render/json/render-json.js')).renderJson(analysis)
    case 'markdown':
      return (await import('../render/markdown/render-image-markdown.js')).renderImageMarkdown(analysis)
    case 'sarif':
      return renderSarifWith(answer, look)
    case 'github': {
      const {toFindingsReport} = await import('../render/image/to-findings-report.js')
      const {renderAnnotations} = await import('../render/github/render-annotations.js')
      return renderAnnotations(toFindingsReport(analysis), {contextPath: '.'})
    }
    case 'html': {
      const {renderImageHtml} = await import('../render/html/render-image-html.js')
      const date = new Date().toISOString().slice(0, 10)
      return renderImageHtml(analysis, pictures, {version: look.version, date})
    }
  }
}

async function renderTextWith({analysis, trees}: ImageAnswer, look: ImageLook): Promise<string> {
  const {renderImageText} = await import('../render/text/render-image.js')
  const {renderTree} = await import('../render/text/render-tree.js')
  const screen = look.output === undefined ? look.screen : {...look.screen, hasColor: false}
  const options = {...screen, top: look.top ?? DEFAULT_TOP, isExact: look.bytes ?? false}
  const drawn = trees.map(({title, tree}) => ({title, text: renderTree(tree, {...options, words: WORDS})}))
  return renderImageText(analysis, {...options, duplicates: look.duplicates, trees: drawn})
}

const WORDS = {nothing: 'It holds no files.', leaves: 'hidden'}

async function renderSarifWith({analysis}: ImageAnswer, {version}: ImageLook): Promise<string> {
  const {IMAGE_BUDGET, toFindingsReport} = await import('../render/image/to-findings-report.js')
  const {renderSarif} = await import('../render/sarif/render-sarif.js')
  const {IMAGE_RULES} = await import('../advice/rules/image/all-image-rules.js')
  const rules = [...IMAGE_RULES, IMAGE_BUDGET]
  return renderSarif(toFindingsReport(analysis), {
    toolVersion: version,
    rules,
    contextPath: '.',
    category: 'image',
  })
}
